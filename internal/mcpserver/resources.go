package mcpserver

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

const (
	plainText = "text/plain"
	markdown  = "text/markdown"
	asJSON    = "application/json"
)

// addResources serves what tools name by id: URIs are pullquote://transcripts/ID and
// what is below it.
func (s *Server) addResources() {
	s.addTemplate("{id}", "transcript", "A transcript", markdown,
		"All turns of a transcript, each under its number and byline, the words quoted.", s.readTranscript)
	s.addTemplate("{id}/text", "text", "The canonical text of a transcript", plainText,
		"The text as it was read, labels and all, which the offsets of citations count code points of.", s.readText)
	s.addTemplate("{id}/turns", "turns", "The turns of a transcript", asJSON,
		"The same turns as data, with their speakers, roles and offsets.", s.readTurns)
	s.addTemplate("{id}/turns/{n}", "turn", "A turn of a transcript", asJSON,
		"One turn, as fetch gives it: its words, its byline, and the question that it answers.", s.readTurn)
}

// read reads a resource of a transcript; the turn is empty where the URI names none.
type read func(ctx context.Context, stored retrieval.StoredTranscript, turn string) (text string, err error)

func (s *Server) addTemplate(path, name, title, mimeType, description string, of read) {
	s.protocol.AddResourceTemplate(&mcp.ResourceTemplate{
		URITemplate: scheme + path, Name: name, Title: title, MIMEType: mimeType, Description: description,
	}, func(ctx context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
		ctx, cancel := s.within(ctx)
		defer cancel()
		text, err := s.read(ctx, req.Params.URI, of)
		if err != nil {
			err = cmp.Or(fault.Ended(ctx), err)
			s.logFailure(ctx, name, err)
			return nil, resourceError(req.Params.URI, err)
		}
		return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: req.Params.URI, MIMEType: mimeType, Text: text}}}, nil
	})
}

func (s *Server) read(ctx context.Context, uri string, of read) (string, error) {
	transcript, turn := divideID(strings.TrimSuffix(uri, "/text"))
	stored, err := s.stored(ctx, transcript)
	if err != nil {
		return "", err
	}
	return of(ctx, stored, turn)
}

func (s *Server) readTranscript(ctx context.Context, stored retrieval.StoredTranscript, _ string) (string, error) {
	turns, err := s.Library.Turns(ctx, stored.ID)
	if err != nil {
		return "", err
	}
	text, _ := bylined(turns, math.MaxInt)
	return text, nil
}

func (s *Server) readText(ctx context.Context, stored retrieval.StoredTranscript, _ string) (string, error) {
	return s.Library.Text(ctx, stored.ID)
}

func (s *Server) readTurns(ctx context.Context, stored retrieval.StoredTranscript, _ string) (string, error) {
	turns, err := s.Library.Turns(ctx, stored.ID)
	if err != nil {
		return "", err
	}
	return encoded(struct {
		Turns []model.Turn `json:"turns"`
	}{wire.List(turns)})
}

func (s *Server) readTurn(ctx context.Context, stored retrieval.StoredTranscript, turn string) (string, error) {
	c, err := s.turn(ctx, stored, turn)
	if err != nil {
		return "", err
	}
	return encoded(turnDocument(c))
}

func encoded(v any) (string, error) {
	body, err := wire.Encode(v)
	return string(body), err
}

// resourceError is an error as the protocol has it for resources, which have no results
// that say what went wrong.
func resourceError(uri string, err error) error {
	data, _ := wire.Encode(map[string]string{"uri": uri, "code": string(fault.CodeOf(err))}) // text always encodes
	e := &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: fault.MessageOf(err), Data: json.RawMessage(data)}
	switch fault.CodeOf(err) {
	case fault.NotFound, fault.Invalid: // which the protocol calls by one code
		e.Code = jsonrpc.CodeInvalidParams
	}
	return e
}

// withResourceList lists the transcripts of the default collection, for people who choose
// one in their assistant: the SDK lists what was registered, and the record changes.
func (s *Server) withResourceList(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		list, ok := req.(*mcp.ListResourcesRequest)
		if !ok {
			return next(ctx, method, req)
		}
		var cursor string
		if list.Params != nil {
			cursor = list.Params.Cursor
		}
		page, err := s.Library.List(ctx, retrieval.ListQuery{Collection: access.Collection(ctx), Cursor: cursor, Limit: retrieval.DefaultPage})
		if err != nil {
			s.logFailure(ctx, method, err)
			return nil, resourceError(scheme, err)
		}
		result := &mcp.ListResourcesResult{Resources: []*mcp.Resource{}, NextCursor: page.NextCursor, Cacheable: mcp.Cacheable{CacheScope: "private"}}
		for _, t := range page.Transcripts {
			result.Resources = append(result.Resources, &mcp.Resource{
				URI: scheme + t.ID, Name: t.ID, Title: retrieval.Titled(t.Title), MIMEType: markdown,
				Description: fmt.Sprintf("%d turns, %s", t.TurnCount, dated(t.Date)),
			})
		}
		return result, nil
	}
}

func dated(date model.Optional) string {
	if date == "" {
		return "undated"
	}
	return string(date)
}

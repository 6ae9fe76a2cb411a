// Package openaihttp is what clients of OpenAI-compatible servers need and
// go-openai leaves to them: an address that is checked and can be shown, the
// server's own words fit for a message, the headers and the bytes of a response
// (see Exchange), and retries (see Policy).
//
// It knows nothing of completions or embeddings, and its errors are for its
// callers to explain, who know which setting is to be mended.
package openaihttp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"

	"github.com/pullquote/pullquote/internal/words"
)

// openAI is where OpenAI itself answers.
const openAI = "https://api.openai.com/v1"

// Errors of NewServer.
var (
	ErrAddress = errors.New("not the address of a server")
	ErrKey     = errors.New("a character that no key has")
)

// Server is an OpenAI-compatible server with the key for it.
type Server struct {
	base *url.URL
	key  string
}

// NewServer checks an address, such as http://localhost:11434/v1, and a key. Without
// an address the server is OpenAI's own; without a key none is sent, and local
// servers need none. With ErrKey there is a server all the same, to be named.
func NewServer(address, key string) (*Server, error) {
	address = strings.TrimRight(strings.TrimSpace(address), "/")
	if address == "" {
		address = openAI
	}
	base, err := url.Parse(address)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" || base.RawQuery != "" || base.Fragment != "" {
		return nil, ErrAddress
	}
	s := &Server{base: base, key: strings.TrimSpace(key)}
	if strings.ContainsFunc(s.key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return s, ErrKey
	}
	return s, nil
}

// String is the address fit for messages: without a password.
func (s *Server) String() string { return s.base.Redacted() }

// HasKey reports whether a key is sent.
func (s *Server) HasKey() bool { return s.key != "" }

// IsOpenAI reports whether the server is OpenAI's own, in whatever region.
func (s *Server) IsOpenAI() bool { return strings.HasSuffix(s.base.Hostname(), ".openai.com") }

// Endpoint is the address of an endpoint of the common protocol, such as models.
func (s *Server) Endpoint(path string) string { return s.base.JoinPath(path).String() }

// Root is the address of one that servers have beside it: from where the version's path
// begins.
func (s *Server) Root(path string) string {
	root := *s.base
	root.Path = strings.TrimSuffix(strings.TrimRight(root.Path, "/"), "/v1")
	return root.JoinPath(path).String()
}

// Get reads a document that go-openai knows nothing of.
func (s *Server) Get(ctx context.Context, x *Exchange, address string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	if s.key != "" {
		req.Header.Set("Authorization", "Bearer "+s.key)
	}
	resp, err := x.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered with status %d", address, resp.StatusCode)
	}
	return x.Body, nil
}

// Client is a go-openai client of the server that sends with doer.
func (s *Server) Client(doer openai.HTTPDoer) *openai.Client {
	config := openai.DefaultConfig(s.key)
	config.BaseURL = s.base.String()
	config.HTTPClient = doer
	return openai.NewClientWithConfig(config)
}

// Said is what the server gave as the reason of a refusal, in one short line after
// a colon and without the key; nothing when that is a page for browsers.
func (s *Server) Said(err error) string {
	said := OneLine(s.withoutKey(words.Clean(head(Words(err)))))
	if said == "" || said[0] == '<' {
		return ""
	}
	return ": " + said
}

// Redacted is err without the key in its words, as some servers repeat it.
func (s *Server) Redacted(err error) error {
	return &redacted{err, s.withoutKey(err.Error())}
}

func (s *Server) withoutKey(text string) string {
	if s.key == "" {
		return text
	}
	return strings.ReplaceAll(text, s.key, "[key]")
}

type redacted struct {
	err  error
	text string
}

func (r *redacted) Error() string { return r.text }
func (r *redacted) Unwrap() error { return r.err }

// Words are what the server gave as the reason of a refusal, as it wrote them.
func Words(err error) string {
	var api *openai.APIError
	var plain *openai.RequestError
	switch {
	case errors.As(err, &api):
		return api.Message
	case errors.As(err, &plain):
		return string(plain.Body)
	}
	return ""
}

// maxWords bounds what a message has of a server's words, in bytes.
const maxWords = 200

// mostRead is how many bytes of a server's words are looked at.
const mostRead = 8 << 10

func head(text string) string { return text[:min(len(text), mostRead)] }

// OneLine is a server's text fit for a message: one short and clean line.
func OneLine(text string) string {
	text = words.Clean(head(text))
	if len(text) <= maxWords {
		return text
	}
	end := maxWords
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// Spent reports whether a 429 says that the account's quota is used up, which waiting
// does not mend.
func Spent(err error) bool {
	var api *openai.APIError
	return errors.As(err, &api) && (api.Code == "insufficient_quota" || api.Type == "insufficient_quota")
}

// Status is the HTTP status with which a server refused; 0 when err is no refusal.
func Status(err error) int {
	var api *openai.APIError
	var plain *openai.RequestError
	switch {
	case errors.As(err, &api):
		return api.HTTPStatusCode
	case errors.As(err, &plain):
		return plain.HTTPStatusCode
	}
	return 0
}

// eventStream is the media type of a stream, and what go-openai asks for when it
// wants one.
const eventStream = "text/event-stream"

// wantsStream reports whether a request asks for a stream.
func wantsStream(req *http.Request) bool { return req.Header.Get("Accept") == eventStream }

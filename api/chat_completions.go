package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
)

// maxChoices is OpenAI's bound on n.
const maxChoices = 128

// chatRequest is OpenAI's request for a chat completion, as far as it is read.
type chatRequest struct {
	common        chatAsked
	Messages      []chatMessage `json:"messages"`
	StreamOptions struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
	// N is how many choices are wanted: there is one answer, so they are the same.
	N              *int          `json:"n"`
	Stop           stopSequences `json:"stop"`
	ResponseFormat textFormat    `json:"response_format"`
}

// stopSequences are one text or several.
type stopSequences []string

// UnmarshalJSON implements json.Unmarshaler.
func (s *stopSequences) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*s = stopSequences{one}
		return nil
	}
	if json.Unmarshal(data, (*[]string)(s)) != nil {
		return wrong("stop", fault.Invalid, "stop is neither a text nor a list of texts; send one of them")
	}
	return nil
}

// textFormat is the form that a reply is to have.
type textFormat struct {
	Type string `json:"type"`
}

// check refuses forms that are none of a text: who asks for JSON reads nothing else.
func (f textFormat) check(param string) error {
	if f.Type != "" && f.Type != "text" {
		return wrong(param, fault.Invalid, "%s %s is not possible, because answers are quotations; leave it out, or use POST /v1/answers for JSON", param, f.Type)
	}
	return nil
}

type chatResponse struct {
	ID       string            `json:"id"`
	Object   string            `json:"object"`
	Created  int64             `json:"created"`
	Model    string            `json:"model"`
	Choices  []chatChoice      `json:"choices"`
	Usage    *chatUsage        `json:"usage,omitempty"`
	Metadata map[string]string `json:"metadata,omitempty"`
}

// chatChoice has a message, or in a stream a delta.
type chatChoice struct {
	Index        int        `json:"index"`
	Message      *chatReply `json:"message,omitempty"`
	Delta        *chatReply `json:"delta,omitempty"`
	Logprobs     *struct{}  `json:"logprobs"`
	FinishReason *string    `json:"finish_reason"`
}

type chatReply struct {
	Role        string           `json:"role,omitempty"`
	Content     *string          `json:"content,omitempty"`
	Annotations []chatAnnotation `json:"annotations,omitzero"` // of a message always, of a delta where there are some
}

type chatAnnotation struct {
	Type        string      `json:"type"`
	URLCitation urlCitation `json:"url_citation"`
}

func chatAnnotations(links []urlCitation) (annotations []chatAnnotation) {
	for _, l := range links {
		annotations = append(annotations, chatAnnotation{"url_citation", l})
	}
	return annotations
}

// chatUsage counts what the model behind an answer used: nothing where none was asked.
type chatUsage struct {
	PromptTokens     int `json:"prompt_tokens"`
	CompletionTokens int `json:"completion_tokens"`
	TotalTokens      int `json:"total_tokens"`
}

func chatUsageOf(u answer.Usage) *chatUsage {
	return &chatUsage{u.PromptTokens, u.CompletionTokens, u.TotalTokens}
}

// completeChat answers the last question of a chat.
func (s *server) completeChat(w http.ResponseWriter, r *http.Request) error {
	var asked chatRequest
	if err := readForeign(w, r, &asked.common, &asked); err != nil {
		return err
	}
	choices := 1
	if asked.N != nil {
		choices = *asked.N
	}
	if choices < 1 || choices > maxChoices {
		return wrong("n", fault.Invalid, "n %d is out of range; use 1 to %d", choices, maxChoices)
	}
	if err := asked.ResponseFormat.check("response_format"); err != nil {
		return err
	}
	req, err := asked.common.request(asked.Messages, "messages")
	if err != nil {
		return err
	}
	if req.Key, err = idempotencyKey(r); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	if asked.common.Stream {
		return s.streamChat(ctx, w, r, req, asked, choices)
	}
	writer := chatWriter{stop: asked.Stop}
	a, err := s.writeChat(ctx, req, &writer, nil)
	if err != nil {
		return err
	}
	content, stopped := writer.content.String(), "stop"
	response := chatResponse{
		ID: chatID(a.ID), Object: "chat.completion", Created: a.CreatedAt.Unix(), Model: asked.common.Model,
		Usage: chatUsageOf(a.Usage), Metadata: asked.common.metadata(a),
	}
	for i := range choices {
		message := chatReply{Role: "assistant", Content: &content, Annotations: wire.List(chatAnnotations(writer.links))}
		response.Choices = append(response.Choices, chatChoice{Index: i, Message: &message, FinishReason: &stopped})
	}
	return writeJSON(w, http.StatusOK, response)
}

// chatID is an answer's id as OpenAI's of a completion look.
func chatID(answerID string) string { return "chatcmpl-" + answerID }

// writeChat answers a question and writes the message: as it is made, if the writer is to
// hear of that, else in the end.
func (s *server) writeChat(ctx context.Context, req answer.Request, w *chatWriter, hear func(answer.Event) error) (*answer.Answer, error) {
	a, err := s.Answers.Answer(ctx, req, hear)
	if err != nil {
		return nil, err
	}
	return a, w.finish(a)
}

// streamChat sends the message as it is written.
func (s *server) streamChat(ctx context.Context, w http.ResponseWriter, r *http.Request, req answer.Request, asked chatRequest, choices int) error {
	events := newEventStream(w)
	chunk := chatResponse{Object: "chat.completion.chunk", Created: time.Now().Unix(), Model: asked.common.Model}
	send := func(delta chatReply, finish *string) error {
		for i := range choices {
			chunk.Choices = []chatChoice{{Index: i, Delta: &delta, FinishReason: finish}}
			if err := events.sendUnnamed(chunk); err != nil {
				return err
			}
		}
		return nil
	}
	writer := chatWriter{
		stop: asked.Stop,
		begin: func(answerID string) error {
			chunk.ID = chatID(answerID)
			return send(chatReply{Role: "assistant", Content: new(string)}, nil)
		},
		tell: func(p chatPiece) error {
			return send(chatReply{Content: &p.text, Annotations: chatAnnotations(p.links)}, nil)
		},
	}
	return s.stream(r, events, func() error {
		a, err := s.writeChat(ctx, req, &writer, writer.hear)
		if err != nil {
			return err
		}
		stopped := "stop"
		chunk.Metadata = asked.common.metadata(a)
		if err := send(chatReply{}, &stopped); err != nil {
			return err
		}
		if asked.StreamOptions.IncludeUsage {
			chunk.Choices, chunk.Usage = []chatChoice{}, chatUsageOf(a.Usage)
			if err := events.sendUnnamed(chunk); err != nil {
				return err
			}
		}
		return events.write("data: [DONE]\n\n")
	}, func(p problem) error {
		return events.sendUnnamed(struct {
			Error openAIError `json:"error"`
		}{openAIErrorOf(p, nil)})
	})
}

// readForeign reads a request of OpenAI's API into structs that have parts of it.
func readForeign(w http.ResponseWriter, r *http.Request, into ...any) error {
	data, err := readJSONBody(r, maxConversationJSON)
	if err != nil {
		return err
	}
	return wire.DecodeForeign("body", data, into...)
}

package llm

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/openaihttp"
)

// quirk is a set of ways in which a server or its model differs from the common
// protocol of local servers.
type quirk uint32

const (
	// completionTokens: the limit of a reply is max_completion_tokens. Newer models
	// of OpenAI's refuse max_tokens; local servers ignore the newer name.
	completionTokens quirk = 1 << iota
	// fixedTemperature: none may be given.
	fixedTemperature
	// noUsage: the stream cannot be asked to count the tokens.
	noUsage
	// roomToThink: the limit covers what the model thinks before it replies, so that
	// without more room there may be no reply.
	roomToThink
	// noFormat: replies cannot be asked for by a JSON schema.
	noFormat
)

const (
	// thinkingTokens are the room to think.
	thinkingTokens = 4096
	// temperature is near to 0, for replies that differ little from one another. It is
	// not 0, which go-openai leaves out of the request, nor smaller: llama.cpp would
	// divide to infinity, and vLLM raises smaller ones to this.
	temperature = 0.01
)

// learning sends a request and, where the server refuses it for its parameters, sends
// it again without what it refused. The client remembers the quirks for the next.
func (c *Client) learning(do func(known quirk) error) error {
	for {
		known := quirk(c.learned.Load())
		err := do(known)
		taught := quirksIn(err) &^ known
		if taught == 0 {
			return err
		}
		c.learned.Or(uint32(taught))
		c.log.Debug("the model takes other parameters", "model", c.Name(), "because", c.server.Redacted(err))
	}
}

// quirksIn are the quirks that an error tells of. go-openai knows some models by
// name and refuses their parameters itself.
func quirksIn(err error) quirk {
	said := refusal(err)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errAllThought):
		return roomToThink
	case errors.Is(err, openai.ErrReasoningModelMaxTokensDeprecated):
		return completionTokens | roomToThink
	case errors.Is(err, openai.ErrReasoningModelLimitationsOther), errors.Is(err, openai.ErrReasoningSamplingUnsupported):
		return fixedTemperature | roomToThink
	case strings.Contains(said, "stream_options"):
		return noUsage
	case strings.Contains(said, "max_completion_tokens") && strings.Contains(said, "support"):
		return completionTokens
	case strings.Contains(said, "temperature"):
		return fixedTemperature | roomToThink // only models that think fix it
	case formatRefused(err):
		return noFormat
	}
	return 0
}

// formatRefused reports whether a refusal is of the schema: each server says so in its own
// words, some with a status that is of something else (llama-cpp-python's is 500).
func formatRefused(err error) bool {
	switch openaihttp.Status(err) {
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusNotFound, http.StatusNotImplemented, http.StatusInternalServerError:
		said := strings.ToLower(openaihttp.Words(err))
		return slices.ContainsFunc(formatWords, func(w string) bool { return strings.Contains(said, w) })
	}
	return false
}

var formatWords = []string{"response_format", "response format", "schema", "structured output", "grammar"}

// refusal is all that the server said in refusing a request for its form, in lower
// case; nothing when it did not.
func refusal(err error) string {
	switch openaihttp.Status(err) {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return strings.ToLower(openaihttp.Words(err))
	}
	return ""
}

// chatRequest is a prompt as the server takes it.
func (c *Client) chatRequest(p answer.Prompt, known quirk) openai.ChatCompletionRequest {
	r := openai.ChatCompletionRequest{Model: c.model}
	system := p.System
	if p.Format != nil && known&noFormat == 0 {
		system = p.Format.System
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: p.Format.Name, Schema: p.Format.Schema, Strict: true},
		}
	}
	if system != "" {
		r.Messages = append(r.Messages, openai.ChatCompletionMessage{Role: openai.ChatMessageRoleSystem, Content: system})
	}
	r.Messages = append(r.Messages, openai.ChatCompletionMessage{Role: openai.ChatMessageRoleUser, Content: p.User})
	limit := p.MaxTokens
	if known&roomToThink != 0 {
		limit += thinkingTokens
	}
	if known&completionTokens != 0 {
		r.MaxCompletionTokens = limit
	} else {
		r.MaxTokens = limit //lint:ignore SA1019 local servers know no other
	}
	if known&fixedTemperature == 0 {
		r.Temperature = temperature
	}
	if known&noUsage == 0 {
		r.StreamOptions = &openai.StreamOptions{IncludeUsage: true}
	}
	return r
}

// maxBytesPerToken is more than a token takes of a reply, on average, in any language.
const maxBytesPerToken = 8

// maxEventBytes is more than a token takes of a stream: servers wrap each one in some
// hundred bytes, Azure in a thousand.
const maxEventBytes = 2 << 10

// errSilent ends a request whose server says nothing for too long.
var errSilent = errors.New("the server is silent")

// request sends a prompt once and hears the reply. Its connection is closed, and
// nothing of it is left, when it returns.
func (c *Client) request(ctx context.Context, p answer.Prompt, known quirk, l *listener) (answer.Usage, *openaihttp.Exchange, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	silence := time.AfterFunc(c.timeouts.FirstToken, func() { cancel(errSilent) })
	defer silence.Stop()

	x := &openaihttp.Exchange{Client: c.http, Limit: int64(p.MaxTokens+thinkingTokens) * maxEventBytes}
	r := &reading{to: l, limit: p.MaxTokens * maxBytesPerToken}
	stream, err := c.server.Client(x).CreateChatCompletionStream(ctx, c.chatRequest(p, known))
	if err == nil {
		defer stream.Close()
		if x.Body != nil {
			err = r.document(x.Body)
		} else {
			err = r.stream(stream, silence, c.timeouts)
		}
	}
	if err != nil && l.err == nil && errors.Is(context.Cause(ctx), errSilent) {
		err = errSilent
	}
	return r.usage, x, err
}

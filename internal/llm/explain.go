package llm

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/openaihttp"
)

// explain turns a failure into an error for the reader, and says when the request
// may be repeated. A wrong setting of the program's is no fault of whoever asks a
// question, so its code is Unavailable.
func (c *Client) explain(ctx context.Context, x *openaihttp.Exchange, l *listener, err error) (time.Duration, error) {
	cause := c.server.Redacted(err)
	switch {
	case ctx.Err() != nil:
		return openaihttp.Never, c.ended(ctx)
	case errors.Is(err, openai.ErrChatCompletionInvalidModel):
		return final(cause, "the model %q does not chat: set PULLQUOTE_CHAT_MODEL to one that does", c.model)
	case errors.Is(err, errSilent) && l.heard:
		return final(cause, "the model %q at %s fell silent in the middle of its reply", c.model, c.server)
	case errors.Is(err, errSilent):
		return final(cause, "the model %q at %s did not begin its reply within %s: try again, or set PULLQUOTE_CHAT_MODEL to a smaller one", c.model, c.server, c.timeouts.FirstToken)
	case x.Status == 0 && !errors.Is(err, openaihttp.ErrTooLarge):
		return openaihttp.Anytime, fault.Wrap(cause, fault.Unavailable, "the model's server at %s cannot be reached: check that it runs and that OPENAI_BASE_URL is right", c.server)
	case x.Status >= http.StatusBadRequest:
		return c.explainStatus(x.Status, openaihttp.RetryAfter(x.Header), cause)
	}
	pause, explained := c.explainReply(x, cause)
	if l.heard {
		pause = openaihttp.Never
	}
	return pause, explained
}

// final is a failure that another attempt would repeat.
func final(cause error, format string, args ...any) (time.Duration, error) {
	return openaihttp.Never, fault.Wrap(cause, fault.Unavailable, format, args...)
}

// ended is the error of a request whose context has ended.
func (c *Client) ended(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fault.Wrap(ctx.Err(), fault.Unavailable, "the model's reply is no longer waited for")
	}
	return fault.Wrap(ctx.Err(), fault.Unavailable, "the model %q at %s did not finish its reply in the time there was", c.model, c.server)
}

// explainStatus explains a refusal. It may be repeated after the pause, if at all.
func (c *Client) explainStatus(status int, pause time.Duration, err error) (time.Duration, error) {
	said := c.server.Said(err)
	switch {
	case unknownModel(status, err):
		return openaihttp.Never, c.noModel(err, nil)
	case status == http.StatusUnauthorized && !c.server.HasKey():
		return final(err, "the model's server at %s wants a key: set OPENAI_API_KEY", c.server)
	case status == http.StatusUnauthorized:
		return final(err, "the model's server at %s refused the key: check OPENAI_API_KEY", c.server)
	case status == http.StatusForbidden:
		return final(err, "the model's server at %s refused access: check OPENAI_API_KEY%s", c.server, said)
	case status == http.StatusNotFound || status == http.StatusMethodNotAllowed:
		return final(err, "there is no chat model at %s: check OPENAI_BASE_URL, which mostly ends in /v1", c.server)
	case status == http.StatusPaymentRequired || status == http.StatusTooManyRequests && openaihttp.Spent(err):
		return final(err, "the model's server at %s has no credit left for this key%s", c.server, said)
	case status == http.StatusTooManyRequests:
		return pause, fault.Wrap(err, fault.RateLimited, "the model's server at %s has had too many requests: try again later%s", c.server, said)
	case status >= http.StatusInternalServerError || status == http.StatusRequestTimeout:
		return pause, fault.Wrap(err, fault.Unavailable, "the model's server at %s failed with status %d%s", c.server, status, said)
	}
	return final(err, "the model's server at %s refused the request with status %d%s", c.server, status, said)
}

// unknownModel reports whether a refusal is of the model's name. Servers say so in
// their own words.
func unknownModel(status int, err error) bool {
	var api *openai.APIError
	if errors.As(err, &api) && (api.Code == "model_not_found" || api.Param != nil && *api.Param == "model") {
		return true
	}
	said := strings.ToLower(openaihttp.Words(err))
	return status == http.StatusNotFound && strings.Contains(said, "model") || status == http.StatusBadRequest && strings.Contains(said, "model id")
}

// noModel is the error of a model that the server does not have among others.
func (c *Client) noModel(err error, others []string) error {
	return fault.Wrap(err, fault.Unavailable, "the model's server at %s has no model %q: set PULLQUOTE_CHAT_MODEL to one that it has%s", c.server, c.model, listing(others))
}

// explainReply explains why what the server gave for a reply is none.
func (c *Client) explainReply(x *openaihttp.Exchange, err error) (time.Duration, error) {
	var api *openai.APIError
	var finish errFinish
	switch {
	case errors.As(err, &api):
		return c.explainStatus(statusInStream(api), openaihttp.Anytime, err)
	case x.IsPage():
		return final(err, "there is a page for browsers at %s and no chat model: check OPENAI_BASE_URL, which mostly ends in /v1", c.server)
	case isJSON(err):
		return final(err, "the model's server at %s sent a reply that cannot be read: check that it is OpenAI-compatible", c.server)
	case errors.Is(err, errAllThought):
		return final(err, "the model %q at %s thought until its tokens were used up: turn its thinking off, or set PULLQUOTE_CHAT_MODEL to another", c.model, c.server)
	case errors.Is(err, errLength), errors.Is(err, errFlood), errors.Is(err, openaihttp.ErrTooLarge):
		return final(err, "the model %q at %s wrote more than it may: ask something narrower, or set PULLQUOTE_CHAT_MODEL to another", c.model, c.server)
	case errors.Is(err, errUnmarked):
		return final(err, "the model %q at %s mixes its thoughts into its replies: have the server separate them, or turn its thinking off", c.model, c.server)
	case errors.Is(err, errFiltered):
		return final(err, "the content filter of %s cut the reply: ask in other words", c.server)
	case errors.Is(err, errEmpty), errors.As(err, &finish):
		return final(err, "the model %q at %s gave no reply: try again, or set PULLQUOTE_CHAT_MODEL to another", c.model, c.server)
	}
	return openaihttp.Anytime, fault.Wrap(err, fault.Unavailable, "the model's server at %s broke off in its reply: try again", c.server)
}

func isJSON(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &kind)
}

// statusInStream is the HTTP status that an error would have had before the stream
// began. Some servers give it as the error's code.
func statusInStream(api *openai.APIError) int {
	if code, ok := api.Code.(int); ok && code >= http.StatusBadRequest && code < 600 {
		return code
	}
	switch {
	case strings.HasPrefix(api.Type, "invalid_request"):
		return http.StatusBadRequest
	case strings.HasPrefix(api.Type, "rate_limit"), openaihttp.Spent(api):
		return http.StatusTooManyRequests
	}
	return http.StatusInternalServerError
}

package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/openaihttp"
)

// explain puts a failure into words, and says when the request may be repeated. A
// wrong setting of the program's is no fault of whoever asks a question, so its code
// is Unavailable.
func (c *Client) explain(ctx context.Context, x *openaihttp.Exchange, l *listener, err error) (time.Duration, error) {
	cause := c.server.Redacted(err)
	switch {
	case ctx.Err() != nil:
		return openaihttp.Never, c.ended(ctx)
	case errors.Is(err, openai.ErrChatCompletionInvalidModel):
		return c.final(cause, "the model does not chat", "set PULLQUOTE_CHAT_MODEL to one that does")
	case errors.Is(err, errSilent) && l.heard:
		return c.final(cause, "the model fell silent in the middle of its reply; try again", "")
	case errors.Is(err, errSilent):
		return c.final(cause, "the model did not begin its reply in time; try again", "it had %s: set PULLQUOTE_CHAT_TIMEOUT to more, or PULLQUOTE_CHAT_MODEL to a smaller one", c.timeouts.FirstToken)
	case x.Status == 0 && !errors.Is(err, openaihttp.ErrTooLarge):
		return openaihttp.Anytime, c.unavailable(cause, "the model's server cannot be reached; try again later", "check that it runs and that OPENAI_BASE_URL is right")
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
func (c *Client) final(cause error, message, hint string, args ...any) (time.Duration, error) {
	return openaihttp.Never, c.unavailable(cause, message, hint, args...)
}

// unavailable is the error of a failure. Its hint, a format for the arguments, ends
// with the model and the server that it is about.
func (c *Client) unavailable(cause error, message, hint string, args ...any) *fault.Error {
	if hint != "" {
		hint = fmt.Sprintf(hint, args...) + "; "
	}
	return fault.Wrap(cause, fault.Unavailable, "%s", message).WithHint("%sthe model is %q at %s", hint, c.Name(), c.server)
}

// ended is the error of a request whose context has ended.
func (c *Client) ended(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fault.Wrap(ctx.Err(), fault.Unavailable, "the model's reply is no longer waited for")
	}
	return c.unavailable(ctx.Err(), "the model did not finish its reply in the time there was; try again", "")
}

// explainStatus tells a refusal. It may be repeated after the pause, if at all.
func (c *Client) explainStatus(status int, pause time.Duration, err error) (time.Duration, error) {
	answered := fmt.Sprintf("it answered with status %d%s", status, c.server.Said(err))
	switch {
	case unknownModel(status, err):
		return openaihttp.Never, c.noModel(err, nil)
	case status == http.StatusUnauthorized && !c.server.HasKey():
		return c.final(err, "the model's server wants a key", "set OPENAI_API_KEY")
	case status == http.StatusUnauthorized:
		return c.final(err, "the model's server refused the key", "check OPENAI_API_KEY")
	case status == http.StatusForbidden:
		return c.final(err, "the model's server refused access", "check OPENAI_API_KEY: %s", answered)
	case status == http.StatusNotFound || status == http.StatusMethodNotAllowed:
		return c.final(err, "there is no chat model where it should be", "check OPENAI_BASE_URL, which mostly ends in /v1")
	case status == http.StatusPaymentRequired || status == http.StatusTooManyRequests && openaihttp.Spent(err):
		return c.final(err, "the model's server has no credit left", "top up the account of OPENAI_API_KEY: %s", answered)
	case status == http.StatusTooManyRequests:
		busy := c.unavailable(err, "the model's server has had too many requests; try again later", "%s", answered)
		busy.Code = fault.RateLimited
		return pause, busy
	case status >= http.StatusInternalServerError || status == http.StatusRequestTimeout:
		return pause, c.unavailable(err, fmt.Sprintf("the model's server failed with status %d; try again later", status), "%s", answered)
	}
	return c.final(err, fmt.Sprintf("the model's server refused the request with status %d", status), "%s", answered)
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
	return c.unavailable(err, fmt.Sprintf("the model's server has no model %q", c.Name()), "set PULLQUOTE_CHAT_MODEL to one that it has%s", listing(others))
}

// explainReply tells why what the server gave for a reply is none.
func (c *Client) explainReply(x *openaihttp.Exchange, err error) (time.Duration, error) {
	var api *openai.APIError
	var finish errFinish
	switch {
	case errors.As(err, &api):
		return c.explainStatus(statusInStream(api), openaihttp.Anytime, err)
	case x.IsPage():
		return c.final(err, "there is a web page where the chat model should be", "check OPENAI_BASE_URL, which mostly ends in /v1")
	case isJSON(err):
		return c.final(err, "the model's server sent a reply that cannot be read", "check that it is OpenAI-compatible")
	case errors.Is(err, errAllThought):
		return c.final(err, "the model thought until its tokens were used up", "turn its thinking off, or set PULLQUOTE_CHAT_MODEL to another")
	case errors.Is(err, errLength), errors.Is(err, errFlood), errors.Is(err, openaihttp.ErrTooLarge):
		return c.final(err, "the model wrote more than it may; ask something narrower", "set PULLQUOTE_CHAT_MODEL to another if it goes on")
	case errors.Is(err, errUnmarked):
		return c.final(err, "the model mixes its thoughts into its replies", "have the server separate them, or turn its thinking off")
	case errors.Is(err, errFiltered):
		return c.final(err, "a content filter cut the model's reply; ask in other words", "")
	case errors.Is(err, errEmpty), errors.As(err, &finish):
		return c.final(err, "the model gave no reply; try again", "set PULLQUOTE_CHAT_MODEL to another if it goes on")
	}
	return openaihttp.Anytime, c.unavailable(err, "the model's server broke off in its reply; try again", "")
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

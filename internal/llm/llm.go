// Package llm is the chat model behind answer.Model: go-openai, and what it takes to
// rely on a server that may be slow, busy, broken or of another make.
//
// A reply counts only when the server has said that it is finished. Everything else
// (a stream that ends early, a reply cut at its token limit, an error in the middle,
// silence) is an error, for an answer that lacks its end may lack the word that
// matters. What can pass is tried again, but never once a part of the reply has been
// handed on. See Client for how, and llmtest for a server that fails in every way.
package llm

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/openaihttp"
)

// Config says which model answers and where. Only Model must be given.
type Config struct {
	BaseURL string // with the version: http://localhost:11434/v1; OpenAI's own when empty
	APIKey  string // none when empty; local servers need none
	Model   string // as the server names it

	// PromptTokens is what a prompt may take; 0: as much as the model's window leaves.
	PromptTokens int

	Slots *Slots // nil: as many calls at the same time as there are
	Meter Meter  // nil: nobody counts

	Timeouts   Timeouts
	FirstPause time.Duration // before a second attempt, and twice that before the third; half a second when 0
	HTTPClient *http.Client  // nil: one of the client's own
	Log        *slog.Logger  // nil: nothing is logged
}

// Timeouts bound the waits of one attempt. All attempts together are bounded by the
// context given to Complete.
type Timeouts struct {
	Connect       time.Duration // of the client's own HTTP client; 10 seconds when 0
	FirstToken    time.Duration // from the request; 45 seconds when 0, for local servers load a model first
	BetweenTokens time.Duration // 30 seconds when 0
}

const (
	// maxAttempts of one reply. A reader waits for it, and there is an answer
	// without a model.
	maxAttempts = 4
	// maxPause is how long a server may ask to wait.
	maxPause = 20 * time.Second
	// defaultMaxTokens of a reply whose prompt names no limit.
	defaultMaxTokens = 1024
)

// Client completes prompts with a model of an OpenAI-compatible server: OpenAI,
// Ollama, llama.cpp, vLLM and their like. Its methods may be called concurrently.
//
// Servers differ in the parameters that they take, and so do the models of one
// server. The client begins with what the server's address suggests, and when a
// request is refused for one of them it learns that and asks again; see quirk.
type Client struct {
	server   *openaihttp.Server
	model    string // as the server knows it; Name is for people
	prompt   int    // Config.PromptTokens
	slots    *Slots
	meter    Meter
	timeouts Timeouts
	policy   openaihttp.Policy
	http     *http.Client
	log      *slog.Logger
	learned  atomic.Uint32 // quirks
	window   window
}

var _ answer.Model = (*Client)(nil)

// New checks the configuration; it does not reach for the server, as Ping does.
func New(config Config) (*Client, error) {
	server, err := openaihttp.NewServer(config.BaseURL, config.APIKey)
	model := strings.TrimSpace(config.Model)
	t := config.Timeouts
	switch {
	case errors.Is(err, openaihttp.ErrAddress):
		return nil, fault.Wrap(err, fault.Invalid, "the address of the model's server is not one").WithHint("set OPENAI_BASE_URL to something like http://localhost:11434/v1")
	case err != nil:
		return nil, fault.Wrap(err, fault.Invalid, "the key of the model's server has characters that no key has").WithHint("check OPENAI_API_KEY, the key for %s", server)
	case model == "":
		return nil, fault.New(fault.Invalid, "no chat model is named").WithHint("set PULLQUOTE_CHAT_MODEL to one that %s has", server)
	case min(t.Connect, t.FirstToken, t.BetweenTokens, config.FirstPause) < 0:
		return nil, fault.New(fault.Invalid, "the model cannot be given less than no time: make its time-outs positive")
	}
	t = t.withDefaults()
	c := &Client{
		server:   server,
		model:    model,
		prompt:   config.PromptTokens,
		slots:    config.Slots,
		meter:    config.Meter,
		timeouts: t,
		policy:   openaihttp.Policy{Attempts: maxAttempts, First: cmp.Or(config.FirstPause, 500*time.Millisecond), Longest: maxPause},
		http:     config.HTTPClient,
		log:      cmp.Or(config.Log, slog.New(slog.DiscardHandler)),
	}
	if c.http == nil {
		c.http = newHTTPClient(t.Connect)
	}
	if server.IsOpenAI() {
		c.learned.Store(uint32(completionTokens))
	}
	return c, nil
}

func (t Timeouts) withDefaults() Timeouts {
	return Timeouts{
		Connect:       cmp.Or(t.Connect, 10*time.Second),
		FirstToken:    cmp.Or(t.FirstToken, 45*time.Second),
		BetweenTokens: cmp.Or(t.BetweenTokens, 30*time.Second),
	}
}

// newHTTPClient bounds the making of a connection, and nothing else: how long a
// reply may take is for the reader of it to say.
func newHTTPClient(connect time.Duration) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = (&net.Dialer{Timeout: connect}).DialContext
	transport.TLSHandshakeTimeout = connect
	return &http.Client{Transport: transport}
}

// Name implements answer.Model.
func (c *Client) Name() string { return openaihttp.OneLine(c.model) }

// Complete implements answer.Model.
//
// It is tried up to four times where the server is busy (429), fails (5xx), breaks
// off or cannot be connected to: as late as its Retry-After says, within 20 seconds,
// or after pauses that double. A refused key or request, silence and a reply that
// makes no sense are not tried again. A reply of more than eight bytes for each
// token of p.MaxTokens (1,024 when that is 0) is stopped. What a model thinks before
// or within its reply, in whatever marks, is not part of it.
func (c *Client) Complete(ctx context.Context, p answer.Prompt, delta func(string) error) (answer.Usage, error) {
	p.MaxTokens = cmp.Or(p.MaxTokens, defaultMaxTokens)
	l := &listener{delta: delta}
	ctx, end := observe.Model(ctx, c.Name())
	usage, err := c.complete(ctx, p, l)
	end(usage.PromptTokens, usage.CompletionTokens, err != nil && l.err == nil && !errors.Is(err, context.Canceled))
	return usage, err
}

func (c *Client) complete(ctx context.Context, p answer.Prompt, l *listener) (answer.Usage, error) {
	var usage answer.Usage
	end, err := c.begin(ctx, p)
	if err != nil {
		return usage, err
	}
	defer func() { end(tokensOf(ctx, p, usage, l, err)) }()
	err = c.policy.Retry(ctx, func() (time.Duration, error) {
		var x *openaihttp.Exchange
		err := c.learning(func(known quirk) (err error) {
			usage, x, err = c.request(ctx, p, known, l)
			return err
		})
		if err == nil || l.err != nil {
			return openaihttp.Never, err
		}
		pause, err := c.explain(ctx, x, l, openaihttp.WithoutEchoes(err, p.User))
		if errors.Is(err, context.Canceled) {
			return pause, err // is nobody's fault
		}
		c.log.WarnContext(ctx, "the model gave no reply", "model", c.Name(), fault.Attr(err))
		return pause, err
	})
	if err != nil && l.err == nil && ctx.Err() != nil {
		err = c.ended(ctx) // in a pause, too
	}
	return usage, err
}

// listener is who a reply is for.
type listener struct {
	delta func(string) error
	heard bool  // it has a part of the reply, which cannot be taken back
	bytes int   // of that
	err   error // its own, which ends the request
}

func (l *listener) hear(text string) error {
	if text == "" {
		return nil
	}
	l.heard = true
	l.bytes += len(text)
	l.err = l.delta(text)
	return l.err
}

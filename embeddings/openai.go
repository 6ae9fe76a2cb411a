package embeddings

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/openaihttp"
)

const (
	defaultTimeout   = time.Minute
	defaultBatchSize = 256
)

// OpenAIConfig says where embeddings come from. Only Model must be given.
type OpenAIConfig struct {
	BaseURL string // with the version: http://localhost:11434/v1; OpenAI's own when empty
	APIKey  string // none when empty; local servers need none
	Model   string // as the server names it

	// Dimensions asks for vectors of this size, which only some models can give.
	// 0 leaves the size to the server.
	Dimensions int

	Prefixes Prefixes // none when zero; PrefixesOf knows those of many models

	Timeout     time.Duration // of one request; a minute when 0
	BatchSize   int           // texts in one request, at most 2048; 256 when 0
	Concurrency int           // requests at a time, at most; 8 when 0
	HTTPClient  *http.Client  // nil: one of the embedder's own
	Log         *slog.Logger  // of texts that were cut; nil: none
}

// OpenAI embeds texts with a model of an OpenAI-compatible server.
//
// Texts go in batches within OpenAI's limits, and within those of the server where
// it says that a batch is too large for it. A text that is longer than the model
// takes is cut, which is logged and no error. Several requests are under way at a
// time: few at first, more while the server keeps up, and fewer when it says that
// they are too many.
//
// A request that fails for a reason that may pass (429, 5xx, no connection, no
// answer in time) is repeated up to four times, as late as the server's Retry-After
// says or after pauses that double; a request is not repeated where the context
// would end before it could be sent.
type OpenAI struct {
	config     OpenAIConfig
	server     *openaihttp.Server
	policy     openaihttp.Policy
	limiter    *limiter
	dimensions atomic.Int64
	batchSize  atomic.Int64 // what the server takes, as far as is known
}

// NewOpenAI checks the configuration; it does not reach for the server.
func NewOpenAI(config OpenAIConfig) (*OpenAI, error) {
	config = config.withDefaults()
	server, err := openaihttp.NewServer(config.BaseURL, config.APIKey)
	switch {
	case errors.Is(err, openaihttp.ErrAddress):
		return nil, fault.New(fault.Invalid, "the embedding server's address is not one").WithHint("set OPENAI_BASE_URL to something like http://localhost:11434/v1")
	case err != nil:
		return nil, fault.New(fault.Invalid, "the embedding server's key has characters that no key has").WithHint("check OPENAI_API_KEY, the key for %s", server)
	}
	if err := config.check(server); err != nil {
		return nil, err
	}
	o := &OpenAI{
		config:  config,
		server:  server,
		policy:  openaihttp.Policy{Attempts: 5, First: 500 * time.Millisecond, Longest: time.Minute},
		limiter: newLimiter(config.Concurrency),
	}
	o.dimensions.Store(int64(config.Dimensions))
	o.batchSize.Store(int64(config.BatchSize))
	return o, nil
}

func (c OpenAIConfig) withDefaults() OpenAIConfig {
	c.Timeout = cmp.Or(c.Timeout, defaultTimeout)
	c.BatchSize = cmp.Or(c.BatchSize, defaultBatchSize)
	c.Concurrency = cmp.Or(c.Concurrency, defaultConcurrency)
	c.HTTPClient = cmp.Or(c.HTTPClient, &http.Client{})
	c.Log = cmp.Or(c.Log, slog.New(slog.DiscardHandler))
	return c
}

func (c OpenAIConfig) check(server *openaihttp.Server) error {
	switch {
	case strings.TrimSpace(c.Model) == "":
		return fault.New(fault.Invalid, "no embedding model is named").WithHint("set PULLQUOTE_EMBEDDING_MODEL to one that %s has", server)
	case c.Dimensions < 0:
		return fault.New(fault.Invalid, "vectors cannot have %d dimensions", c.Dimensions).WithHint("unset PULLQUOTE_EMBEDDING_DIMENSIONS or make it positive")
	case c.BatchSize < 0 || c.BatchSize > maxInputs:
		return fault.New(fault.Invalid, "a request cannot have %d texts: choose from 1 to %d", c.BatchSize, maxInputs)
	case c.Concurrency < 0:
		return fault.New(fault.Invalid, "there cannot be %d requests at a time: choose 1 or more", c.Concurrency)
	case c.Timeout < 0:
		return fault.New(fault.Invalid, "a request cannot have %s of time: make the time-out positive", c.Timeout)
	}
	return nil
}

// Model names the server's model. A document prefix is part of the name: with
// another prefix the documents have other vectors. Dimensions is 0 until they are
// configured, or known from the first answer or Resolve.
func (o *OpenAI) Model() Model {
	name := o.config.Model
	if o.config.Prefixes.Document != "" {
		name += "+" + strconv.Quote(o.config.Prefixes.Document)
	}
	return Model{Name: name, Dimensions: int(o.dimensions.Load())}
}

// ParseName takes an OpenAI's Model().Name apart.
func ParseName(name string) (model, documentPrefix string) {
	if i := strings.LastIndex(name, `+"`); i > 0 {
		if prefix, err := strconv.Unquote(name[i+1:]); err == nil {
			return name[:i], prefix
		}
	}
	return name, ""
}

// Resolve is Model, having asked the server for the dimensions if they are not known
// yet. Once known they are not asked again.
func (o *OpenAI) Resolve(ctx context.Context) (Model, error) {
	if o.dimensions.Load() == 0 {
		if _, err := o.Embed(ctx, Query, []string{"dimensions"}); err != nil {
			return Model{}, err
		}
	}
	return o.Model(), nil
}

// Server is the server's address, fit for messages.
func (o *OpenAI) Server() string { return o.server.String() }

package embeddings

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/sashabaranov/go-openai"
	"golang.org/x/sync/errgroup"
)

const (
	defaultBaseURL   = "https://api.openai.com/v1"
	defaultTimeout   = time.Minute
	defaultBatchSize = 256
	// parallelRequests keeps a server busy without standing in everybody's way.
	parallelRequests = 3
)

// OpenAIConfig says where embeddings come from. Only Model must be given.
type OpenAIConfig struct {
	BaseURL string // with the version: http://localhost:11434/v1; OpenAI's own when empty
	APIKey  string // none when empty; local servers need none
	Model   string // as the server names it

	// Dimensions asks for vectors of this size, which only some models can give.
	// 0 leaves the size to the server.
	Dimensions int

	// QueryPrefix and DocumentPrefix stand before each text of their kind, for
	// models trained with such words ("search_query: ", "search_document: ").
	QueryPrefix, DocumentPrefix string

	Timeout    time.Duration // of one request; a minute when 0
	BatchSize  int           // texts in one request, at most 2048; 256 when 0
	HTTPClient *http.Client  // nil: one of the embedder's own
}

// OpenAI embeds texts with a model of an OpenAI-compatible server.
//
// Texts go in batches within OpenAI's limits, three requests at a time. A text of
// more than 8,192 tokens by a cautious estimate, some 16,000 letters, is cut there.
// A request that fails for a reason that may pass (429, 5xx, no connection, no
// answer in time) is repeated up to four times, as late as the server's Retry-After
// says or after pauses that double; a request is not repeated where the context
// would end before it could be sent.
type OpenAI struct {
	config     OpenAIConfig
	server     string // base URL fit for messages
	dimensions atomic.Int64
}

// NewOpenAI checks the configuration; it does not reach for the server.
func NewOpenAI(config OpenAIConfig) (*OpenAI, error) {
	config = config.withDefaults()
	base, err := url.Parse(config.BaseURL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" || base.RawQuery != "" || base.Fragment != "" {
		return nil, fault("invalid", nil, "the embedding server's address is not one: set OPENAI_BASE_URL to something like http://localhost:11434/v1")
	}
	o := &OpenAI{config: config, server: base.Redacted()}
	o.dimensions.Store(int64(config.Dimensions))
	if err := o.check(); err != nil {
		return nil, err
	}
	return o, nil
}

func (c OpenAIConfig) withDefaults() OpenAIConfig {
	c.BaseURL = strings.TrimRight(cmp.Or(c.BaseURL, defaultBaseURL), "/")
	c.APIKey = strings.TrimSpace(c.APIKey)
	c.Timeout = cmp.Or(c.Timeout, defaultTimeout)
	c.BatchSize = cmp.Or(c.BatchSize, defaultBatchSize)
	c.HTTPClient = cmp.Or(c.HTTPClient, &http.Client{})
	return c
}

func (o *OpenAI) check() error {
	noKeyHas := func(r rune) bool { return r <= ' ' || r > '~' }
	switch c := o.config; {
	case strings.TrimSpace(c.Model) == "":
		return fault("invalid", nil, "no embedding model is named: set PULLQUOTE_EMBEDDING_MODEL to one that %s has", o.server)
	case strings.ContainsFunc(c.APIKey, noKeyHas):
		return fault("invalid", nil, "the key for %s has characters that no key has: check OPENAI_API_KEY", o.server)
	case c.Dimensions < 0:
		return fault("invalid", nil, "vectors cannot have %d dimensions: unset PULLQUOTE_EMBEDDING_DIMENSIONS or make it positive", c.Dimensions)
	case c.BatchSize < 0 || c.BatchSize > maxInputs:
		return fault("invalid", nil, "a request cannot have %d texts: choose from 1 to %d", c.BatchSize, maxInputs)
	case c.Timeout < 0:
		return fault("invalid", nil, "a request cannot have %s of time: make the time-out positive", c.Timeout)
	}
	return nil
}

// Model names the server's model. A document prefix is part of the name: with
// another prefix the documents have other vectors. Dimensions is 0 until they are
// configured, or known from the first answer or Resolve.
func (o *OpenAI) Model() Model {
	name := o.config.Model
	if o.config.DocumentPrefix != "" {
		name += "+" + strconv.Quote(o.config.DocumentPrefix)
	}
	return Model{Name: name, Dimensions: int(o.dimensions.Load())}
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

// Embed implements Embedder.
func (o *OpenAI) Embed(ctx context.Context, kind Kind, texts []string) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	vectors := make([][]float32, len(texts))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(parallelRequests)
	for from, batch := range batches(o.inputs(kind, texts), o.config.BatchSize) {
		group.Go(func() error {
			if err := groupCtx.Err(); err != nil {
				return err
			}
			answer, err := o.embedBatch(groupCtx, batch)
			copy(vectors[from:], answer)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return vectors, nil
}

// inputs are the texts as they are sent. Servers refuse blank ones; a full stop
// says as little.
func (o *OpenAI) inputs(kind Kind, texts []string) []string {
	prefix := o.config.DocumentPrefix
	if kind == Query {
		prefix = o.config.QueryPrefix
	}
	inputs := make([]string, len(texts))
	for i, text := range texts {
		if strings.TrimSpace(text) == "" {
			text = "."
		}
		inputs[i] = cutTokens(prefix+text, maxInputTokens)
	}
	return inputs
}

func (o *OpenAI) embedBatch(ctx context.Context, inputs []string) ([][]float32, error) {
	var vectors [][]float32
	err := retry(ctx, func() (time.Duration, error) {
		answer, x, err := o.request(ctx, inputs)
		if err != nil {
			return o.explain(ctx, x, err)
		}
		vectors, err = o.vectors(answer, x, len(inputs))
		return never, err
	})
	return vectors, err
}

// request sends one batch once.
func (o *OpenAI) request(ctx context.Context, inputs []string) (openai.EmbeddingResponse, *exchange, error) {
	ctx, cancel := context.WithTimeout(ctx, o.config.Timeout)
	defer cancel()
	x := &exchange{client: o.config.HTTPClient, limit: int64(1+len(inputs)) * maxVectorBytes}
	config := openai.DefaultConfig(o.config.APIKey)
	config.BaseURL = o.config.BaseURL
	config.HTTPClient = x
	answer, err := openai.NewClientWithConfig(config).CreateEmbeddings(ctx, openai.EmbeddingRequest{
		Input:      inputs,
		Model:      openai.EmbeddingModel(o.config.Model),
		Dimensions: o.config.Dimensions,
	})
	return answer, x, err
}

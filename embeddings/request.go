package embeddings

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/sashabaranov/go-openai"
	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/internal/openaihttp"
)

// Embed implements Embedder.
func (o *OpenAI) Embed(ctx context.Context, kind Kind, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	err := o.EmbedBatches(ctx, kind, texts, func(from int, batch [][]float32) error {
		copy(vectors[from:], batch)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return vectors, nil
}

// EmbedBatches is Embed for whoever keeps what there is: it hands the vectors of
// each batch over as soon as they have come, with the place of its first text. They
// come in any order, done is called by one goroutine at a time and never after
// EmbedBatches has returned, and an error of done ends the work. With an error, some
// batches may have been handed over.
func (o *OpenAI) EmbedBatches(ctx context.Context, kind Kind, texts []string, done func(from int, vectors [][]float32) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var one sync.Mutex
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(o.config.Concurrency)
	for from, batch := range batches(o.inputs(kind, texts), int(o.batchSize.Load())) {
		group.Go(func() error {
			vectors, err := o.embedBatch(groupCtx, kind, batch)
			if err != nil {
				return err
			}
			one.Lock()
			defer one.Unlock()
			if err := groupCtx.Err(); err != nil {
				return err
			}
			return done(from, vectors)
		})
	}
	return group.Wait()
}

// inputs are the texts as they are sent. Servers refuse blank ones; a full stop
// says as little.
func (o *OpenAI) inputs(kind Kind, texts []string) []string {
	prefix := o.config.Prefixes.of(kind)
	inputs := make([]string, len(texts))
	long := 0
	for i, text := range texts {
		if strings.TrimSpace(text) == "" {
			text = "."
		}
		inputs[i] = cutTokens(prefix+text, maxInputTokens)
		if len(inputs[i]) < len(prefix)+len(text) {
			long++
		}
	}
	if long > 0 {
		o.config.Log.Warn("texts are longer than an embedding model takes and were cut", "texts", long, "tokens", maxInputTokens)
	}
	return inputs
}

// embedBatch embeds the inputs in one request, or in several if the server says
// that they are too much for one. A single input that is too much is halved.
func (o *OpenAI) embedBatch(ctx context.Context, kind Kind, inputs []string) ([][]float32, error) {
	vectors, tooMuch, err := o.send(ctx, kind, inputs)
	switch {
	case !tooMuch:
		return vectors, err
	case len(inputs) > 1:
		half := len(inputs) / 2
		first, err := o.embedBatch(ctx, kind, inputs[:half])
		if err != nil {
			return nil, err
		}
		second, err := o.embedBatch(ctx, kind, inputs[half:])
		return append(first, second...), err
	case len(inputs[0]) <= shortestCut:
		return nil, err
	}
	text := cut(inputs[0], len(inputs[0])/2)
	o.config.Log.Warn("a text is longer than the embedding model takes and was cut", "model", o.config.Model, "bytes", len(inputs[0]), "kept", len(text))
	return o.embedBatch(ctx, kind, []string{text})
}

// askedFor is the pause for all requests: one that is too long to be waited for
// fails its own request only.
func (o *OpenAI) askedFor(pause time.Duration) time.Duration {
	if pause > o.policy.Longest {
		return 0
	}
	return max(pause, 0)
}

// shortestCut, in bytes, is less than any model takes: a server that finds it too
// long means something else.
const shortestCut = 64

// send sends one request until it is answered or there is no use. tooMuch says that
// fewer or shorter inputs may do.
func (o *OpenAI) send(ctx context.Context, kind Kind, inputs []string) (vectors [][]float32, tooMuch bool, err error) {
	err = o.policy.Retry(ctx, func() (time.Duration, error) {
		if kind == Document { // a question does not wait behind documents
			if err := o.pace.begin(ctx); err != nil {
				return openaihttp.Never, err
			}
		}
		answer, x, err := o.request(ctx, inputs)
		pause := openaihttp.Never
		if err != nil {
			tooMuch = o.tooMuch(x, err, len(inputs))
			pause, err = o.explain(ctx, x, err)
		} else {
			vectors, err = o.vectors(answer, x, len(inputs))
		}
		if kind == Document {
			o.pace.end(err == nil, x.Status == http.StatusTooManyRequests, o.askedFor(pause))
		}
		if tooMuch {
			pause = openaihttp.Never
		}
		return pause, err
	})
	return vectors, tooMuch, err
}

// How servers say that a batch has too many inputs, or an input too many tokens:
// text-embeddings-inference, vLLM, llama.cpp (with status 500), Ollama, OpenAI.
var (
	tooManyInputs = regexp.MustCompile(`(?i)batch size \d+ ?> ?|too many inputs|maximum .*batch size|array.*at most|less than or equal to \d+ .*(items|inputs)`)
	tooManyTokens = regexp.MustCompile(`(?i)too (large|long)|context (length|size|window)|(maximum|max|exceeds?)\b.*\btokens?|tokens?\b.*\b(maximum|max|exceeds?|limit)`)
)

// tooMuch reports whether the server refused the size of the request, and lowers
// the size of those to come.
func (o *OpenAI) tooMuch(x *openaihttp.Exchange, err error, inputs int) bool {
	words := openaihttp.Words(err)
	many := tooManyInputs.MatchString(words)
	switch x.Status {
	case http.StatusRequestEntityTooLarge:
		many = true
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusInternalServerError:
		if !many && !tooManyTokens.MatchString(words) {
			return false
		}
	default:
		return false
	}
	if many && inputs > 1 {
		if known := o.batchSize.Load(); int64(inputs/2) < known {
			o.batchSize.CompareAndSwap(known, int64(inputs/2))
		}
	}
	return true
}

// request sends one batch once.
func (o *OpenAI) request(ctx context.Context, inputs []string) (openai.EmbeddingResponse, *openaihttp.Exchange, error) {
	ctx, cancel := context.WithTimeout(ctx, o.config.Timeout)
	defer cancel()
	x := &openaihttp.Exchange{Client: o.config.HTTPClient, Limit: int64(1+len(inputs)) * maxVectorBytes}
	answer, err := o.server.Client(x).CreateEmbeddings(ctx, openai.EmbeddingRequest{
		Input:      inputs,
		Model:      openai.EmbeddingModel(o.config.Model),
		Dimensions: o.config.Dimensions,
	})
	return answer, x, err
}

// maxVectorBytes is more than a vector takes in JSON: 8,192 coordinates of 30 bytes.
const maxVectorBytes = 256 << 10

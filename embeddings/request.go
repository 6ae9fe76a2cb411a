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
// come in any order; done is called by one goroutine at a time and never after
// EmbedBatches has returned, and an error of done ends the work. When a batch fails,
// no other request begins, and those that are under way are not wasted.
func (o *OpenAI) EmbedBatches(ctx context.Context, kind Kind, texts []string, done func(from int, vectors [][]float32) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	group, more := errgroup.WithContext(ctx)
	group.SetLimit(o.config.Concurrency)
	j := &job{kind: kind, more: more, done: done}
	for from, batch := range batches(o.inputs(ctx, kind, texts), int(o.batchSize.Load())) {
		group.Go(func() error { return o.embedBatch(ctx, j, from, batch) })
	}
	return group.Wait()
}

// job is one call of EmbedBatches.
type job struct {
	kind Kind
	more context.Context // ends when no other request is to begin

	mu   sync.Mutex
	done func(from int, vectors [][]float32) error
}

func (j *job) handOver(from int, vectors [][]float32) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.done(from, vectors)
}

// inputs are the texts as they are sent. Servers refuse blank ones; a full stop
// says as little.
func (o *OpenAI) inputs(ctx context.Context, kind Kind, texts []string) []string {
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
		o.config.Log.WarnContext(ctx, "texts are longer than an embedding model takes and were cut", "texts", long, "tokens", maxInputTokens)
	}
	return inputs
}

// embedBatch embeds the inputs in one request, or in several if the server says
// that they are too much for one. A single input that is too much is halved.
func (o *OpenAI) embedBatch(ctx context.Context, j *job, from int, inputs []string) error {
	vectors, tooMuch, err := o.send(ctx, j, inputs)
	switch {
	case err == nil:
		return j.handOver(from, vectors)
	case !tooMuch || len(inputs) == 1 && len(inputs[0]) <= shortestCut:
		return err
	case len(inputs) > 1:
		half := len(inputs) / 2
		if err := o.embedBatch(ctx, j, from, inputs[:half]); err != nil {
			return err
		}
		return o.embedBatch(ctx, j, from+half, inputs[half:])
	}
	text := cut(inputs[0], len(inputs[0])/2)
	o.config.Log.WarnContext(ctx, "a text is longer than the embedding model takes and was cut", "model", o.config.Model, "bytes", len(inputs[0]), "kept", len(text))
	return o.embedBatch(ctx, j, from, []string{text})
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
func (o *OpenAI) send(ctx context.Context, j *job, inputs []string) (vectors [][]float32, tooMuch bool, err error) {
	err = o.policy.Retry(j.more, func() (pause time.Duration, err error) {
		if j.kind == Query { // does not wait behind documents
			vectors, tooMuch, pause, err = o.try(ctx, inputs)
			return pause, err
		}
		if err := o.limiter.acquire(j.more); err != nil {
			return openaihttp.Never, err
		}
		vectors, tooMuch, pause, err = o.try(ctx, inputs)
		o.limiter.release(err == nil, isTooMany(err), o.askedFor(pause))
		return pause, err
	})
	return vectors, tooMuch, err
}

// try sends one request once. If it fails, it may be repeated after the pause.
func (o *OpenAI) try(ctx context.Context, inputs []string) (vectors [][]float32, tooMuch bool, pause time.Duration, err error) {
	answer, x, err := o.request(ctx, inputs)
	if err == nil {
		vectors, err = o.vectors(answer, x, len(inputs))
		return vectors, false, openaihttp.Never, err
	}
	tooMuch = o.tooMuch(x, err, len(inputs))
	pause, err = o.explain(ctx, x, openaihttp.WithoutEchoes(err, inputs...))
	if tooMuch {
		pause = openaihttp.Never
	}
	return nil, tooMuch, pause, err
}

func isTooMany(err error) bool { return openaihttp.Status(err) == http.StatusTooManyRequests }

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

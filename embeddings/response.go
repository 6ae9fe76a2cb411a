package embeddings

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/pullquote/pullquote/internal/openaihttp"
)

// vectors checks the answer to n inputs and puts its vectors in their order.
func (o *OpenAI) vectors(answer openai.EmbeddingResponse, x *openaihttp.Exchange, n int) ([][]float32, error) {
	if len(answer.Data) != n {
		return nil, o.malformed(nil, "gave %d vectors for %d texts", len(answer.Data), n)
	}
	if hasNullElement(x.Body) {
		return nil, o.malformed(nil, "gave numbers that are none")
	}
	vectors := make([][]float32, n)
	for _, item := range answer.Data {
		if item.Index < 0 || item.Index >= n || vectors[item.Index] != nil {
			return nil, o.malformed(nil, "did not say which vector is whose")
		}
		if !normalize(item.Embedding) {
			return nil, o.malformed(nil, "gave a vector without a direction")
		}
		vectors[item.Index] = item.Embedding
	}
	dimensions := len(vectors[0])
	if slices.ContainsFunc(vectors, func(v []float32) bool { return len(v) != dimensions }) {
		return nil, o.malformed(nil, "gave vectors of different sizes")
	}
	return vectors, o.checkDimensions(dimensions)
}

// checkDimensions holds answers to the size that was configured, or else to that of
// the first.
func (o *OpenAI) checkDimensions(n int) error {
	if o.dimensions.CompareAndSwap(0, int64(n)) || o.dimensions.Load() == int64(n) {
		return nil
	}
	if o.config.Dimensions != 0 {
		return fault("invalid", nil, "the embedding model %q gives vectors of %d dimensions, not %d: set PULLQUOTE_EMBEDDING_DIMENSIONS to %d or unset it",
			o.config.Model, n, o.config.Dimensions, n)
	}
	return fault("unavailable", nil, "the embedding model %q at %s now gives vectors of %d dimensions instead of %d: if the server's model was replaced, run pullquote reindex",
		o.config.Model, o.server, n, o.dimensions.Load())
}

// normalize scales v to length 1; false when that cannot be done.
func normalize(v []float32) bool {
	var squares float64
	for _, x := range v {
		squares += float64(x) * float64(x)
	}
	length := math.Sqrt(squares)
	if length == 0 || math.IsInf(length, 0) || math.IsNaN(length) {
		return false
	}
	for i, x := range v {
		v[i] = float32(float64(x) / length)
	}
	return true
}

// explain turns a failed request into an error for the reader, and says when it may
// be repeated.
func (o *OpenAI) explain(ctx context.Context, x *openaihttp.Exchange, err error) (time.Duration, error) {
	err = o.server.Redacted(err)
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return openaihttp.Never, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return openaihttp.Anytime, fault("unavailable", err, "the embedding server at %s did not answer in time", o.server)
	case errors.Is(err, openaihttp.ErrTooLarge):
		return openaihttp.Never, o.malformed(err, "did not answer with embeddings")
	case x.Status == 0:
		return openaihttp.Anytime, fault("unavailable", err, "the embedding server at %s cannot be reached: check that it runs and that OPENAI_BASE_URL is right", o.server)
	case x.Status < http.StatusBadRequest:
		return openaihttp.Never, o.malformed(err, "did not answer with embeddings")
	}
	return o.explainStatus(x, err)
}

func (o *OpenAI) explainStatus(x *openaihttp.Exchange, err error) (time.Duration, error) {
	said := o.server.Said(err)
	switch {
	case x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden:
		return openaihttp.Never, fault("unauthorized", err, "the embedding server at %s refused the key: check OPENAI_API_KEY, or PULLQUOTE_EMBEDDING_API_KEY if that is set", o.server)
	case x.Status == http.StatusNotFound && strings.Contains(strings.ToLower(said), "model"):
		return openaihttp.Never, fault("invalid", err, "the embedding server at %s has no model %q: set PULLQUOTE_EMBEDDING_MODEL to one that it has", o.server, o.config.Model)
	case x.Status == http.StatusNotFound || x.Status == http.StatusMethodNotAllowed:
		return openaihttp.Never, fault("invalid", err, "there are no embeddings at %s: check OPENAI_BASE_URL, which mostly ends in /v1", o.server)
	case x.Status == http.StatusTooManyRequests && openaihttp.Spent(err):
		return openaihttp.Never, fault("rate_limited", err, "the embedding server at %s has no credit left for this key%s", o.server, said)
	case x.Status == http.StatusTooManyRequests:
		return openaihttp.RetryAfter(x.Header), fault("rate_limited", err, "the embedding server at %s has had too many requests: try again later%s", o.server, said)
	case x.Status >= http.StatusInternalServerError || x.Status == http.StatusRequestTimeout:
		return openaihttp.RetryAfter(x.Header), fault("unavailable", err, "the embedding server at %s failed with status %d%s", o.server, x.Status, said)
	}
	return openaihttp.Never, fault("invalid", err, "the embedding server at %s refused the request with status %d%s", o.server, x.Status, said)
}

// malformed is for an answer that arrived and cannot be used.
func (o *OpenAI) malformed(cause error, format string, args ...any) error {
	return fault("unavailable", cause, "the embedding server at %s %s: check that it is OpenAI-compatible and that %q is an embedding model",
		o.server, fmt.Sprintf(format, args...), o.config.Model)
}

// hasNullElement reports whether an array of the body has a null in it. That is
// how llama.cpp writes a NaN, and encoding/json would read it as 0.
func hasNullElement(body []byte) bool {
	for {
		before, after, found := bytes.Cut(body, []byte("null"))
		if !found {
			return false
		}
		before = bytes.TrimRight(before, " \t\r\n")
		if bytes.HasSuffix(before, []byte("[")) || bytes.HasSuffix(before, []byte(",")) {
			return true
		}
		body = after
	}
}

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

	"github.com/pullquote/pullquote/internal/fault"
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
		return fault.New(fault.Invalid, "the embedding model %q gives vectors of %d dimensions, not %d", o.config.Model, n, o.config.Dimensions).
			WithHint("set PULLQUOTE_EMBEDDING_DIMENSIONS to %d or unset it", n)
	}
	return fault.New(fault.Unavailable, "the embedding model %q now gives vectors of %d dimensions instead of %d", o.config.Model, n, o.dimensions.Load()).
		WithHint("if the model of %s was replaced, run pullquote reindex", o.server)
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

// explain puts a failed request into words, and says when it may be repeated.
func (o *OpenAI) explain(ctx context.Context, x *openaihttp.Exchange, err error) (time.Duration, error) {
	err = o.server.Redacted(err)
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return openaihttp.Never, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return openaihttp.Anytime, fault.Wrap(err, fault.Unavailable, "the embedding server did not answer in time; try again").
			WithHint("see whether %s has too much to do", o.server)
	case errors.Is(err, openaihttp.ErrTooLarge):
		return openaihttp.Never, o.malformed(err, "gave none")
	case x.Status == 0:
		return openaihttp.Anytime, fault.Wrap(err, fault.Unavailable, "the embedding server cannot be reached; try again later").
			WithHint("check that it runs at %s and that OPENAI_BASE_URL is right", o.server)
	case x.Status < http.StatusBadRequest:
		return openaihttp.Never, o.malformed(err, "gave none")
	}
	pause, refusal := o.refusal(x, err)
	refusal.Err = err
	return pause, refusal
}

// refusal tells a refusal of the server by its status and its words.
func (o *OpenAI) refusal(x *openaihttp.Exchange, err error) (time.Duration, *Error) {
	said := o.server.Said(err)
	answered := fmt.Sprintf("%s answered with status %d%s", o.server, x.Status, said)
	switch {
	case x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden:
		return openaihttp.Never, fault.New(fault.Unauthorized, "the embedding server refused the key").
			WithHint("check OPENAI_API_KEY, or PULLQUOTE_EMBEDDING_API_KEY if that is set: it is the key for %s", o.server)
	case x.Status == http.StatusNotFound && strings.Contains(strings.ToLower(said), "model"):
		return openaihttp.Never, fault.New(fault.Invalid, "the embedding server has no model %q", o.config.Model).
			WithHint("set PULLQUOTE_EMBEDDING_MODEL to one that %s has", o.server)
	case x.Status == http.StatusNotFound || x.Status == http.StatusMethodNotAllowed:
		return openaihttp.Never, fault.New(fault.Invalid, "the embedding server gives no embeddings").
			WithHint("there are none at %s: check OPENAI_BASE_URL, which mostly ends in /v1", o.server)
	case x.Status == http.StatusTooManyRequests && openaihttp.Spent(err):
		return openaihttp.Never, fault.New(fault.RateLimited, "the embedding server has no credit left").WithHint("top up the account of its key: %s", answered)
	case x.Status == http.StatusTooManyRequests:
		return openaihttp.RetryAfter(x.Header), fault.New(fault.RateLimited, "the embedding server has had too many requests; try again later").WithHint("%s", answered)
	case x.Status >= http.StatusInternalServerError || x.Status == http.StatusRequestTimeout:
		return openaihttp.RetryAfter(x.Header), fault.New(fault.Unavailable, "the embedding server failed with status %d; try again later", x.Status).WithHint("%s", answered)
	}
	return openaihttp.Never, fault.New(fault.Invalid, "the embedding server refused the request with status %d", x.Status).WithHint("%s", answered)
}

// malformed is for an answer that arrived and cannot be used.
func (o *OpenAI) malformed(cause error, format string, args ...any) error {
	return fault.Wrap(cause, fault.Unavailable, "the embedding server did not answer with embeddings").
		WithHint("%s %s: check that it is OpenAI-compatible and that %q is an embedding model", o.server, fmt.Sprintf(format, args...), o.config.Model)
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

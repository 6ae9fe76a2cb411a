package embeddings

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"
)

// vectors checks the answer to n inputs and puts its vectors in their order.
func (o *OpenAI) vectors(answer openai.EmbeddingResponse, x *exchange, n int) ([][]float32, error) {
	if len(answer.Data) != n {
		return nil, o.malformed(nil, "gave %d vectors for %d texts", len(answer.Data), n)
	}
	if x.hasNullElement() {
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
func (o *OpenAI) explain(ctx context.Context, x *exchange, err error) (time.Duration, error) {
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return never, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return anytime, fault("unavailable", err, "the embedding server at %s did not answer in time", o.server)
	case x.status == 0:
		return anytime, fault("unavailable", err, "the embedding server at %s cannot be reached: check that it runs and that OPENAI_BASE_URL is right", o.server)
	case x.status < http.StatusBadRequest:
		return never, o.malformed(err, "did not answer with embeddings")
	}
	return o.explainStatus(x, err)
}

func (o *OpenAI) explainStatus(x *exchange, err error) (time.Duration, error) {
	said := o.said(err)
	switch {
	case x.status == http.StatusUnauthorized || x.status == http.StatusForbidden:
		return never, fault("unauthorized", err, "the embedding server at %s refused the key: check OPENAI_API_KEY, or PULLQUOTE_EMBEDDING_API_KEY if that is set", o.server)
	case x.status == http.StatusNotFound && strings.Contains(strings.ToLower(said), "model"):
		return never, fault("invalid", err, "the embedding server at %s has no model %q: set PULLQUOTE_EMBEDDING_MODEL to one that it has", o.server, o.config.Model)
	case x.status == http.StatusNotFound || x.status == http.StatusMethodNotAllowed:
		return never, fault("invalid", err, "there are no embeddings at %s: check OPENAI_BASE_URL, which mostly ends in /v1", o.server)
	case x.status == http.StatusTooManyRequests && spent(err):
		return never, fault("rate_limited", err, "the embedding server at %s has no credit left for this key%s", o.server, said)
	case x.status == http.StatusTooManyRequests:
		return retryAfter(x.header), fault("rate_limited", err, "the embedding server at %s has had too many requests: try again later%s", o.server, said)
	case x.status >= http.StatusInternalServerError || x.status == http.StatusRequestTimeout:
		return retryAfter(x.header), fault("unavailable", err, "the embedding server at %s failed with status %d%s", o.server, x.status, said)
	}
	return never, fault("invalid", err, "the embedding server at %s refused the request with status %d%s", o.server, x.status, said)
}

// malformed is for an answer that arrived and cannot be used.
func (o *OpenAI) malformed(cause error, format string, args ...any) error {
	return fault("unavailable", cause, "the embedding server at %s %s: check that it is OpenAI-compatible and that %q is an embedding model",
		o.server, fmt.Sprintf(format, args...), o.config.Model)
}

// spent reports whether a 429 is for want of money, which no waiting brings.
func spent(err error) bool {
	var api *openai.APIError
	return errors.As(err, &api) && (api.Code == "insufficient_quota" || api.Type == "insufficient_quota")
}

// said is what the server gave as its reason, in one short line after a colon;
// nothing when that is a page for a browser.
func (o *OpenAI) said(err error) string {
	var words string
	var api *openai.APIError
	var plain *openai.RequestError
	switch {
	case errors.As(err, &api):
		words = api.Message
	case errors.As(err, &plain):
		words = string(plain.Body)
	}
	if o.config.APIKey != "" {
		words = strings.ReplaceAll(words, o.config.APIKey, "[key]")
	}
	words = cut(strings.Join(strings.Fields(strings.ToValidUTF8(words, "")), " "), maxSaid)
	if words == "" || words[0] == '<' {
		return ""
	}
	return ": " + words
}

// maxSaid bounds the words of a server in a message, in bytes.
const maxSaid = 200

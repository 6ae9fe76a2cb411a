// Package embeddingstest checks the promises of embeddings.Embedder and SpanEmbedder. Every
// implementation runs it, so that whoever uses one may use another.
package embeddingstest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
)

// Texts are such as a transcript may hold, and such as it should not.
var texts = []string{
	"The harbour will be dredged before the winter, the port director said.",
	"The harbour will be dredged before the winter, the port director said.",
	"Nobody asked the fishermen.",
	"",
	" \n\t",
	"…?!",
	"ok",
	"港の浚渫は冬の前に終わります。",
	"Гавань углубят до зимы.",
	"سيتم تعميق الميناء قبل الشتاء",
	"\xff\xfe not UTF-8 \x00",
	strings.Repeat("a", 100_000),
	strings.Repeat("harbour ", 20_000),
}

// Run checks the embedder.
func Run(t *testing.T, e embeddings.Embedder) {
	t.Run("each text has a unit vector", func(t *testing.T) { unitVectors(t, e) })
	t.Run("vectors are in the order of the texts", func(t *testing.T) { order(t, e) })
	t.Run("no texts have no vectors", func(t *testing.T) { noTexts(t, e) })
	t.Run("a cancelled context leaves nothing", func(t *testing.T) { cancelled(t, e) })
	t.Run("a question is nearest to its answer", func(t *testing.T) { nearest(t, e) })
	t.Run("many goroutines share one embedder", func(t *testing.T) { concurrent(t, e) })
}

func unitVectors(t *testing.T, e embeddings.Embedder) {
	for _, kind := range []embeddings.Kind{embeddings.Document, embeddings.Query} {
		for i, v := range embed(t, e, kind, texts...) {
			if len(v) != e.Model().Dimensions {
				t.Errorf("text %d of kind %d has %d dimensions, the model %d", i, kind, len(v), e.Model().Dimensions)
			}
			// Written so that NaN fails.
			if length := math.Sqrt(dot(v, v)); !(math.Abs(length-1) < 1e-5) {
				t.Errorf("text %d of kind %d has a vector of length %v", i, kind, length)
			}
		}
	}
}

func order(t *testing.T, e embeddings.Embedder) {
	together := embed(t, e, embeddings.Document, texts...)
	for i, text := range texts {
		if alone := embed(t, e, embeddings.Document, text)[0]; dot(alone, together[i]) < 0.9999 {
			t.Errorf("text %d has another vector among others than alone: %.20q", i, text)
		}
	}
}

func noTexts(t *testing.T, e embeddings.Embedder) {
	if vectors := embed(t, e, embeddings.Document); len(vectors) != 0 {
		t.Errorf("%d vectors for no texts", len(vectors))
	}
}

func cancelled(t *testing.T, e embeddings.Embedder) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	vectors, err := e.Embed(ctx, embeddings.Query, texts)
	if vectors != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("got %d vectors and the error %v", len(vectors), err)
	}
}

func nearest(t *testing.T, e embeddings.Embedder) {
	answers := []string{
		"We will dredge the harbour before winter comes.",
		"Her first novel sold eleven copies, all to her aunts.",
		"The committee postponed the vote on school meals.",
	}
	questions := []string{
		"When is the harbour dredged?",
		"How many copies of the novel were sold?",
		"Why was the vote on school meals postponed?",
	}
	documents := embed(t, e, embeddings.Document, answers...)
	for i, q := range embed(t, e, embeddings.Query, questions...) {
		closest := slices.MaxFunc(documents, func(a, b []float32) int {
			return cmp.Compare(dot(q, a), dot(q, b))
		})
		if &closest[0] != &documents[i][0] {
			t.Errorf("%q is not nearest to %q", questions[i], answers[i])
		}
	}
}

func concurrent(t *testing.T, e embeddings.Embedder) {
	want := embed(t, e, embeddings.Document, texts...)
	var wg sync.WaitGroup
	problems := make(chan error, 4)
	for range cap(problems) {
		wg.Go(func() {
			got, err := e.Embed(t.Context(), embeddings.Document, texts)
			if err == nil && !slices.EqualFunc(got, want, func(a, b []float32) bool { return dot(a, b) > 0.9999 }) {
				err = errors.New("other vectors than alone")
			}
			problems <- err
		})
	}
	wg.Wait()
	close(problems)
	for err := range problems {
		if err != nil {
			t.Error(err)
		}
	}
}

func embed(t *testing.T, e embeddings.Embedder, kind embeddings.Kind, texts ...string) [][]float32 {
	t.Helper()
	vectors, err := e.Embed(t.Context(), kind, texts)
	if err == nil && len(vectors) != len(texts) {
		err = fmt.Errorf("%d vectors for %d texts", len(vectors), len(texts))
	}
	if err != nil {
		t.Fatal(err)
	}
	return vectors
}

func dot(a, b []float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

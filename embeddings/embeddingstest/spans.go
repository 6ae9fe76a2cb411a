package embeddingstest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
)

// Apart makes any Embedder a SpanEmbedder: it embeds each part by itself, without the
// light of the text around it, and so in more than one pass.
type Apart struct{ embeddings.Embedder }

// EmbedSpans implements embeddings.SpanEmbedder.
func (a Apart) EmbedSpans(ctx context.Context, kind embeddings.Kind, texts []string, spans [][]embeddings.Span) (whole [][]float32, parts [][][]float32, err error) {
	if spans == nil {
		spans = make([][]embeddings.Span, len(texts))
	}
	if len(spans) != len(texts) {
		return nil, nil, fault.New(fault.Invalid, "there are spans of %d texts for %d texts", len(spans), len(texts))
	}
	if whole, err = a.Embed(ctx, kind, texts); err != nil {
		return nil, nil, err
	}
	parts = make([][][]float32, len(texts))
	for i, text := range texts {
		if parts[i], err = a.Embed(ctx, kind, cutOut(text, spans[i])); err != nil {
			return nil, nil, err
		}
	}
	return whole, parts, nil
}

// cutOut are the spans of a text, and the text itself for those that have nothing of it.
func cutOut(text string, spans []embeddings.Span) []string {
	cut := make([]string, len(spans))
	for i, s := range spans {
		begin := min(max(s.Start, 0), len(text))
		end := min(max(s.End, begin), len(text))
		if cut[i] = text[begin:end]; strings.TrimSpace(cut[i]) == "" {
			cut[i] = text
		}
	}
	return cut
}

// RunSpans checks a SpanEmbedder, and that it is an Embedder.
func RunSpans(t *testing.T, e embeddings.SpanEmbedder) {
	Run(t, e)
	t.Run("each part has a unit vector", func(t *testing.T) { partVectors(t, e) })
	t.Run("a text has the same vector with its parts and without", func(t *testing.T) { wholes(t, e) })
	t.Run("the parts of a text do not depend on each other", func(t *testing.T) { overlapping(t, e) })
	t.Run("a part with nothing in it has the vector of its text", func(t *testing.T) { empty(t, e) })
	t.Run("a question is nearest to the sentence that answers it", func(t *testing.T) { nearestPart(t, e) })
	t.Run("no spans, no parts", func(t *testing.T) { noSpans(t, e) })
	t.Run("spans of other texts are refused", func(t *testing.T) { refused(t, e) })
	t.Run("a cancelled context leaves no parts", func(t *testing.T) { cancelledSpans(t, e) })
}

// halves are two spans of each text.
func halves(texts []string) [][]embeddings.Span {
	spans := make([][]embeddings.Span, len(texts))
	for i, text := range texts {
		middle := len(text) / 2
		spans[i] = []embeddings.Span{{Start: 0, End: middle}, {Start: middle, End: len(text)}}
	}
	return spans
}

func partVectors(t *testing.T, e embeddings.SpanEmbedder) {
	_, parts := embedSpans(t, e, texts, halves(texts))
	for i, vectors := range parts {
		for j, v := range vectors {
			// Written so that NaN fails.
			if length := math.Sqrt(dot(v, v)); len(v) != e.Model().Dimensions || !(math.Abs(length-1) < 1e-5) {
				t.Errorf("part %d of text %d has %d dimensions and the length %v", j, i, len(v), length)
			}
		}
	}
}

func wholes(t *testing.T, e embeddings.SpanEmbedder) {
	whole, _ := embedSpans(t, e, texts, halves(texts))
	for i, v := range embed(t, e, embeddings.Document, texts...) {
		if dot(v, whole[i]) < 0.9999 {
			t.Errorf("text %d has another vector with its parts: %.20q", i, texts[i])
		}
	}
}

// overlapping asks for parts together, in another order than theirs, and one by one.
func overlapping(t *testing.T, e embeddings.SpanEmbedder) {
	text := texts[0]
	spans := []embeddings.Span{{Start: 30, End: len(text)}, {Start: 0, End: 40}, {Start: 4, End: 11}, {Start: 0, End: len(text)}}
	_, together := embedSpans(t, e, []string{text}, [][]embeddings.Span{spans})
	for i, s := range spans {
		_, alone := embedSpans(t, e, []string{text}, [][]embeddings.Span{{s}})
		if dot(alone[0][0], together[0][i]) < 0.9999 {
			t.Errorf("%q has another vector among other parts than alone", text[s.Start:s.End])
		}
	}
}

func empty(t *testing.T, e embeddings.SpanEmbedder) {
	const text = "Nobody asked  the fishermen."
	spans := []embeddings.Span{{Start: 3, End: 3}, {Start: 12, End: 14}, {Start: 100, End: 200}, {Start: len(text), End: len(text)}}
	whole, parts := embedSpans(t, e, []string{text}, [][]embeddings.Span{spans})
	for i, s := range spans {
		if dot(whole[0], parts[0][i]) < 0.9999 {
			t.Errorf("the span from %d to %d has not the vector of the text", s.Start, s.End)
		}
	}
}

func nearestPart(t *testing.T, e embeddings.SpanEmbedder) {
	sentences := []string{
		"We will dredge the harbour before winter comes.",
		"Her first novel sold eleven copies, all to her aunts.",
		"The committee postponed the vote on school meals.",
	}
	text := strings.Join(sentences, " ")
	var spans []embeddings.Span
	for _, s := range sentences {
		at := strings.Index(text, s)
		spans = append(spans, embeddings.Span{Start: at, End: at + len(s)})
	}
	_, parts := embedSpans(t, e, []string{text}, [][]embeddings.Span{spans})
	for i, q := range embed(t, e, embeddings.Query, "When is the harbour dredged?", "How many copies of the novel were sold?", "Why was the vote on school meals postponed?") {
		for j, v := range parts[0] {
			if dot(q, v) > dot(q, parts[0][i]) {
				t.Errorf("question %d is nearer to %q than to %q", i, sentences[j], sentences[i])
			}
		}
	}
}

func noSpans(t *testing.T, e embeddings.SpanEmbedder) {
	for _, spans := range [][][]embeddings.Span{nil, make([][]embeddings.Span, 2)} {
		if _, parts := embedSpans(t, e, texts[:2], spans); len(parts[0])+len(parts[1]) > 0 {
			t.Errorf("there are %d parts of no spans", len(parts[0])+len(parts[1]))
		}
	}
	if whole, _ := embedSpans(t, e, nil, nil); len(whole) > 0 {
		t.Errorf("%d vectors for no texts", len(whole))
	}
}

func refused(t *testing.T, e embeddings.SpanEmbedder) {
	whole, parts, err := e.EmbedSpans(t.Context(), embeddings.Document, texts[:2], make([][]embeddings.Span, 3))
	if whole != nil || parts != nil || fault.CodeOf(err) != fault.Invalid {
		t.Errorf("got %d vectors and the error %v", len(whole), err)
	}
}

func cancelledSpans(t *testing.T, e embeddings.SpanEmbedder) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	whole, parts, err := e.EmbedSpans(ctx, embeddings.Document, texts, halves(texts))
	if whole != nil || parts != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("got %d vectors and the error %v", len(whole), err)
	}
}

func embedSpans(t *testing.T, e embeddings.SpanEmbedder, texts []string, spans [][]embeddings.Span) (whole [][]float32, parts [][][]float32) {
	t.Helper()
	whole, parts, err := e.EmbedSpans(t.Context(), embeddings.Document, texts, spans)
	if err == nil && (len(whole) != len(texts) || len(parts) != len(texts)) {
		err = fmt.Errorf("%d vectors and parts of %d for %d texts", len(whole), len(parts), len(texts))
	}
	for i := range spans {
		if err == nil && len(parts[i]) != len(spans[i]) {
			err = fmt.Errorf("%d parts of %d spans", len(parts[i]), len(spans[i]))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return whole, parts
}

package encoder

import (
	"context"
	"math"
	"slices"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
)

// Embed implements embeddings.Embedder. Texts are read up to 64 KiB; one that is
// longer than the model takes at once is read in parts, whose vectors are averaged.
func (m *Model) Embed(ctx context.Context, kind embeddings.Kind, texts []string) ([][]float32, error) {
	vectors, _, err := m.EmbedSpans(ctx, kind, texts, nil)
	return vectors, err
}

// EmbedSpans embeds texts, and stretches of them as they stand in their text: the
// vector of a stretch is the average of its tokens, each of which has seen the text
// around it ("late pooling", Günther et al., 2024). spans has those of each text, or
// is nil. All vectors have length 1 and one space. A stretch that has no tokens, for
// it is empty or beyond what is read of its text, gets the vector of the whole.
//
// Errors are those of Embed.
func (m *Model) EmbedSpans(ctx context.Context, kind embeddings.Kind, texts []string, spans [][]Span) (whole [][]float32, parts [][][]float32, err error) {
	switch {
	case m.head != nil:
		return nil, nil, fault.New(fault.Invalid, "the model %s compares questions with passages and makes no vectors", m.model.Name)
	case spans == nil:
		spans = make([][]Span, len(texts))
	case len(spans) != len(texts):
		return nil, nil, fault.New(fault.Invalid, "there are spans of %d texts for %d texts", len(spans), len(texts))
	}
	byText := make([][]*window, len(texts))
	if err := each(ctx, len(texts), func(i int) {
		byText[i] = m.windows(i, m.prefix(kind), texts[i], spans[i])
	}); err != nil {
		return nil, nil, err
	}
	if err := m.run(ctx, slices.Concat(byText...), func(w *window, rows []float32) {
		m.collect(w, rows, spans[w.text])
	}); err != nil {
		return nil, nil, err
	}
	whole, parts = make([][]float32, len(texts)), make([][][]float32, len(texts))
	for i, windows := range byText {
		if whole[i], parts[i], err = m.join(windows, len(spans[i])); err != nil {
			return nil, nil, err
		}
	}
	return whole, parts, nil
}

// join makes the vectors of a text and its spans from what its windows gave.
func (m *Model) join(windows []*window, spans int) (whole []float32, parts [][]float32, err error) {
	whole, parts = make([]float32, m.config.Hidden), make([][]float32, spans)
	for _, w := range windows {
		add(whole, w.whole)
		for _, p := range w.parts {
			if parts[p.span] == nil {
				parts[p.span] = p.sum
			} else {
				add(parts[p.span], p.sum)
			}
		}
	}
	if err := m.normalise(whole); err != nil {
		return nil, nil, err
	}
	for i := range parts {
		if parts[i] == nil {
			parts[i] = slices.Clone(whole)
		} else if err := m.normalise(parts[i]); err != nil {
			return nil, nil, err
		}
	}
	return whole, parts, nil
}

// normalise gives the vector length 1. One of length 0, which has no direction,
// becomes the first unit vector.
func (m *Model) normalise(v []float32) error {
	var squares float64
	for _, x := range v {
		squares += float64(x) * float64(x)
	}
	switch {
	case math.IsNaN(squares) || math.IsInf(squares, 0):
		return m.noNumbers()
	case squares == 0:
		v[0] = 1
		return nil
	}
	length := math.Sqrt(squares)
	for i := range v {
		v[i] = float32(float64(v[i]) / length)
	}
	return nil
}

// noNumbers is the error where weights make infinities of a text.
func (m *Model) noNumbers() error {
	return fault.New(fault.Invalid, "the model %s computes no numbers", m.model.Name).
		WithHint("its weights are out of all proportion; replace them")
}

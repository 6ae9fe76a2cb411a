package encoder

import (
	"context"
	"math"

	"github.com/pullquote/pullquote/embeddings/encoder/internal/kernel"
	"github.com/pullquote/pullquote/internal/fault"
)

// Score says how well each passage answers the query, by a cross-encoder, which
// reads both at once (Nogueira and Cho, 2019). Scores are the model's logits: the
// more the better, comparable among passages, not among models. Of a passage that is
// longer than the model takes with the query the beginning is read.
//
// It is all or nothing, as Embed is.
func (m *Model) Score(ctx context.Context, query string, passages []string) ([]float32, error) {
	if m.head == nil {
		return nil, fault.New(fault.Invalid, "the model %s makes vectors and compares no passages", m.model.Name).
			WithHint("choose a cross-encoder, whose architecture ends in ForSequenceClassification")
	}
	query = cut(query, maxText)
	windows := make([]*window, len(passages))
	if err := each(ctx, len(passages), func(i int) {
		tokens := m.tokens.EncodePair(query, cut(passages[i], maxText), m.window)
		windows[i] = &window{text: i, tokens: tokens[:min(len(tokens), m.window)]}
	}); err != nil {
		return nil, err
	}
	scores := make([]float32, len(passages))
	err := m.run(ctx, windows, func(w *window, rows []float32) {
		scores[w.text] = m.head.apply(rows[:m.config.Hidden])
	})
	if err != nil {
		return nil, err
	}
	for _, s := range scores {
		if math.IsNaN(float64(s)) || math.IsInf(float64(s), 0) {
			return nil, m.noNumbers()
		}
	}
	return scores, nil
}

// apply is the score for the vector of a window's first token.
func (h *head) apply(first []float32) float32 {
	width := len(first)
	rows := make([]float32, 3*kernel.RowBlock*width)
	src, mid, dst := rows[:kernel.RowBlock*width], rows[kernel.RowBlock*width:][:kernel.RowBlock*width], rows[2*kernel.RowBlock*width:]
	copy(src, first)
	scratch := kernel.NewQuantised(1, width)
	scratch.Twice = true // a row costs nothing
	h.dense.Apply(mid, src, 1, scratch)
	for i, x := range mid[:width] {
		mid[i] = float32(math.Tanh(float64(x)))
	}
	h.score.Apply(dst, mid, 1, scratch)
	return dst[0]
}

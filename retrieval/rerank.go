package retrieval

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/logistic"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Reranker reads a question together with each text. It may be called concurrently;
// its errors carry a code of internal/fault.
type Reranker interface {
	// Rerank scores how well each text answers the question: scores[i] is that of
	// texts[i], finite, and higher is better. The context bounds the time.
	Rerank(ctx context.Context, question string, texts []string) ([]float64, error)
}

// WithReranker lets a reranker order the best turns anew. When it fails, or takes
// longer than the budget, they stay as they are, and the Result says so.
func WithReranker(r Reranker, budget time.Duration) Option {
	return func(s *Searcher) { s.reranker, s.rerankBudget = r, budget }
}

// DefaultRerankBudget is how long a search waits for a reranker.
const DefaultRerankBudget = 800 * time.Millisecond

// Reranking decides what a reranker reads.
type Reranking struct {
	// Depth is how many turns are ordered anew: 32, as many as any reranker takes at a
	// time.
	Depth int
	// QuestionRunes is how much of the question that a turn answers is read with it, in
	// code points, at most: 300, since rerankers read only so far.
	QuestionRunes int
	// WindowRunes is how much of a turn is read, likewise: 500, some 120 tokens of English,
	// as much as the passages have that rerankers are mostly trained with. With the question
	// and the speaker, two processors read 32 of them in less than 300 ms.
	WindowRunes int
}

// depth is how many turns are read for a limit of hits.
func (s *Searcher) depth(limit int) int {
	if s.reranker == nil {
		return limit
	}
	return max(limit, s.ranking.Reranking.Depth)
}

// rerank orders the best hits anew and cuts them to the limit. The scores stay where they
// are, so that they still fall from rank to rank: a reranker's are on another scale.
// degraded says in words what went wrong.
func (s *Searcher) rerank(ctx context.Context, q Query, hits []Hit, terms []Term) (best []Hit, degraded string) {
	if s.reranker != nil && len(hits) > 1 {
		head := hits[:min(len(hits), s.ranking.Reranking.Depth)]
		if err := s.reorder(ctx, q.Text, head, terms); err != nil {
			degraded = "the reranker failed (" + fault.MessageOf(err) + "), so the turns are in the search's own order"
			if !errors.Is(err, context.Canceled) {
				s.log.Warn("search goes on without the reranker", fault.Attr(err))
			}
		}
	}
	return hits[:min(len(hits), q.Limit)], degraded
}

// reorder orders the hits by their scores with the reranker.
func (s *Searcher) reorder(ctx context.Context, question string, hits []Hit, terms []Term) error {
	if l, ok := s.reranker.(loader); ok {
		if err := loaded(ctx, l); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, s.rerankBudget)
	defer cancel()
	texts := make([]string, len(hits))
	for i, h := range hits {
		texts[i] = s.ranking.Reranking.text(h, terms)
	}
	scores, err := s.reranker.Rerank(ctx, question, texts)
	if err != nil {
		return err
	}
	order := make([]int, len(hits))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	before := slices.Clone(hits)
	for rank, i := range order {
		hits[rank] = before[i]
		hits[rank].Score = before[rank].Score
		hits[rank].Evidence.RerankScore = &scores[i]
	}
	return nil
}

// text is what a reranker reads of a turn: the speaker, the question that it answers and
// the window of the turn with most evidence.
func (r Reranking) text(h Hit, terms []Term) string {
	var b strings.Builder
	if h.Speaker != "" {
		b.WriteString(string(h.Speaker) + "\n")
	}
	if h.Question != nil {
		b.WriteString(firstRunes(h.Question.Text, r.QuestionRunes) + "\n")
	}
	b.WriteString(firstRunes(r.window(h, terms), r.WindowRunes))
	return b.String()
}

// window is the run of sentences, of up to WindowRunes, with most evidence: that of its
// sentences where they have been weighed, else the weight of its terms. Of equals it is
// the first.
func (r Reranking) window(h Hit, terms []Term) string {
	turn := Divide(model.Turn{Text: h.Text, Start: h.Start, End: h.End})
	best, most := h.Text, -1.0
	for i, first := range turn.parts {
		run := first
		for _, next := range turn.parts[i+1:] {
			if next.End-run.Start > r.WindowRunes {
				break
			}
			run.End = next.End
		}
		text := turn.text(run)
		if weight := h.weightOf(run, text, terms); weight > most {
			best, most = text, weight
		}
	}
	return best
}

// weightOf is the evidence of a run of sentences, or the weight of its terms.
func (h Hit) weightOf(run sentence.Span, text string, terms []Term) (weight float64) {
	if len(h.Evidence.Sentences) > 0 {
		for _, s := range h.Evidence.Sentences {
			if s.Start >= run.Start && s.End <= run.End {
				weight += logistic.Probability(s.LogOdds)
			}
		}
		return weight
	}
	has := lexicon.Set(Words(text))
	for _, t := range terms {
		weight += t.Weight * t.Met(has)
	}
	return weight
}

// firstRunes are the first n code points of a text.
func firstRunes(text string, n int) string {
	for i := range text {
		if n--; n < 0 {
			return text[:i]
		}
	}
	return text
}

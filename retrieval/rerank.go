package retrieval

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/model"
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
	}
	return nil
}

// text is what a reranker reads of a turn: the speaker, the question that it
// answers and, as rerankers read only so far, the part of it that has most of the
// terms.
func (r Reranking) text(h Hit, terms []Term) string {
	var b strings.Builder
	if h.Speaker != "" {
		b.WriteString(string(h.Speaker) + "\n")
	}
	if h.Question != nil {
		question := []rune(h.Question.Text)
		b.WriteString(string(question[:min(len(question), r.QuestionRunes)]) + "\n")
	}
	b.WriteString(h.bestRun(terms))
	return b.String()
}

// bestRun is the run of sentences, as long as a passage, with the greatest weight of
// terms; the first of equals.
func (h Hit) bestRun(terms []Term) string {
	turn := Divide(model.Turn{Text: h.Text, End: utf8.RuneCountInString(h.Text)})
	var best string
	most := -1.0
	for _, run := range turn.runs() {
		text := turn.text(run)
		has := lexicon.Set(Words(text))
		var weight float64
		for _, t := range terms {
			weight += t.Weight * t.Met(has)
		}
		if weight > most {
			best, most = text, weight
		}
	}
	return best
}

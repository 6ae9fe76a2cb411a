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
	"github.com/pullquote/pullquote/internal/observe"
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
				s.log.WarnContext(ctx, "search goes on without the reranker", fault.Attr(err))
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
	ctx, end := observe.Start(ctx, observe.Reranking)
	defer end()
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

// window is the run of sentences, of up to WindowRunes, with most evidence; the first of
// equals.
func (r Reranking) window(h Hit, terms []Term) string {
	turn := Divide(model.Turn{Text: h.Text, Start: h.Start, End: h.End})
	weights, join := h.sentenceWeights(turn, terms)
	best, most := sentence.Span{Start: h.Start, End: h.End}, -1.0
	for i, run := range turn.parts {
		joined := slices.Clone(weights[i])
		for j := i + 1; j < len(turn.parts) && turn.parts[j].End-run.Start <= r.WindowRunes; j++ {
			run.End = turn.parts[j].End
			for k, w := range weights[j] {
				joined[k] = join(joined[k], w)
			}
		}
		var weight float64
		for _, w := range joined {
			weight += w
		}
		if weight > most {
			best, most = run, weight
		}
	}
	return turn.text(best)
}

// sentenceWeights is what speaks for each sentence of a turn, and how that of two
// sentences joins: the probability that it answers, where sentences have been weighed,
// which adds up; else the weight of each term in it, which counts once.
func (h Hit) sentenceWeights(turn DividedTurn, terms []Term) (weights [][]float64, join func(a, b float64) float64) {
	weights = make([][]float64, len(turn.parts))
	if len(h.Evidence.Sentences) > 0 {
		answers := map[int]float64{}
		for _, s := range h.Evidence.Sentences {
			answers[s.Start] = logistic.Probability(s.LogOdds)
		}
		for i, part := range turn.parts {
			weights[i] = []float64{answers[part.Start]}
		}
		return weights, func(a, b float64) float64 { return a + b }
	}
	for i, part := range turn.parts {
		has := lexicon.Set(Words(turn.text(part)))
		for _, t := range terms {
			weights[i] = append(weights[i], t.Weight*t.Met(has))
		}
	}
	return weights, func(a, b float64) float64 { return max(a, b) }
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

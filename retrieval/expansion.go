package retrieval

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// Expander writes a hypothetical answer to a question: a sentence or two, whose words a
// record may have that the question has not (as HyDE does; Gao et al., 2022, "Precise
// Zero-Shot Dense Retrieval without Relevance Labels"). It may be called concurrently.
type Expander interface {
	Expand(ctx context.Context, question string) (hypothetical string, err error)
}

// WithExpander expands queries: a search looks for the words of a hypothetical answer,
// too. They weigh little, count for nothing as evidence, and are done without when they
// do not come within the budget.
func WithExpander(e Expander, budget time.Duration) Option {
	return func(s *Searcher) { s.expander, s.expandBudget = e, budget }
}

// DefaultExpandBudget is how long a search waits for a hypothetical answer.
const DefaultExpandBudget = 2 * time.Second

// QueryExpansion decides what the words of a hypothetical answer count.
type QueryExpansion struct {
	// Terms is how many of its words are looked for, at most: 24.
	Terms int
	// Weight is that of each, against a word of the question: 0.2, since it is a guess.
	Weight float64
}

// expand are the terms of a hypothetical answer that are not of the question; none
// without an Expander, or when it fails.
func (s *Searcher) expand(ctx context.Context, q Query, asked []Term) (terms []Term, lexemes []Lexeme) {
	if s.expander == nil {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, s.expandBudget)
	defer cancel()
	answer, err := s.expander.Expand(ctx, q.Text)
	if err != nil {
		if !errors.Is(err, context.Canceled) {
			s.log.WarnContext(ctx, "search goes on without query expansion", fault.Attr(err))
		}
		return nil, nil
	}
	known := func(w string) bool {
		return slices.ContainsFunc(asked, func(t Term) bool { return t.Word == w })
	}
	words := slices.DeleteFunc(topicWords(answer), known)
	for _, w := range words[:min(len(words), s.ranking.Expansion.Terms)] {
		terms = append(terms, Term{Word: w, Any: []string{w}, Weight: s.ranking.Expansion.Weight})
		lexemes = append(lexemes, NewLexeme(w))
	}
	return terms, lexemes
}

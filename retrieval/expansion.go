package retrieval

import (
	"context"
	"errors"
	"slices"
	"time"
)

// Expander supposes what an answer to a question may say: a sentence or two, whose
// words a record may have that the question has not. It may be called concurrently.
type Expander interface {
	Expand(ctx context.Context, question string) (supposed string, err error)
}

// WithExpander lets a search look for words of a supposed answer, too. They weigh
// little, count for nothing as evidence, and are done without when they do not come
// within the budget.
func WithExpander(e Expander, budget time.Duration) Option {
	return func(s *Searcher) { s.expander, s.expandBudget = e, budget }
}

const (
	// DefaultExpandBudget is how long a search waits for a supposed answer.
	DefaultExpandBudget = 2 * time.Second
	// expansionWeight is what a word of it counts against one of the question.
	expansionWeight = 0.2
	// maxExpansion words are looked for.
	maxExpansion = 24
)

// supposed are the terms of a supposed answer that are not of the question; none
// without an Expander, or when it fails.
func (s *Searcher) supposed(ctx context.Context, q Query, asked []Term) (terms []Term, lexemes []Lexeme) {
	if s.expander == nil {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, s.expandBudget)
	defer cancel()
	answer, err := s.expander.Expand(ctx, q.Text)
	if err != nil {
		if !errors.Is(err, context.Canceled) {
			s.log.Warn("search goes on without a supposed answer", "error", err)
		}
		return nil, nil
	}
	known := func(w string) bool {
		return slices.ContainsFunc(asked, func(t Term) bool { return t.Word == w })
	}
	words := slices.DeleteFunc(topicWords(answer), known)
	for _, w := range words[:min(len(words), maxExpansion)] {
		terms = append(terms, Term{Word: w, Any: []string{w}, Weight: expansionWeight})
		lexemes = append(lexemes, NewLexeme(w))
	}
	return terms, lexemes
}

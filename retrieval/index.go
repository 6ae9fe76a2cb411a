package retrieval

import (
	"context"

	"github.com/pullquote/pullquote/embeddings"
)

// Index is what a Searcher needs of the store. Its methods may be called
// concurrently; their errors carry a code of internal/fault.
type Index interface {
	// Scope resolves a filter and counts, in one trip, how many passages of the
	// collection have each lexeme. A collection that does not exist is an empty
	// scope; a transcript that is not in the collection is "not_found".
	Scope(ctx context.Context, filter Filter, lexemes []Lexeme) (Scope, error)
	// Lexical finds the passages in scope with the highest sum of term weights,
	// best first.
	Lexical(ctx context.Context, scope Scope, terms []WeightedLexeme, limit int) ([]Candidate, error)
	// Semantic finds the passages in scope nearest to the query by cosine, best first.
	Semantic(ctx context.Context, scope Scope, query Vector, limit int) ([]Candidate, error)
	// Hits reads turns with the questions that they answer, in the order of keys.
	Hits(ctx context.Context, scope Scope, keys []TurnKey) ([]Hit, error)
}

// Scope is a filter that the store has resolved.
type Scope struct {
	Filter       Filter
	CollectionID string   // empty: there is no such collection, and nothing to find
	Speakers     []string // the names that Filter.Speaker stands for; nil without that filter
	Passages     int      // in the whole collection
	Frequencies  map[Lexeme]int
}

// Empty reports whether nothing can be found in the scope.
func (s Scope) Empty() bool {
	return s.CollectionID == "" || s.Passages == 0 || (s.Filter.Speaker != "" && len(s.Speakers) == 0)
}

// WeightedLexeme is a query term: Weight multiplies the passage's own weight of
// the lexeme, and Passages have it.
type WeightedLexeme struct {
	Lexeme   Lexeme
	Weight   float32
	Passages int
}

// Vector is an embedded query.
type Vector struct {
	Model  embeddings.Model
	Values []float32
}

// TurnKey names a turn.
type TurnKey struct {
	TranscriptID string
	Turn         int
}

// Candidate is a passage that one half of the search found.
type Candidate struct {
	TurnKey
	Passage int
	Score   float64 // higher is better; comparable within one list only
}

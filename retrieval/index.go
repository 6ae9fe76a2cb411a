package retrieval

import (
	"cmp"
	"context"
	"slices"

	"github.com/pullquote/pullquote/embeddings"
)

// Index is what a Searcher needs of the store. Its methods may be called
// concurrently; their errors carry a code of internal/fault.
type Index interface {
	// Scope resolves a filter and counts, in one trip, how many passages of the
	// collection have each lexeme. A collection that does not exist is an empty
	// scope; a transcript, or the id of a speaker, that is not in the collection is
	// "not_found".
	Scope(ctx context.Context, filter Filter, lexemes []Lexeme) (Scope, error)
	// Lexical finds the passages in scope with the highest sum of term weights,
	// best first; with the weights apart, in the order of the record.
	Lexical(ctx context.Context, scope Scope, q LexicalQuery) ([]Candidate, error)
	// Semantic finds the passages in scope nearest to the query by cosine, best first.
	// The query is a vector of the scope's model.
	Semantic(ctx context.Context, scope Scope, query Vector, limit int) ([]Candidate, error)
	// Hits reads turns with the questions that they answer, in the order of keys.
	Hits(ctx context.Context, scope Scope, keys []TurnKey) ([]Hit, error)
}

// Scope is a filter that the store has resolved.
type Scope struct {
	Filter       Filter
	CollectionID string // empty: there is no such collection, and nothing to find
	Passages     int    // in the whole collection
	Narrow       bool   // the filter leaves so few of them that all can be read
	Frequencies  map[Lexeme]int
	// Speakers are the names that Filter.Speaker stands for, nil without that
	// filter. Exceptions are where it is the other way round: a name of Speakers
	// that is another's in this transcript, or another name that is theirs in it.
	Speakers   []string
	Exceptions []Appearance
	Model      embeddings.Model // whose vectors are searched; zero: there are none
	ModelID    int16            // the store's name for it
}

// Empty reports whether nothing can be found in the scope.
func (s Scope) Empty() bool {
	return s.CollectionID == "" || s.Passages == 0 || (s.Filter.Speaker != "" && len(s.Speakers)+len(s.Exceptions) == 0)
}

// Speaks reports whether a name in a transcript is one that Filter.Speaker
// stands for.
func (s Scope) Speaks(a Appearance) bool {
	return slices.Contains(s.Speakers, a.Name) != slices.Contains(s.Exceptions, a)
}

// WeightedLexeme is a query term: Weight multiplies the passage's own weight of
// the lexeme, and Passages have it.
type WeightedLexeme struct {
	Lexeme   Lexeme
	Weight   float32
	Around   float32 // its weight in the context of a passage
	Rarity   float32 // its weight in the place that a passage stands in
	Passages int
	Speaker  bool   // it is a word of speakers' names
	Said     Lexeme // the same word where it is said, if the question has that too; else 0
	Near     Lexeme // the term that it is near to and evidence of; 0 for a term of its own
}

// indexOf is where a lexeme stands among terms; -1 if it does not.
func indexOf(terms []WeightedLexeme, lexeme Lexeme) int {
	return slices.IndexFunc(terms, func(t WeightedLexeme) bool { return t.Lexeme == lexeme })
}

// LexicalQuery asks for the passages that rank best for Terms. Only those that
// have a lexeme of Among are read: reading every passage of a common word is
// what makes full-text ranking slow, and a common word says little.
type LexicalQuery struct {
	Terms []WeightedLexeme
	Among []Lexeme
	Limit int
	Apart bool // whether to tell what each term weighs in each passage
}

// among are the lexemes whose passages are read: those of the terms first, and few of
// what is near to them.
func among(terms []WeightedLexeme, scope Scope) []Lexeme {
	if scope.Narrow {
		return Rarest(terms, 0, len(terms))
	}
	var own, near []WeightedLexeme
	for _, t := range terms {
		if t.Near == 0 {
			own = append(own, t)
		} else {
			near = append(near, t)
		}
	}
	return append(Rarest(own, passagesRead, 1), Rarest(near, nearPassagesRead, 0)...)
}

// Rarest are the lexemes whose passages are worth reading: from the rarest
// upwards while they have no more than passages together, and never fewer than
// least.
func Rarest(terms []WeightedLexeme, passages, least int) []Lexeme {
	byFrequency := slices.SortedFunc(slices.Values(terms), func(a, b WeightedLexeme) int {
		return cmp.Or(cmp.Compare(a.Passages, b.Passages), cmp.Compare(a.Lexeme, b.Lexeme))
	})
	var lexemes []Lexeme
	total := 0
	for _, t := range byFrequency {
		if total += t.Passages; total > passages && len(lexemes) >= least {
			break
		}
		lexemes = append(lexemes, t.Lexeme)
	}
	return lexemes
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
	Passage    int
	Start, End int       // of the passage, in code points of the canonical text
	Score      float64   // higher is better; comparable within one list only
	Weights    []float32 // the passage's own, of the query's terms in their order; where they were asked for apart
}

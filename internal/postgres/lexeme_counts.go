package postgres

import (
	"maps"
	"slices"
	"sync"

	"github.com/pullquote/pullquote/retrieval"
)

// newWeighers makes a pool of Weighers. A Weigher remembers the lexemes of the words that it
// has met, which the next passages use again, and is forgotten when no more come for a while.
func newWeighers() *sync.Pool {
	return &sync.Pool{New: func() any { return new(retrieval.Weigher) }}
}

// counts has in how many passages each lexeme occurs.
type counts map[retrieval.Lexeme]int32

// add counts a passage.
func (c counts) add(weights []retrieval.LexemeWeight) {
	for _, w := range weights {
		c[w.Lexeme]++
	}
}

func (c counts) merge(others counts) {
	for lexeme, n := range others {
		c[lexeme] += n
	}
}

// sorted are the lexemes in ascending order, and their counts.
func (c counts) sorted() (lexemes []retrieval.Lexeme, passages []int32) {
	lexemes = slices.Sorted(maps.Keys(c))
	passages = make([]int32, len(lexemes))
	for i, lexeme := range lexemes {
		passages[i] = c[lexeme]
	}
	return lexemes, passages
}

package postgres

import (
	"maps"
	"slices"

	"github.com/pullquote/pullquote/retrieval"
)

// weighers is a pool of Weighers. A Weigher remembers the lexemes of the words that it
// has met, which the next passages use again.
type weighers chan *retrieval.Weigher

// newWeighers makes a pool for two chunks, the one that is written and the next.
func newWeighers() weighers { return make(weighers, 2) }

func (w weighers) take() *retrieval.Weigher {
	select {
	case weigher := <-w:
		return weigher
	default:
		return new(retrieval.Weigher)
	}
}

func (w weighers) give(weigher *retrieval.Weigher) {
	select {
	case w <- weigher:
	default: // the pool is full
	}
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

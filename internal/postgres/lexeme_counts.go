package postgres

import (
	"maps"
	"slices"

	"github.com/pullquote/pullquote/retrieval"
)

// weighers are lent to who reads words next: what one has learned from some
// passages helps with others.
type weighers chan *retrieval.Weigher

// newWeighers has room for those of two chunks, the one that is written and the next.
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
	default: // there are enough
	}
}

// counts is in how many passages each lexeme is.
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

// sorted are the lexemes upwards, and their counts.
func (c counts) sorted() (lexemes []retrieval.Lexeme, passages []int32) {
	lexemes = slices.Sorted(maps.Keys(c))
	passages = make([]int32, len(lexemes))
	for i, lexeme := range lexemes {
		passages[i] = c[lexeme]
	}
	return lexemes, passages
}

package postgres

import (
	"context"
	"maps"
	"slices"

	"github.com/pullquote/pullquote/retrieval"
)

// lexicalRow is what the lexical index has of a passage.
type lexicalRow struct {
	lexemes []int32
	weights passageWeights
}

// rowsAhead is how many rows are made before they are wanted.
const rowsAhead = 1024

// weighers are lent to who reads words next: what one has learned from some
// passages helps with others.
type weighers chan *retrieval.Weigher

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

// rows makes the rows of passages while others are written: reading words takes
// about as long as writing them. It ends with the context.
func (w weighers) rows(ctx context.Context, passages []retrieval.Passage) <-chan lexicalRow {
	rows := make(chan lexicalRow, rowsAhead)
	go func() {
		defer close(rows)
		weigher := w.take()
		defer w.give(weigher)
		for weights := range weigher.Weigh(passages) {
			select {
			case rows <- newLexicalRow(weights):
			case <-ctx.Done():
				return
			}
		}
	}()
	return rows
}

func newLexicalRow(weights []retrieval.LexemeWeight) lexicalRow {
	lexemes := make([]int32, len(weights))
	for i, w := range weights {
		lexemes[i] = int32(w.Lexeme)
	}
	return lexicalRow{lexemes, weights}
}

// counts is in how many passages each lexeme is.
type counts map[int32]int32

func (c counts) add(lexemes []int32) {
	for _, lexeme := range lexemes {
		c[lexeme]++
	}
}

func (c counts) merge(others counts) {
	for lexeme, n := range others {
		c[lexeme] += n
	}
}

// sorted are the lexemes upwards, and their counts.
func (c counts) sorted() (lexemes, passages []int32) {
	lexemes = slices.Sorted(maps.Keys(c))
	passages = make([]int32, len(lexemes))
	for i, lexeme := range lexemes {
		passages[i] = c[lexeme]
	}
	return lexemes, passages
}

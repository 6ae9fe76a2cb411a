package retrieval

import (
	"iter"
	"strings"
)

// Weigher weighs the lexemes of passages. It is several times faster than one by
// one: most words of a record have occurred in it before. It is not safe for
// concurrent use.
type Weigher struct{ known map[string][]Lexeme } // of tokens

// mostKnown tokens are remembered at the most, some megabytes of them.
const mostKnown = 50_000

// Weigh gives the LexemeWeights of each passage, in order.
func (w *Weigher) Weigh(passages []Passage) iter.Seq[[]LexemeWeight] {
	return func(yield func([]LexemeWeight) bool) {
		for _, p := range passages {
			if !yield(p.weigh(w.lexemes)) {
				return
			}
		}
	}
}

// lexemes are those of the words of a text.
func (w *Weigher) lexemes(text string) []Lexeme {
	if w.known == nil || len(w.known) >= mostKnown {
		w.known = map[string][]Lexeme{}
	}
	var lexemes []Lexeme
	for _, token := range tokens(text) {
		known, ok := w.known[token]
		if !ok {
			known = lexemesOf(appendWords(nil, token))
			w.known[strings.Clone(token)] = known
		}
		lexemes = append(lexemes, known...)
	}
	return lexemes
}

func lexemesOf(words []string) []Lexeme {
	lexemes := make([]Lexeme, len(words))
	for i, w := range words {
		lexemes[i] = NewLexeme(w)
	}
	return lexemes
}

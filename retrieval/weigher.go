package retrieval

import (
	"slices"
	"strings"
)

// Weigher computes the LexemeWeights of many passages. It remembers the lexemes of the
// tokens that it has met, which makes it several times faster: most words of a record have
// occurred in it before. It is not safe for concurrent use.
type Weigher struct {
	known       map[string][]Lexeme // the lexemes of tokens
	occurrences []occurrence        // of the passage that is weighed
	weights     []LexemeWeight
}

// mostKnown is how many tokens are remembered at the most: some megabytes.
const mostKnown = 100_000

// occurrence is a lexeme in a field: the lexeme, then the field, so that sorting
// brings together what is counted together.
type occurrence uint64

func newOccurrence(l Lexeme, f field) occurrence { return occurrence(l)<<8 | occurrence(f) }

func (o occurrence) lexeme() Lexeme { return Lexeme(o >> 8) }
func (o occurrence) field() field   { return field(o & 0xff) }

// Weigh gives the LexemeWeights of a passage; they are good until the next call.
func (w *Weigher) Weigh(p Passage) []LexemeWeight {
	w.occurrences = w.occurrences[:0]
	w.read(p.Text, fieldText)
	length := len(w.occurrences)
	w.read(p.Question, fieldQuestion)
	w.read(p.Title, fieldTitle)
	for _, name := range speakerWords(p.Speaker) {
		w.occurrences = append(w.occurrences, newOccurrence(NewNameLexeme(name), fieldName))
	}
	slices.Sort(w.occurrences)
	w.weights = w.weights[:0]
	for rest := w.occurrences; len(rest) > 0; {
		lexeme, frequency := rest[0].lexeme(), 0.0
		for len(rest) > 0 && rest[0].lexeme() == lexeme {
			frequency += fieldWeights[rest[0].field()]
			rest = rest[1:]
		}
		w.weights = append(w.weights, LexemeWeight{lexeme, termWeight(frequency, length)})
	}
	return w.weights
}

// read adds the lexemes of the words of a field.
func (w *Weigher) read(text string, f field) {
	if w.known == nil || len(w.known) >= mostKnown {
		w.known = map[string][]Lexeme{}
	}
	for _, token := range tokens(text) {
		known, ok := w.known[token]
		if !ok {
			known = lexemesOf(appendWords(nil, token))
			w.known[strings.Clone(token)] = known
		}
		for _, lexeme := range known {
			w.occurrences = append(w.occurrences, newOccurrence(lexeme, f))
		}
	}
}

func lexemesOf(words []string) []Lexeme {
	lexemes := make([]Lexeme, len(words))
	for i, w := range words {
		lexemes[i] = NewLexeme(w)
	}
	return lexemes
}

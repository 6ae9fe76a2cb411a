package answer

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// wordSet is a set of words.
type wordSet map[string]bool

// wordsOf are the normalised words of a text that carry meaning.
func wordsOf(text string) wordSet { return lexicon.Set(retrieval.Words(text)) }

// shared counts the words that two sets have in common.
func (s wordSet) shared(other wordSet) int {
	n := 0
	for w := range s {
		if other[w] {
			n++
		}
	}
	return n
}

func (s wordSet) hasAll(wanted wordSet) bool { return s.shared(wanted) == len(wanted) }

// isNameRune reports whether a character may stand in a person's name.
func isNameRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || strings.ContainsRune("'’-", r)
}

// join joins the parts that are there.
func join(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}

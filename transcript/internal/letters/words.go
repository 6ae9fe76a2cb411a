package letters

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// WordCount counts the words of a text. Callers compare the count with limit, so a
// text much longer than that is not read to its end: the count may stop beyond limit.
func WordCount(text string, limit int) int {
	n := 0
	for range strings.FieldsSeq(Head(text, longWord*limit)) {
		if n++; n > limit {
			break
		}
	}
	return n
}

const longWord = 16 // bytes, the blank behind it included: hardly a text's words are longer on average

// LowerWords lists the words of a text in small letters, without punctuation, with
// typewriter apostrophes.
func LowerWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(lexicon.PlainMarks(s)), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
}

// HasWord reports whether any of the words is in a set.
func HasWord(words []string, set map[string]bool) bool {
	for _, w := range words {
		if set[w] {
			return true
		}
	}
	return false
}

// All reports whether all words are in a set.
func All(words []string, set map[string]bool) bool {
	for _, w := range words {
		if !set[w] {
			return false
		}
	}
	return true
}

// ContainsAny reports whether any of the phrases stands in a text.
func ContainsAny(s string, phrases ...string) bool {
	for _, phrase := range phrases {
		if strings.Contains(s, phrase) {
			return true
		}
	}
	return false
}

// ContainsWord reports whether the words of part stand side by side in whole; case,
// accents and typographic marks do not count.
func ContainsWord(whole, part string) bool {
	return strings.Contains(" "+lexicon.Fold(whole)+" ", " "+lexicon.Fold(part)+" ")
}

package letters

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// WordCount counts the words of a text, but not far beyond limit.
func WordCount(text string, limit int) int {
	return len(strings.Fields(Head(text, 16*limit)))
}

// LowerWords are the words of a text in small letters, with typewriter apostrophes.
func LowerWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(lexicon.PlainMarks(s)), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
}

// HasWord reports whether one of the words is of a set.
func HasWord(words []string, set map[string]bool) bool {
	for _, w := range words {
		if set[w] {
			return true
		}
	}
	return false
}

// All reports whether all words are of a set.
func All(words []string, set map[string]bool) bool {
	for _, w := range words {
		if !set[w] {
			return false
		}
	}
	return true
}

// ContainsAny reports whether a text has one of the phrases.
func ContainsAny(s string, phrases ...string) bool {
	for _, phrase := range phrases {
		if strings.Contains(s, phrase) {
			return true
		}
	}
	return false
}

// ContainsWord reports whether part stands in whole, as words.
func ContainsWord(whole, part string) bool {
	return strings.Contains(" "+lexicon.Fold(whole)+" ", " "+lexicon.Fold(part)+" ")
}

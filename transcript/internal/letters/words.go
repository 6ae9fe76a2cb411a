package letters

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// ContainsWord reports whether part stands in whole, as words.
func ContainsWord(whole, part string) bool {
	return strings.Contains(" "+lexicon.Fold(whole)+" ", " "+lexicon.Fold(part)+" ")
}

// WordCount counts the words of a text, but not far beyond limit.
func WordCount(text string, limit int) int {
	return len(strings.Fields(Head(text, 16*limit)))
}

func ContainsAny(s string, phrases ...string) bool {
	for _, phrase := range phrases {
		if strings.Contains(s, phrase) {
			return true
		}
	}
	return false
}

func FirstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func All(words []string, set map[string]bool) bool {
	for _, w := range words {
		if !set[w] {
			return false
		}
	}
	return true
}

func LowerWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(lexicon.PlainMarks(s)), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
}

func HasWord(words []string, set map[string]bool) bool {
	for _, w := range words {
		if set[w] {
			return true
		}
	}
	return false
}

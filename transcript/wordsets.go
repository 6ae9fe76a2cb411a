package transcript

import (
	"strings"
	"unicode"
)

// containsWord reports whether part stands in whole, as words.
func containsWord(whole, part string) bool {
	return strings.Contains(" "+fold(whole)+" ", " "+fold(part)+" ")
}

func withoutPossessive(s string) string {
	if isPossessive(s) {
		return strings.TrimSuffix(s[:len(s)-1], "'")
	}
	return s
}

// wordCount counts the words of a text, but not far beyond limit.
func wordCount(text string, limit int) int {
	return len(strings.Fields(head(text, 16*limit)))
}

func containsAny(s string, phrases ...string) bool {
	for _, phrase := range phrases {
		if strings.Contains(s, phrase) {
			return true
		}
	}
	return false
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

func isPossessive(word string) bool {
	return strings.HasSuffix(word, "'s") || strings.HasSuffix(word, "’s") || strings.HasSuffix(word, "'S") || strings.HasSuffix(word, "’S")
}

func all(words []string, set map[string]bool) bool {
	for _, w := range words {
		if !set[w] {
			return false
		}
	}
	return true
}

func lowerWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(plainMarks(s)), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
}

func hasWord(words []string, set map[string]bool) bool {
	for _, w := range words {
		if set[w] {
			return true
		}
	}
	return false
}

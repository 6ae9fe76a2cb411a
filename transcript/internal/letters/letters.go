// Package letters is what can be told of text by its characters alone: case,
// punctuation, white space, the words at its ends. It is the lowest floor of the
// parser; nothing here knows of people, labels or lines.
package letters

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
)

func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

func StartsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// IsAllCaps reports whether a word of several letters has capitals alone: an
// acronym, or a name that is printed so.
func IsAllCaps(word string) bool {
	return strings.ToUpper(word) == word && strings.ToLower(word) != word && !lexicon.IsInitial(word)
}

// MixedCaps recognises McCALL: capitals but for a patronymic.
func MixedCaps(word string) bool {
	for _, prefix := range []string{"Mc", "Mac", "De", "Le", "Van", "La", "Di"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok && len(rest) > 1 && IsAllCaps(rest) {
			return true
		}
	}
	return false
}

func IsRoman(word string) bool {
	return len(word) > 1 && strings.Trim(word, "IVX") == ""
}

func IsInitialWord(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsUpper(r)
}

// Package letters says what the characters of a text alone can tell: case,
// punctuation, white space, the words at its ends. It is the lowest floor of the
// parser; nothing here knows of people, labels or lines.
package letters

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// IsDigit reports whether a byte is one of 0 to 9.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// StartsLower reports whether a text begins with a small letter.
func StartsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// IsAllCaps reports whether all letters of a word, initials apart, are capitals, as in
// an acronym and in a name that is printed in capitals: NATO, ROE.
func IsAllCaps(word string) bool {
	return strings.ToUpper(word) == word && strings.ToLower(word) != word && !lexicon.IsInitial(word)
}

// MixedCaps reports whether a name is printed in capitals but for the small letters
// of its prefix: McCALL, DeROE.
func MixedCaps(word string) bool {
	for _, prefix := range []string{"Mc", "Mac", "De", "Le", "Van", "La", "Di"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok && len(rest) > 1 && IsAllCaps(rest) {
			return true
		}
	}
	return false
}

// IsRoman reports whether a word is a Roman numeral of several letters, as they count people
// of one name: II, XIV. A single I or V may be a pronoun or an initial.
func IsRoman(word string) bool {
	return len(word) > 1 && strings.Trim(word, "IVX") == ""
}

// IsInitialWord reports whether a word is a single capital, without a full stop.
func IsInitialWord(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsUpper(r)
}

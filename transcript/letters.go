package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isInitial(word string) bool {
	return utf8.RuneCountInString(strings.TrimSuffix(word, ".")) == 1
}

// isAllCaps reports whether a word of several letters has capitals alone: an
// acronym, or a name that is printed so.
func isAllCaps(word string) bool {
	return strings.ToUpper(word) == word && strings.ToLower(word) != word && !isInitial(word)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mixedCaps recognises McCALL: capitals but for a patronymic.
func mixedCaps(word string) bool {
	for _, prefix := range []string{"Mc", "Mac", "De", "Le", "Van", "La", "Di"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok && len(rest) > 1 && isAllCaps(rest) {
			return true
		}
	}
	return false
}

func isRoman(word string) bool {
	return len(word) > 1 && strings.Trim(word, "IVX") == ""
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func isInitialWord(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsUpper(r)
}

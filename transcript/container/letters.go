package container

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func isLatin(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

package text

import (
	"unicode"
	"unicode/utf8"
)

// IsLatin reports whether a byte is a letter of ASCII.
func IsLatin(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// StartsUpper reports whether a text begins with a capital letter.
func StartsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsLatin reports whether a byte is a letter of ASCII.
func IsLatin(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// IsDigit reports whether a byte is a digit of ASCII.
func IsDigit(b byte) bool { return '0' <= b && b <= '9' }

// IsNumber reports whether a text is digits of ASCII alone.
func IsNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// StartsUpper reports whether a text begins with a capital letter.
func StartsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

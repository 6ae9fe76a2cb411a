package tokenizer

import (
	"unicode"

	"golang.org/x/text/unicode/rangetable"
)

// The classes of characters that cut words are those of Unicode 8, which the
// reference implementation knows: to it a mark that came later is no mark, and a
// word that holds one is unknown. Four characters have changed their class since.

// known are the characters that Unicode 8 assigned.
var known = rangetable.Assigned("8.0.0")

// isControl reports what BERT's cleaning drops besides U+0000 and U+FFFD: control
// and format characters, and those of private use.
func isControl(r rune) bool {
	switch r {
	case '\t', '\n', '\r':
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) && unicode.Is(known, r)
}

// isMark reports a non-spacing mark, such as an accent.
func isMark(r rune) bool {
	switch r {
	case 0x1734:
		return true
	case 0x1885, 0x1886, 0xA9BD, 0x111C9:
		return false
	}
	return unicode.Is(unicode.Mn, r) && unicode.Is(known, r)
}

// isPunctuation reports what BERT takes for a word of its own: Unicode's
// punctuation and all of ASCII that is neither letter, digit, space nor control.
func isPunctuation(r rune) bool {
	if r < 0x80 {
		return '!' <= r && r <= '/' || ':' <= r && r <= '@' || '[' <= r && r <= '`' || '{' <= r && r <= '~'
	}
	switch r {
	case 0x166D, 0x111C9:
		return true
	}
	return unicode.Is(unicode.P, r) && unicode.Is(known, r)
}

// isIdeograph reports what BERT takes for Chinese: the blocks of CJK ideographs,
// as the reference has them.
func isIdeograph(r rune) bool {
	if r < 0x3400 {
		return false
	}
	return r <= 0x4DBF ||
		0x4E00 <= r && r <= 0x9FFF ||
		0xF900 <= r && r <= 0xFAFF ||
		0x20000 <= r && r <= 0x2A6DF ||
		0x2A700 <= r && r <= 0x2B81F ||
		0x2B920 <= r && r <= 0x2CEAF ||
		0x2F800 <= r && r <= 0x2FA1F
}

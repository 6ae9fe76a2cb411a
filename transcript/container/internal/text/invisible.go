package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// DropInvisible takes out format and control characters, which nobody sees:
// bidirectional controls, zero-width characters, byte order marks inside a text, tag
// characters. They are nobody's words, and left in, one could show a quotation
// backwards or hide a word from every search. It reports how many there were, and
// the byte of the first; -1 if there were none.
//
// Joiners stay between letters of scripts that are written with them, and within
// emoji. A soft hyphen stays at a line's end, where it divides a word.
func DropInvisible(text string) (clean string, n, first int) {
	first = -1
	var b strings.Builder
	kept := 0 // bytes of text that are in b or were dropped
	for i := 0; i < len(text); {
		if i+8 <= len(text) && arePrintable(text[i:i+8]) { // nearly all of nearly every text
			i += 8
			continue
		}
		if c := text[i]; c >= ' ' && c < 0x7F || c == '\n' || c == '\t' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if isInvisible(r) && !isNeeded(r, text[:i], text[i+size:]) {
			if n++; first < 0 {
				first = i
				b.Grow(len(text))
			}
			b.WriteString(text[kept:i])
			kept = i + size
		}
		i += size
	}
	if n == 0 {
		return text, 0, -1
	}
	b.WriteString(text[kept:])
	return b.String(), n, first
}

// arePrintable reports whether eight bytes are printable ASCII, all at once: none of them has
// its highest bit, nor has it after a blank is subtracted or one is added.
func arePrintable(s string) bool {
	const highest, blanks, ones = 0x8080808080808080, 0x2020202020202020, 0x0101010101010101
	x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	return (x|(x-blanks)|(x+ones))&highest == 0
}

// SoftHyphen marks where a word may be divided; it is seen only at a line's end.
const SoftHyphen = '\u00AD'

const (
	nonJoiner       = '\u200C'
	joiner          = '\u200D'
	graphemeJoiner  = '\u034F'
	hangulFiller    = '\u3164'
	halfwidthFiller = '\uFFA0'
)

// isInvisible reports whether nothing is seen of a character. White space is
// seen.
func isInvisible(r rune) bool {
	switch {
	case r < ' ':
		return r != '\n' && r != '\t'
	case r < 0x7F, r > SoftHyphen && r < graphemeJoiner, r > 0x200F && r < 0x2028: // letters of Latin, dashes, quotation marks
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf) && !isSeenFormat(r) || r == graphemeJoiner || r == hangulFiller || r == halfwidthFiller
}

// isSeenFormat reports whether a format character is seen all the same, as the
// signs that enclose Arabic numbers are.
func isSeenFormat(r rune) bool {
	return r >= 0x0600 && r <= 0x0605 || r == 0x06DD || r == 0x070F || r >= 0x0890 && r <= 0x0891 || r == 0x08E2 || r == 0x110BD || r == 0x110CD
}

// isNeeded reports whether an invisible character belongs to how its neighbours
// are written.
func isNeeded(r rune, before, after string) bool {
	switch r {
	case SoftHyphen: // at a line's end; in JSON that is a quotation mark or an escaped \n
		return after == "" || after[0] == '\n' || after[0] == '"' || strings.HasPrefix(after, `\n`)
	case joiner, nonJoiner:
		last, _ := utf8.DecodeLastRuneInString(before)
		return joins(last)
	}
	return false
}

// joins reports whether a character is of a script, or of signs, that joiners
// shape.
func joins(r rune) bool {
	return r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsSymbol(r)) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
}

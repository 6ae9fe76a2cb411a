package quotes

import (
	"strings"
	"unicode/utf8"
)

// Borders tells what of a turn's quotations goes over its borders: the mark that its last
// paragraph leaves open, and the one that closes what no mark of the turn has opened. Both
// are empty where there is none. It may go on with a quotation, as for ReadAloud.
func Borders(text, continues string) (opens, closes string) {
	if continues == "" && !mayHoldMarks(text) {
		return "", ""
	}
	runes := plain([]rune(continues + text))
	text = string(runes)
	w := walk(runes, inCodePoints(text, paragraphsOf(text)))
	if w.unclosed >= w.start && len(runes) > 0 {
		opens = string(runes[w.unclosed])
	}
	if w.closer > 0 {
		closes = string(w.closer)
	}
	return opens, closes
}

// mayHoldMarks reports whether a text may hold a quotation mark, as far as its characters
// tell: most turns hold none, and need not be walked through.
func mayHoldMarks(text string) bool {
	for _, mark := range []string{`"`, "`", "<", ">", ",,", "''"} {
		if strings.Contains(text, mark) {
			return true
		}
	}
	for from := 0; ; from++ { // single marks that are no apostrophes
		i := strings.IndexByte(text[from:], '\'')
		if i < 0 {
			return strings.ContainsFunc(text, isSign)
		}
		if from += i; from == 0 || !isLetter(text[from-1]) {
			return true
		}
	}
}

// isSign reports whether a character beyond ASCII is a quotation mark or may stand for one. The
// apostrophe closes only what another mark has opened.
func isSign(r rune) bool {
	return r >= utf8.RuneSelf && r != '’' && (isMark(r) || r == '《' || plainMark([]rune{r}, 0) != r)
}

// isLetter reports whether a byte is a letter of ASCII.
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// Pairs reports whether one mark closes what the other opens.
func Pairs(opens, closes string) bool {
	return opens != "" && closes != "" && strings.Contains(Closers([]rune(opens)[0]), closes)
}

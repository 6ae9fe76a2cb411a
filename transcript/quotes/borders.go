package quotes

import "strings"

// Borders tells what of a turn's quotations goes over its borders: the mark that its last
// paragraph leaves open, and the one that closes what no mark of the turn has opened. Both
// are empty where there is none. It may go on with a quotation, as for ReadAloud.
func Borders(text, continues string) (opens, closes string) {
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

// Pairs reports whether one mark closes what the other opens.
func Pairs(opens, closes string) bool {
	return opens != "" && closes != "" && strings.Contains(Closers([]rune(opens)[0]), closes)
}

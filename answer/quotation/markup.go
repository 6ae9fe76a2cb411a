package quotation

import (
	"slices"
	"unicode"
)

// markupReach bounds how far apart two marks of Markdown may stand, in characters: 500,
// about a paragraph. Beyond it they belong to nothing common.
const markupReach = 500

// withoutMarkup takes out the marks around code and emphasis in Markdown: `code`, *so*,
// __so__. Marks that have no partner stay, and so does what stands in a word: snake_case.
func withoutMarkup(text []glyph) []glyph {
	isMark := func(g glyph) bool { return g.r == '`' || g.r == '*' || g.r == '_' }
	if !slices.ContainsFunc(text, isMark) {
		return text
	}
	kept := make([]glyph, 0, len(text))
	var closing []int // where the marks end that close what is open
	for i := 0; i < len(text); i++ {
		if len(closing) > 0 && i == closing[len(closing)-1] {
			i += runLength(text, i) - 1
			closing = closing[:len(closing)-1]
			continue
		}
		if !isMark(text[i]) {
			kept = append(kept, text[i])
			continue
		}
		n := runLength(text, i)
		if end := closingMark(text, i, n); end >= 0 && (len(closing) == 0 || end < closing[len(closing)-1]) {
			closing = append(closing, end)
		} else {
			kept = append(kept, text[i:i+n]...)
		}
		i += n - 1
	}
	return kept
}

// runLength is how many of the same character stand at i.
func runLength(text []glyph, i int) int {
	n := 1
	for i+n < len(text) && text[i+n].r == text[i].r {
		n++
	}
	return n
}

// closingMark is where the marks stand that close those at i, n of them; -1 if none do.
func closingMark(text []glyph, i, n int) int {
	at := func(i int) rune {
		if i < 0 || i >= len(text) {
			return ' '
		}
		return text[i].r
	}
	if isWordRune(at(i-1)) || unicode.IsSpace(at(i+n)) {
		return -1
	}
	for j := i + n + 1; j < min(len(text), i+markupReach); j++ {
		if text[j].r != text[i].r {
			continue
		}
		m := runLength(text, j)
		if m == n && !unicode.IsSpace(at(j-1)) && !isWordRune(at(j+m)) {
			return j
		}
		j += m - 1
	}
	return -1
}

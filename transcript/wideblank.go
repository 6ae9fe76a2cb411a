package transcript

import (
	"strings"
	"unicode"
)

// A tab or several blanks stand behind the label:
//
//	MS. ROE     Good morning.
//	Roe	Good morning.

func cutWide(r labelReader, l line) (cut, bool) {
	at := wideBlank(l.text[:min(len(l.text), longestLabel/2)])
	if at <= 0 || l.cells {
		return cut{}, false
	}
	text, rest := l.text[:at], strings.TrimLeftFunc(l.text[at:], unicode.IsSpace)
	if endsSentence(text) && !isTitle(text) {
		return cut{}, false
	}
	c := readCut(r, text, rest)
	_, ok := labelForm(c.label.text)
	return c, ok && c.rest != "" && c.rest[0] != '/'
}

// wideBlank finds the first white space of several columns; -1 if there is none.
func wideBlank(s string) int {
	for i, r := range s {
		if unicode.IsSpace(r) && blanks(s[i:]) > 1 {
			return i
		}
	}
	return -1
}

func provenWide(s survey) bool {
	return s.lines*4 >= s.colons && (s.alternates() || s.titled > 1 && s.titled*2 >= s.lines)
}

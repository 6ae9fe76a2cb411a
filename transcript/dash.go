package transcript

import (
	"strings"
	"unicode"
)

// A dash stands behind the label:
//
//	MR. ROE—Good morning.
//	Q – Will it hold?

func cutDash(r labelReader, l line) (cut, bool) {
	window := l.text[:min(len(l.text), longestLabel/2)]
	at := strings.IndexAny(window, "—–-")
	for at > 0 && window[at] == '-' && window[at-1] != ' ' {
		next := strings.IndexAny(window[at+1:], "—–-")
		if next < 0 {
			return cut{}, false
		}
		at += 1 + next
	}
	if at <= 0 {
		return cut{}, false
	}
	text := strings.TrimRightFunc(l.text[:at], func(r rune) bool { return unicode.IsSpace(r) || r == '.' })
	rest := strings.TrimLeft(l.text[at:], "—–- \u00a0")
	if text == "" || rest == "" || startsLower(rest) {
		return cut{}, false
	}
	c := readCut(r, text, rest)
	_, ok := labelForm(text)
	known := c.label.part != partNamed || len(c.label.name.titles) > 0 && len(c.label.name.name) > 0
	return c, ok && (c.label.upper || known)
}

func provenDash(s survey) bool { return s.alternates() }

package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The record of a parliament ends a label with a full stop:
//
//	Mr. ROE. I thank the gentlelady.
//	The CHAIRMAN. The committee will come to order.
//	Mr. Roe of Harbour. I object.

func cutStop(r labelReader, l line) (cut, bool) {
	text, rest, ok := findStop(l.text)
	if !ok {
		return cut{}, false
	}
	c := readCut(r, text, rest)
	lab := c.label
	switch _, ok := labelForm(text); {
	case !ok || c.glued:
		return cut{}, false
	case lab.part == partModerator, lab.part == partPresider, len(lab.name.titles) > 0 && len(lab.name.name) > 0:
		return c, true
	case lab.part == partAsker || lab.part == partAnswerer || lab.part == partAnonymous:
		return c, len(lab.text) > 1
	case strings.HasPrefix(text, "The ") && (lab.upper || len(lab.words) == 1 && functionLabels[lab.first()]):
		return c, true
	}
	return c, lab.upper && allNameWords(lab.name.name) && len(lab.text) > 2
}

// findStop finds the full stop after a label: the first after a word that does
// not keep its own.
func findStop(s string) (text, rest string, ok bool) {
	if first, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(first) {
		return "", "", false
	}
	window := s[:min(len(s), longestLabel/2)]
	for from := 0; ; {
		i := strings.IndexByte(window[from:], '.')
		if i < 0 {
			return "", "", false
		}
		at := from + i
		rest := s[at+1:]
		word := s[strings.LastIndexByte(s[:at], ' ')+1 : at]
		closed := strings.HasPrefix(rest, " ") || rest == ""
		if closed && !keepsStop(word) {
			return s[:at], rest, true
		}
		if next, _ := utf8.DecodeRuneInString(rest); !closed && next != '—' && next != '-' && !unicode.IsUpper(next) {
			return "", "", false
		}
		from = at + 1
	}
}

func provenStop(s survey) bool {
	capitals := 0 // names in capitals under a title that is not: Mr. ROE
	for l, n := range s.labels {
		if l.upper && strings.ToUpper(l.text) != l.text {
			capitals += n
		}
	}
	if capitals > 0 && capitals*2 >= s.lines {
		return true
	}
	return s.titled > 2 && s.titled*2 >= s.lines && s.lines*2 >= s.colons || s.alternates() && s.lines > s.colons
}

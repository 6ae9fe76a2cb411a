package styles

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// The record of a parliament ends a label with a full stop:
//
//	Mr. ROE. I thank the gentlelady.
//	The CHAIRMAN. The committee will come to order.
//	Mr. Roe of Harbour. I object.
type fullStop struct{}

func (fullStop) Name() string { return "full stop" }

func (fullStop) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	text, rest, ok := findStop(l.Text)
	if !ok {
		return Cut{}, false
	}
	c := readCut(r, text, rest)
	lab := c.Label
	switch _, ok := labels.Form(text); {
	case !ok || c.Glued:
		return Cut{}, false
	case lab.Part == labels.PartModerator, lab.Part == labels.PartPresider, lab.Name.Titled():
		return c, true
	case lab.Part == labels.PartAsker || lab.Part == labels.PartAnswerer || lab.Part == labels.PartAnonymous:
		return c, len(lab.Text) > 1
	case strings.HasPrefix(text, "The ") && (lab.Upper || len(lab.Words) == 1 && labels.IsFunction(lab.First())):
		return c, true
	}
	return c, lab.Upper && lab.Name.IsName() && len(lab.Text) > 2
}

// findStop finds the full stop after a label: the first after a word that does
// not keep its own.
func findStop(s string) (text, rest string, ok bool) {
	if first, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(first) {
		return "", "", false
	}
	window := s[:min(len(s), labels.LongestWeakLabel)]
	for from := 0; ; {
		i := strings.IndexByte(window[from:], '.')
		if i < 0 {
			return "", "", false
		}
		at := from + i
		rest := s[at+1:]
		word := s[strings.LastIndexByte(s[:at], ' ')+1 : at]
		closed := strings.HasPrefix(rest, " ") || rest == ""
		if closed && !names.KeepsStop(word) {
			return s[:at], rest, true
		}
		if next, _ := utf8.DecodeRuneInString(rest); !closed && next != '—' && next != '-' && !unicode.IsUpper(next) {
			return "", "", false
		}
		from = at + 1
	}
}

func (fullStop) Proven(s Survey) bool {
	capitals := 0 // names in capitals under a title that is not: Mr. ROE
	for l, n := range s.Labels {
		if l.Upper && strings.ToUpper(l.Text) != l.Text {
			capitals += n
		}
	}
	if capitals > 0 && capitals*2 >= s.Lines {
		return true
	}
	return s.Titled > 2 && s.Titled*2 >= s.Lines && s.Lines*2 >= s.Colons || s.alternates() && s.Lines > s.Colons
}

func (fullStop) Anywhere(*labels.Label) bool { return false }

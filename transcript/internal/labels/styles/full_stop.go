package styles

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// A full stop stands behind the label, as in the official reports of parliaments:
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
	label := c.Label
	switch _, ok := labels.Form(text); {
	case !ok || c.Glued:
		return Cut{}, false
	case label.Part == labels.PartModerator, label.Part == labels.PartPresider, label.Name.Titled():
		return c, true
	case label.Part == labels.PartAsker || label.Part == labels.PartAnswerer || label.Part == labels.PartAnonymous:
		return c, len(label.Text) > 1
	case strings.HasPrefix(text, "The ") && (label.Upper || len(label.Words) == 1 && labels.IsFunction(label.First())):
		return c, true
	}
	return c, label.Upper && (label.Name.IsName() || len(label.Words) > 1) && len(label.Text) > 2
}

// findStop finds the full stop behind a label, the first behind a word that does not keep
// a full stop of its own, and divides the line there.
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
		if note := strings.TrimLeft(rest, "0123456789"); len(note) < len(rest) && len(rest)-len(note) < 3 && strings.HasPrefix(note, " ") {
			rest = note // the number of a footnote
		}
		closed := strings.HasPrefix(rest, " ") || rest == ""
		if closed && strings.IndexAny(rest, "-–—") == 1 {
			return "", "", false // of the style of dashes: Mr. ROE. – Good morning.
		}
		if closed && !names.KeepsStop(word) {
			return s[:at], rest, true
		}
		if next, _ := utf8.DecodeRuneInString(rest); !closed && next != '—' && next != '-' && !unicode.IsUpper(next) {
			return "", "", false
		}
		from = at + 1
	}
}

// Proven wants one of three things, since every sentence ends in a full stop. Names in
// capitals behind a title that is not, Mr. ROE, are proof alone. Titles and known parts
// are, unless a colon stands behind the labels of many more lines. Other labels must
// alternate, and on more lines than labels with a colon.
func (fullStop) Proven(s Survey) bool {
	capitals := 0 // lines with a label such as Mr. ROE
	for l, n := range s.Labels {
		if l.Upper && strings.ToUpper(l.Text) != l.Text {
			capitals += n
		}
	}
	titled := s.Titled > 2 && s.isHalf(s.Titled) && 2*s.Lines >= s.Colons
	return capitals > 0 && s.isHalf(capitals) || titled || s.alternates() && s.Lines > s.Colons
}

func (fullStop) Anywhere(*labels.Label) bool { return false }

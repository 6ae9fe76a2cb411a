package styles

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// A dash stands behind the label, a hyphen if there is a blank before it:
//
//	MR. ROE—Good morning.
//	Q – Will it hold?
//
// Since sentences have dashes, too, the label is in capitals, or has a title or a known
// part, unless a full stop stands before the dash.
type dash struct{}

func (dash) Name() string { return "dash" }

func (dash) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	at := findDash(l.Text)
	if at <= 0 {
		return Cut{}, false
	}
	text := strings.TrimRightFunc(l.Text[:at], func(r rune) bool { return unicode.IsSpace(r) || r == '.' })
	stop := strings.Contains(l.Text[len(text):at], ".")
	rest := strings.TrimLeft(l.Text[at:], "—–- \u00a0")
	if text == "" || rest == "" || letters.StartsLower(rest) {
		return Cut{}, false
	}
	c := readCut(r, text, rest)
	_, ok := labels.Form(text)
	known := c.Label.Part != labels.PartNamed || c.Label.Name.Titled()
	if stop && !names.KeepsStop(letters.LastWord(text)) {
		c.Sign = ".—"
	}
	return c, ok && (c.Label.Upper || known || c.Sign != "")
}

// findDash finds the first dash outside of brackets, hyphens within words apart: its byte, -1
// if there is none.
func findDash(s string) int {
	depth := 0
	for i, r := range s[:min(len(s), labels.LongestLabel)] {
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth--
		case depth > 0:
		case r == '—' || r == '–' || r == '-' && i > 0 && s[i-1] == ' ':
			return i
		case i > labels.LongestWeakLabel && r != ' ' && s[i-1] == ' ':
			return -1 // the words of a sentence
		}
	}
	return -1
}

func (dash) Proven(s Survey) bool { return s.alternates() }

func (dash) Anywhere(*labels.Label) bool { return false }

package styles

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// A dash stands behind the label, a hyphen if there is a blank before it:
//
//	MR. ROE—Good morning.
//	Q – Will it hold?
//
// Since sentences have dashes, too, the label is in capitals, or has a title or a known
// part.
type dash struct{}

func (dash) Name() string { return "dash" }

func (dash) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	window := l.Text[:min(len(l.Text), labels.LongestWeakLabel)]
	at := strings.IndexAny(window, "—–-")
	for at > 0 && window[at] == '-' && window[at-1] != ' ' {
		next := strings.IndexAny(window[at+1:], "—–-")
		if next < 0 {
			return Cut{}, false
		}
		at += 1 + next
	}
	if at <= 0 {
		return Cut{}, false
	}
	text := strings.TrimRightFunc(l.Text[:at], func(r rune) bool { return unicode.IsSpace(r) || r == '.' })
	rest := strings.TrimLeft(l.Text[at:], "—–- \u00a0")
	if text == "" || rest == "" || letters.StartsLower(rest) {
		return Cut{}, false
	}
	c := readCut(r, text, rest)
	_, ok := labels.Form(text)
	known := c.Label.Part != labels.PartNamed || c.Label.Name.Titled()
	return c, ok && (c.Label.Upper || known)
}

func (dash) Proven(s Survey) bool { return s.alternates() }

func (dash) Anywhere(*labels.Label) bool { return false }

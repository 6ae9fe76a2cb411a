package styles

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// A tab or several blanks stand behind the label, and nothing else:
//
//	MS. ROE     Good morning.
//	Roe	Good morning.
type wideBlank struct{}

func (wideBlank) Name() string { return "wide blank" }

func (wideBlank) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	at := findWideBlank(l.Text[:min(len(l.Text), labels.LongestWeakLabel)])
	if at <= 0 || l.Cells {
		return Cut{}, false
	}
	text, rest := l.Text[:at], strings.TrimLeftFunc(l.Text[at:], unicode.IsSpace)
	if letters.EndsSentence(text) && !lexicon.IsTitle(text) {
		return Cut{}, false
	}
	c := readCut(r, text, rest)
	return c, c.accept() && (!c.Loose || labels.IsUserName(c.Label.Text) || c.Label.BeginsWithName() || labels.IsNumber(c.Label.Text)) && c.Rest != "" && c.Rest[0] != '/'
}

// findWideBlank finds the first white space that is several columns wide; -1 if there is
// none.
func findWideBlank(s string) int {
	for i, r := range s {
		if unicode.IsSpace(r) && letters.Blanks(s[i:]) > 1 {
			return i
		}
	}
	return -1
}

// Proven wants labels that alternate, or that have titles or known parts, unless a colon
// stands behind the labels of far more lines: then these are lines of tables.
func (wideBlank) Proven(s Survey) bool {
	return 4*s.Lines >= s.Colons && (s.alternates() || s.Titled > 1 && s.isHalf(s.Titled))
}

func (wideBlank) Anywhere(*labels.Label) bool { return false }

package styles

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// A tab or several blanks stand behind the label:
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
	_, ok := labels.Form(c.Label.Text)
	return c, ok && c.Rest != "" && c.Rest[0] != '/'
}

// findWideBlank finds the first white space of several columns; -1 if there is none.
func findWideBlank(s string) int {
	for i, r := range s {
		if unicode.IsSpace(r) && letters.Blanks(s[i:]) > 1 {
			return i
		}
	}
	return -1
}

func (wideBlank) Proven(s Survey) bool {
	return s.Lines*4 >= s.Colons && (s.alternates() || s.Titled > 1 && s.Titled*2 >= s.Lines)
}

func (wideBlank) Anywhere(*labels.Label) bool { return false }

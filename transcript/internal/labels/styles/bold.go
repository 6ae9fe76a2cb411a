package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Bold type alone sets the label apart:
//
//	**JANE ROE** Good morning.
//	**Jane Roe**	Good morning.
type bold struct{}

func (bold) Name() string { return "bold" }

func (bold) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	if l.Strong == 0 || l.Strong >= len(l.Text) || l.Strong > labels.LongestLabel {
		return Cut{}, false
	}
	text := strings.TrimRightFunc(l.Text[:l.Strong], layout.IsDecoration)
	rest := strings.TrimLeftFunc(l.Text[l.Strong:], layout.IsDecoration)
	c := readCut(r, strings.TrimSuffix(text, "."), rest)
	c.Bold = true
	_, ok := labels.Form(c.Label.Text)
	return c, ok && c.Rest != "" && !letters.StartsLower(c.Rest)
}

func (bold) Proven(s Survey) bool {
	return s.again() > 0 && s.Repeated*2 >= s.Lines && s.Lines > 2 || s.Titled*2 >= s.Lines && s.Titled > 1
}

func (bold) Anywhere(*labels.Label) bool { return false }

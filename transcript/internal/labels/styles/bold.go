package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Bold type alone sets the label apart, or bold type and a dash or tab:
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

// Proven wants labels that come again, or that have titles or known parts: bold words at
// the start of paragraphs are otherwise headings, each another.
func (bold) Proven(s Survey) bool {
	repeated := s.again() > 0 && s.isHalf(s.Repeated) && s.Lines > 2
	return repeated || s.isHalf(s.Titled) && s.Titled > 1
}

func (bold) Anywhere(*labels.Label) bool { return false }

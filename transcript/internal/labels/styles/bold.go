package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
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
	if office, words, ok := cutOffice(rest); ok && text != l.Text[:l.Strong] {
		text, rest = text+", "+office, words
	}
	c := readCut(r, strings.TrimSuffix(text, "."), rest)
	c.Bold = true
	return c, c.accept() && c.Rest != "" && !letters.StartsLower(c.Rest)
}

// cutOffice takes an office behind the name in bold type off what follows it, up to a full
// stop or a colon: **Mme Roe,** ministre des ports. Le port est fermé.
func cutOffice(rest string) (office, words string, ok bool) {
	if !letters.StartsLower(rest) {
		return "", rest, false
	}
	window := rest[:min(len(rest), labels.LongestLabel)]
	for i := 0; i+1 < len(window); i++ {
		if (window[i] == '.' || window[i] == ':') && window[i+1] == ' ' && !names.KeepsStop(letters.LastWord(window[:i])) {
			return rest[:i], strings.TrimSpace(rest[i+1:]), true
		}
	}
	return "", rest, false
}

// Proven wants labels that come again, or that have titles or known parts: bold words at
// the start of paragraphs are otherwise headings, each another.
func (bold) Proven(s Survey) bool {
	repeated := s.again() > 0 && s.isHalf(s.Repeated) && s.Lines > 2
	return repeated || s.isHalf(s.Titled) && s.Titled > 1
}

func (bold) Anywhere(*labels.Label) bool { return false }

package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// The label has a line of its own, often a heading or in bold, and the words
// follow below:
//
//	JANE ROE
//	Good morning.
type ownLine struct{}

func (ownLine) Name() string { return "own line" }

func (ownLine) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	if len(l.Text) > labels.LongestWeakLabel || l.Timed || l.Cells || strings.IndexByte("0123456789#*-[(", l.Text[0]) >= 0 {
		return Cut{}, false
	}
	text := strings.TrimRight(l.Text, ":")
	if _, ok := labels.Form(text); !ok || letters.EndsSentence(text) {
		return Cut{}, false
	}
	lab := r.Read(text)
	person := lab.Name.Full() && lab.Name.IsName() || lab.Name.Titled()
	c := Cut{Label: lab, Apart: person && !lab.Upper && (l.Heading > 0 || l.Strong == len(l.Text))}
	return c, person || lab.Part != labels.PartNamed || lab.Upper && len(lab.Words) == 1
}

func (ownLine) Proven(s Survey) bool {
	return s.alternates() && s.Lines > 3 && s.Lines > s.Colons
}

func (ownLine) Anywhere(*labels.Label) bool { return false }

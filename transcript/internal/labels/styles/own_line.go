package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// The label has a line of its own, often as a heading or in bold type, and the words follow
// below:
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
	label := r.Read(text)
	person := label.Name.Full() && label.Name.IsName() || label.Name.Titled()
	c := Cut{Label: label, Apart: person && !label.Upper && (l.Heading > 0 || l.Strong == len(l.Text))}
	return c, person || label.Part != labels.PartNamed || label.Upper && len(label.Words) == 1
}

// Proven wants the labels to alternate, since headings have lines of their own, too, and
// to stand on more lines than labels with a colon.
func (ownLine) Proven(s Survey) bool {
	return s.alternates() && s.Lines > 3 && s.Lines > s.Colons
}

func (ownLine) Anywhere(*labels.Label) bool { return false }

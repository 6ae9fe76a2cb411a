package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
)

// Cut is a line that was cut in two: its label and its words.
type Cut struct {
	Label  *labels.Label
	Rest   string       // the words behind the label
	Verb   string       // a verb between the label and its colon, with a blank before it: " moved"
	Clock  layout.Clock // the time beside the label
	Timed  bool         // a time stands beside it
	Apart  bool         // a time, an arrow or a line of its own sets the label apart, so that it needs less proof
	Bold   bool         // the label is in bold type
	Loose  bool         // the text has not the form of a label, so that it is one by its surroundings alone: see labels.MayBe
	Lead   string       // a number or a bullet before the label: "1. "
	Sign   string       // what sets the label apart in a shape that was found, and is not a colon alone: ".-"
	Shape  bool         // the line has a shape that was found in the document
	Glued  bool         // no blank follows the label
	Style  int          // index of the style that the line follows
	First  bool         // the label stands where a paragraph begins
	Broken bool         // it begins a paragraph only because the line before ends early
	Within bool         // it does not, and nothing but other lines with the same label can tell that it is one
}

// accept reports whether the label of a cut has the form of one, or may be one all the
// same, which makes the cut loose.
func (c *Cut) accept() bool {
	_, ok := labels.Form(c.Label.Text)
	c.Loose = !ok && labels.MayBe(c.Label.Text)
	return ok || c.Loose
}

// at is the cut with its style, and the time that stood before the label if it has none.
func (c Cut) at(style int, lead layout.Clock, timed bool) Cut {
	if c.Clock.StartMS == nil && c.Clock.Day == "" {
		c.Clock = lead
	}
	c.Style, c.Timed = style, timed || c.Timed || c.Apart
	return c
}

// readCut is a line cut into the text of its label, which may end with a time, and the
// rest.
func readCut(r labels.Reader, text, rest string) Cut {
	c := Cut{Rest: strings.TrimSpace(rest)}
	text = strings.TrimSpace(text)
	if clock, before, ok := layout.TrailingClock(text); ok {
		c.Clock, text, c.Apart = clock, before, true
	}
	c.Label = r.Read(text)
	c.cutClock()
	return c
}

// cutClock takes the time off the words behind a label: a time in brackets, or one that is
// all there is.
func (c *Cut) cutClock() {
	clock, rest, ok := layout.LeadingClock(c.Rest)
	if ok && (rest == "" || strings.IndexByte("[(<{", c.Rest[0]) >= 0) {
		c.Clock, c.Rest, c.Apart = clock, rest, c.Apart || rest == ""
	}
}

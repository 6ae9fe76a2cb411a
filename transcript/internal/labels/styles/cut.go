package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
)

// Cut is a line without its label.
type Cut struct {
	Label *labels.Label
	Rest  string       // the words after the label
	Verb  string       // between the label and its colon, with a blank before it
	Clock layout.Clock // that stands beside the label
	Apart bool         // a time or a line of its own sets the label apart, so that its words prove little
	Bold  bool         // the label is in bold
	Loose bool         // the label's words alone would not make a label
	Glued bool         // no blank comes after the label
	Style int          // index of the style that the label follows
	First bool         // the label stands at the start of a paragraph
}

// readCut makes a cut of a label's text, which may end with a time.
func readCut(r labels.Reader, text, rest string) Cut {
	c := Cut{Rest: strings.TrimSpace(rest)}
	text = strings.TrimSpace(text)
	if found, before, ok := layout.TrailingClock(text); ok {
		c.Clock, text, c.Apart = found, before, true
	}
	c.Label = r.Read(text)
	c.cutClock()
	return c
}

// cutClock takes a time off the words after a label: one in brackets, or one
// that is all there is.
func (c *Cut) cutClock() {
	found, rest, ok := layout.LeadingClock(c.Rest)
	if ok && (rest == "" || strings.IndexByte("[(<{", c.Rest[0]) >= 0) {
		c.Clock, c.Rest, c.Apart = found, rest, c.Apart || rest == ""
	}
}

package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
)

// Cut is a line that was cut in two: its label and its words.
type Cut struct {
	Label *labels.Label
	Rest  string       // the words behind the label
	Verb  string       // a verb between the label and its colon, with a blank before it: " moved"
	Clock layout.Clock // the time beside the label
	Apart bool         // a time, an arrow or a line of its own sets the label apart, so that it needs less proof
	Bold  bool         // the label is in bold type
	Loose bool         // only its bold type makes it look like a label: it has words in small letters
	Glued bool         // no blank follows the label
	Style int          // index of the style that the line follows
	First bool         // the label stands where a paragraph begins
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

// Package styles has the ways in which documents set a speaker's label apart from the
// words: by a colon, a full stop, a line of its own, bold type. Each has a file here,
// which shows the form, takes a label off a line, and says what proves that a document
// follows the style; testdata has an archive for each.
package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Style is one way of setting a speaker's label apart from the words.
type Style interface {
	// Name tells people which it is: full stop, own line.
	Name() string
	// Cut takes a label off a line by its form alone. Whether the label is a
	// speaker's, all of the document must say.
	Cut(labels.Reader, layout.Line) (Cut, bool)
	// Proven reports whether the document follows the style, by all the lines that
	// have its form.
	Proven(Survey) bool
	// Anywhere reports whether the form tells this label from words wherever a line
	// begins, and not only where a paragraph does.
	Anywhere(*labels.Label) bool
}

// All lists every style; the first whose form a line has is taken. The first is the
// colon, with whose lines others are compared.
func All() []Style {
	return []Style{
		colon{},
		smallLetters{},
		bare{},
		timed{},
		bold{},
		fullStop{},
		wideBlank{},
		dash{},
		brackets{},
		semicolon{},
		arrows{},
		ownLine{},
	}
}

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

// Survey is what a document has of one style.
type Survey struct {
	Lines     int                   // with its form
	Worded    int                   // of those, lines that words belong to: on them, or on the next
	Sentences int                   // lines that end as sentences do
	Labels    map[*labels.Label]int // and how many lines have them
	Repeated  int                   // lines whose label comes again
	Titled    int                   // lines whose label has a title and a name, or is a known part
	Colons    int                   // lines with a label and a colon, to compare
}

// again is the number of labels that come again.
func (s Survey) again() int {
	n := 0
	for _, times := range s.Labels {
		if times > 1 {
			n++
		}
	}
	return n
}

// alternates reports whether several labels come again and again, so that
// hardly a line of this form has another reason.
func (s Survey) alternates() bool {
	return s.again() > 1 && s.Repeated*2 >= s.Lines && s.Worded*5 >= s.Lines*4
}

// CutLabel takes the label off a line, with the time before or behind it.
func CutLabel(r labels.Reader, l layout.Line, all []Style) (c Cut, ok bool) {
	lead, body, timed := layout.LeadingClock(l.Text)
	if timed {
		l.Strong = max(0, l.Strong-(len(l.Text)-len(body)))
		l.Text, l.Timed = body, true
	}
	if l.Text == "" || len(r) >= labels.MostLabels {
		return Cut{}, false
	}
	if letters.StartsLower(l.Text) && l.Strong == 0 && strings.IndexByte(l.Text, ':') < 0 {
		return Cut{}, false // as most lines of a wrapped text
	}
	for i := range all {
		c, ok := all[i].Cut(r, l)
		if !ok {
			continue
		}
		if c.Clock.StartMS == nil {
			c.Clock = lead
		}
		c.Style = i
		return c, true
	}
	return Cut{}, false
}

// cutClock takes a time off the words after a label: one in brackets, or one
// that is all there is.
func (c *Cut) cutClock() {
	found, rest, ok := layout.LeadingClock(c.Rest)
	if ok && (rest == "" || strings.IndexByte("[(<{", c.Rest[0]) >= 0) {
		c.Clock, c.Rest, c.Apart = found, rest, c.Apart || rest == ""
	}
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

package styles

import (
	"github.com/pullquote/pullquote/transcript/internal/labels"
)

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

package styles

import "github.com/pullquote/pullquote/transcript/internal/labels"

// Survey counts what a document has of one style.
type Survey struct {
	Lines     int                   // lines of its form
	Worded    int                   // of those, lines with words: behind the label, or on the next line
	Sentences int                   // of those, lines whose words end as sentences do
	Labels    map[*labels.Label]int // the labels on those lines, and how many lines have each
	Repeated  int                   // of those, lines whose label stands on others, too
	Titled    int                   // of those, lines whose label has a title and a name, or a known part
	Colons    int                   // lines of the colon's form whose label stands on others, too: to compare
}

// isHalf reports whether n lines are at least half of those of the form, so that lines
// which have the form by chance do not count for more than labels.
func (s Survey) isHalf(n int) bool { return 2*n >= s.Lines }

// wordedShare is the share of lines, in percent, that have words, if labels are on them.
// Lists and tables have lines of the same form one below the other, without words between.
const wordedShare = 80

// isWorded reports whether words follow nearly all labels, as they do in a conversation.
func (s Survey) isWorded() bool { return 100*s.Worded >= wordedShare*s.Lines }

// alternates reports whether several labels come again and again with words behind them,
// so that hardly a line has the form for another reason.
func (s Survey) alternates() bool {
	return s.again() > 1 && s.isHalf(s.Repeated) && s.isWorded()
}

// again counts the labels that come again.
func (s Survey) again() int {
	n := 0
	for _, lines := range s.Labels {
		if lines > 1 {
			n++
		}
	}
	return n
}

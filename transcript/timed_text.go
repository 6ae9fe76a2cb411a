package transcript

import (
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/model"
)

// Timed text has a time on each line and no labels, as recognisers of speech write it:
//
//	00:00:00 Hello, and welcome.
//	00:00:06 This week we look at gates.
//
// Nobody knows who speaks, nor how many people do, so it is one turn of nobody named.

const (
	timedScore = .8 // below labels that come again, above questions without labels
	timedLines = 3  // with a time, at least
	timedShare = 75 // percent of all lines, headings apart, that have a time, at least
)

// scoreTimed is the score of the format.
func scoreTimed(doc *document) float64 {
	timed, lines := 0, 0
	for _, l := range doc.lines() {
		if l.Furniture || l.Heading > 0 {
			continue
		}
		lines++
		if c, rest, ok := layout.LeadingClock(l.Text); ok && rest != "" && c.StartMS != nil {
			timed++
		}
	}
	if timed < timedLines || 100*timed < timedShare*lines {
		return 0
	}
	return timedScore
}

// readTimed makes one turn of all lines from the first with a time.
func readTimed(doc *document) (*model.Transcript, error) {
	lines := doc.lines()
	first := 0
	for ; first < len(lines); first++ {
		if _, rest, ok := layout.LeadingClock(lines[first].Text); ok && rest != "" {
			break
		}
	}
	if first == len(lines) {
		return nil, errNoTurns()
	}
	c := layout.NewCanonical(doc.content.Text, 1)
	c.Outside(layout.Blocks(lines[:first])...)
	turn := model.Turn{Role: model.RoleStatement}
	body := make([]layout.Line, 0, len(lines)-first)
	for _, l := range lines[first:] {
		if at, rest, ok := layout.LeadingClock(l.Text); ok && rest != "" {
			if l.Text = rest; turn.StartMS == nil {
				turn.StartMS = at.StartMS
			}
			turn.EndMS = at.EndMS
		}
		body = append(body, l)
	}
	c.Begin("", turn)
	c.Paragraphs(layout.NewJoiner(doc.knows, body).Paragraphs(body))
	t := c.Transcript()
	doc.settle(t, layout.WithoutFurniture(lines[:first]), nil)
	t.Warn("the document has times but does not say who speaks; all of it is one turn of nobody named")
	return t, nil
}

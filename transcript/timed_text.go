package transcript

import (
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/model"
)

// Text with a time on each line and no speakers:
//
//	00:00:00 Hello, and welcome.
//	00:00:06 This week we look at gates.
//
// Nobody knows who speaks, nor how many do, so it is one turn of nobody's.

// scoreTimed is below labels that come again, above questions in the text.
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
	if timed < 3 || timed*4 < lines*3 {
		return 0
	}
	return .8
}

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

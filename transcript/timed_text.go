package transcript

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/model"
)

// Timed text has a time on each line, or above it, and no labels, as recognisers of speech
// write it:
//
//	00:00:00 Hello, and welcome.
//	00:00:06 This week we look at gates.
//
// Nobody knows who speaks, nor how many people do, so its turns are nobody's by name, and
// each is about a paragraph long.

const (
	timedScore = .8 // below labels that come again, above questions without labels
	timedLines = 3  // with a time, at least
	timedShare = 75 // percent of all lines, headings apart, that have a time, at least

	timedTurn    = 120 // words behind which a turn ends with a sentence: those of a passage
	longestTimed = 180 // words behind which it ends at the next time
)

// timedLine is a line with its time, if it or the line above has one.
type timedLine struct {
	layout.Line
	clock layout.Clock
	timed bool
}

// timedLinesOf are the lines of a document, the times taken off; a time on a line of its own
// is that of the next line.
func timedLinesOf(lines []layout.Line) []timedLine {
	var out []timedLine
	var above *layout.Clock
	for _, l := range lines {
		clock, rest, ok := layout.LeadingClock(l.Text)
		switch {
		case l.Furniture:
		case ok && clock.StartMS != nil && rest == "":
			above = &clock
			continue
		case ok && clock.StartMS != nil:
			l.Text = rest
			out, above = append(out, timedLine{l, clock, true}), nil
			continue
		case above != nil:
			out, above = append(out, timedLine{l, *above, true}), nil
			continue
		}
		out = append(out, timedLine{Line: l})
	}
	return out
}

// scoreTimed is the score of the format.
func scoreTimed(doc *document) float64 {
	timed, logged, lines := 0, 0, 0
	for _, l := range timedLinesOf(doc.lines()) {
		if l.Furniture || l.Heading > 0 {
			continue
		}
		if lines++; !l.timed {
			continue
		}
		timed++
		if level, _, _ := strings.Cut(strings.TrimSpace(l.Text), " "); logLevels[lexicon.Bare(level)] {
			logged++
		}
	}
	if timed < timedLines || 100*logged >= levelShare*timed || 100*timed < timedShare*lines {
		return 0
	}
	return timedScore
}

// readTimed divides the lines from the first with a time into turns.
func readTimed(doc *document) (*model.Transcript, error) {
	lines := timedLinesOf(doc.lines())
	first := 0
	for first < len(lines) && !lines[first].timed {
		first++
	}
	if first == len(lines) {
		return nil, errNoTurns()
	}
	front := make([]layout.Line, first)
	for i, l := range lines[:first] {
		front[i] = l.Line
	}
	c := layout.NewCanonical(doc.content.Text, 1)
	c.Outside(layout.Blocks(front)...)
	for rest := lines[first:]; len(rest) > 0; {
		n := timedTurnEnd(rest)
		doc.writeTimed(c, rest[:n])
		rest = rest[n:]
	}
	t := c.Transcript()
	doc.settle(t, layout.WithoutFurniture(front), nil)
	t.Warn("the document has times but does not say who speaks; its turns are nobody's by name, and were divided where they grew long")
	return t, nil
}

// timedTurnEnd counts the lines of the turn with which lines begin.
func timedTurnEnd(lines []timedLine) int {
	words := 0
	for i, l := range lines {
		if i > 0 && l.timed && (words >= longestTimed || words >= timedTurn && letters.EndsSentence(lines[i-1].Text)) {
			return i
		}
		words += letters.WordCount(l.Text, longestTimed)
	}
	return len(lines)
}

// writeTimed writes lines as a turn.
func (d *document) writeTimed(c *layout.Canonical, lines []timedLine) {
	turn := model.Turn{Role: model.RoleStatement, StartMS: lines[0].clock.StartMS}
	body := make([]layout.Line, len(lines))
	for i, l := range lines {
		body[i] = l.Line
		if body[i].StartMS, body[i].EndMS = l.clock.StartMS, l.clock.EndMS; l.timed {
			turn.EndMS = l.clock.EndMS
		}
	}
	c.Begin("", turn)
	c.Paragraphs(layout.NewJoiner(d.knows, body).Paragraphs(body))
}

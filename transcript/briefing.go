package transcript

import (
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/marks"
	"github.com/pullquote/pullquote/transcript/internal/people"
	"github.com/pullquote/pullquote/transcript/internal/roles"
	"github.com/pullquote/pullquote/transcript/model"
)

// A briefing is text whose turns begin with a label at the start of a line:
//
//	MS. ROE: Good morning.
//	QUESTION: Jane Poe, Harbour Radio. ...
//
// So are most hearings, panels and calls. A title block may come before the
// first label and boilerplate after an end mark; both stay outside the turns.

func scoreBriefing(doc *document) float64 {
	n, sure := 0, false
	for _, m := range doc.labelled().Marks {
		if m.Kind == marks.LineTurn {
			n++
			sure = sure || m.Label.Upper && m.Label.Name.Titled()
		}
	}
	switch {
	case n == 0:
		return 0
	case n > 2:
		return 1
	case sure:
		return .7 // a statement of one person
	}
	return .3 * float64(n)
}

func readBriefing(doc *document) (*model.Transcript, error) {
	lines, found := doc.labelled().Lines, doc.labelled().Marks
	if marks.CountTurns(found) == 0 {
		return nil, errNoTurns()
	}
	first := 0
	for found[first].Kind != marks.LineTurn {
		first++
	}
	title, prose := splitFront(lines[:first])
	lecturer := doc.lecturer(lines[:first], found)
	if lecturer != "" {
		title, prose = lines[:roles.LectureStart(lines[:first])], nil
	}
	c := layout.NewCanonical(doc.content.Text, marks.CountTurns(found)+1)
	c.Outside(layout.Blocks(title)...)
	introduction := layout.NewJoiner(doc.knows, prose).Paragraphs(prose)
	if len(layout.Texts(introduction)) > 0 {
		c.Begin("", model.Turn{Role: model.RoleNarration})
	}
	c.Paragraphs(introduction)
	if talk := lines[len(title):first]; lecturer != "" {
		c.Begin("", model.Turn{Speaker: model.Optional(lecturer), Role: model.RoleStatement})
		writeTurns(c, talk, found[len(title):first], layout.NewJoiner(doc.knows, talk))
	}
	writeTurns(c, lines[first:], found[first:], layout.NewJoiner(doc.knows, lines[first:]))
	t := c.Transcript()
	doc.settle(t, layout.WithoutFurniture(title), layout.Texts(introduction))
	return t, nil
}

// splitFront divides what comes before the first label into the title block and
// the publication's introduction: the paragraphs of prose at its end.
func splitFront(lines []layout.Line) (title, prose []layout.Line) {
	start := len(lines)
	for end := len(lines); end > 0; {
		begin := end - 1
		if lines[begin].Furniture {
			end--
			continue
		}
		for begin > 0 && !lines[begin].Gap {
			begin--
		}
		words := 0
		for _, l := range layout.WithoutFurniture(lines[begin:end]) {
			words += letters.WordCount(l.Text, layout.ProseLength)
		}
		if words < 6 || !letters.EndsSentence(lines[end-1].Text) || people.IsByline(lines[begin].Text) {
			break
		}
		if words >= layout.ProseLength {
			start = begin
		}
		end = begin
	}
	return lines[:start], lines[start:]
}

// writeTurns puts the turns into the canonical text; lines begins with one.
func writeTurns(c *layout.Canonical, lines []layout.Line, found []marks.Mark, j layout.Joiner) {
	var body []layout.Line
	flush := func() {
		if !c.Open {
			c.Outside(layout.Blocks(body)...)
		} else {
			c.Paragraphs(j.Paragraphs(body))
		}
		body = body[:0]
	}
	for i, l := range lines {
		switch found[i].Kind {
		case marks.LineTurn:
			flush()
			m := found[i]
			c.Begin(m.Prefix(), model.Turn{Label: model.Optional(m.Label.Text), StartMS: m.Clock.StartMS, EndMS: m.Clock.EndMS})
			if found[i].Rest != "" {
				body = append(body, layout.Line{Text: found[i].Rest, Gap: true})
			}
		case marks.LineText:
			body = append(body, l)
		case marks.LineNote:
			if !c.Open {
				flush()
			}
			c.Outside(l.Text)
		case marks.LineEnd:
			flush()
			c.End()
			c.Outside(l.Text)
		}
	}
	flush()
	c.End()
}

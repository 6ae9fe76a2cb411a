package transcript

import (
	"slices"

	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/marks"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/internal/people"
	"github.com/pullquote/pullquote/transcript/internal/roles"
	"github.com/pullquote/pullquote/transcript/model"
)

// A briefing is text whose turns begin with a label at the start of a line:
//
//	MS. ROE: Good morning.
//	QUESTION: Jane Poe, Harbour Radio. ...
//
// So are most hearings, panels and calls. A title block may come before the first label, and
// boilerplate behind an end mark; both stay outside the turns.

// The scores of a briefing, by how many turns it has. A label that stands once or twice may
// still be a line of prose with a colon.
const (
	briefingTurns  = 3  // from which on nothing else comes into question
	statementScore = .7 // of one or two turns, if a title and a name in capitals label one: a statement
	turnScore      = .3 // for each turn otherwise; less than an interview without labels scores
)

// scoreBriefing is the score of the format.
func scoreBriefing(doc *document) float64 {
	turns, titled := 0, false
	for _, m := range doc.labelled().Marks {
		if m.Kind == marks.LineTurn {
			turns++
			titled = titled || m.Label.Upper && m.Label.Name.Titled()
		}
	}
	switch {
	case turns == 0, !doc.isSpoken():
		return 0
	case turns >= briefingTurns:
		return 1
	case titled:
		return statementScore
	}
	return turnScore * float64(turns)
}

// readBriefing divides a document into turns by its labels. What comes before the first label
// is the title block and an introduction, or the title block and a lecture.
func readBriefing(doc *document) (*model.Transcript, error) {
	lines, lineMarks := doc.labelled().Lines, doc.labelled().Marks
	turns := marks.CountTurns(lineMarks)
	if turns == 0 {
		return nil, errNoTurns()
	}
	first := slices.IndexFunc(lineMarks, func(m marks.Mark) bool { return m.Kind == marks.LineTurn })
	title, prose := splitFront(lines[:first], doc.labelled().Wrapped())
	lecturer := doc.lecturer(lines[:first], lineMarks)
	if lecturer != "" {
		title, prose = lines[:roles.LectureStart(lines[:first])], nil
	}
	c := layout.NewCanonical(doc.content.Text, turns+1)
	c.Outside(layout.Blocks(title)...)
	introduction := layout.NewJoiner(doc.knows, prose).Paragraphs(prose)
	if len(layout.Texts(introduction)) > 0 {
		c.Begin("", model.Turn{Role: model.RoleNarration})
	}
	c.Paragraphs(introduction)
	if lecture := lines[len(title):first]; lecturer != "" {
		c.Begin("", model.Turn{Speaker: model.Optional(lecturer), Role: model.RoleStatement})
		writeTurns(c, lecture, lineMarks[len(title):first], layout.NewJoiner(doc.knows, lecture))
	}
	writeTurns(c, lines[first:], lineMarks[first:], layout.NewJoiner(doc.knows, lines[first:]))
	t := c.Transcript()
	endBefore(t.Turns)
	doc.settle(t, layout.WithoutFurniture(title), layout.Texts(introduction))
	warnOfUnlabelled(t, lineMarks)
	if day := lineMarks[first].Clock.Day; t.Date == "" && names.IsISODate(day) {
		t.Date = model.Optional(day) // of a chat, whose times have days
	}
	return t, nil
}

const shortestIntroduction = 6 // words of a paragraph within an introduction; fewer are a line of the title block

// splitFront divides what comes before the first label into the title block and the
// publication's introduction: the paragraphs of sentences at its end, from the first one that
// is long enough for prose. In a text that was not wrapped each line is a paragraph.
func splitFront(lines []layout.Line, wrapped bool) (title, prose []layout.Line) {
	start := len(lines)
	for end := len(lines); end > 0; {
		begin := end - 1
		if lines[begin].Furniture {
			end--
			continue
		}
		for begin > 0 && !lines[begin].Gap && wrapped {
			begin--
		}
		words := 0
		for _, l := range layout.WithoutFurniture(lines[begin:end]) {
			words += letters.WordCount(l.Text, layout.ProseLength)
		}
		if words < shortestIntroduction || !letters.EndsSentence(lines[end-1].Text) || people.IsByline(lines[begin].Text) {
			break
		}
		if words >= layout.ProseLength {
			start = begin
		}
		end = begin
	}
	return lines[:start], lines[start:]
}

// writeTurns puts lines and the turns that begin on them into the canonical text. Text before
// the first turn, if none is open, and behind the end of one stands outside.
func writeTurns(c *layout.Canonical, lines []layout.Line, lineMarks []marks.Mark, j layout.Joiner) {
	var body []layout.Line // of the open turn, not written yet
	var times turnTimes
	flush := func() {
		if !c.Open {
			c.Outside(layout.Blocks(body)...)
		} else {
			c.Paragraphs(j.Paragraphs(body))
		}
		body = body[:0]
	}
	for i, l := range lines {
		switch m := lineMarks[i]; m.Kind {
		case marks.LineTurn:
			flush()
			c.Begin(m.Prefix(), model.Turn{Label: model.Optional(m.Label.Text), StartMS: m.Clock.StartMS, EndMS: m.Clock.EndMS, Doubt: model.Optional(m.Doubt)})
			times = turnTimes{turn: m.Clock}
			if m.Rest != "" {
				body = append(body, layout.Line{Text: m.Rest, Gap: true, StartMS: m.Clock.StartMS})
			}
		case marks.LineUnlabelled, marks.LineReport:
			flush()
			c.Begin("", unlabelledTurn(m))
			body = append(body, l)
		case marks.LineText:
			body = append(body, times.of(l))
		case marks.LineNote:
			times.note(l.Text)
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

// turnTimes gives the lines of a turn that has a time theirs: one that stands before the words,
// or alone on the line above. Without a time beside the label, times in the words may be times
// of day.
type turnTimes struct {
	turn  layout.Clock
	above layout.Clock
}

// note keeps a time that stands alone on a line.
func (t *turnTimes) note(text string) {
	if c, rest, ok := layout.LeadingClock(text); ok && rest == "" {
		t.above = c
	}
}

// of is the line with its time, if it has one; the container's goes first.
func (t *turnTimes) of(l layout.Line) layout.Line {
	if t.turn.StartMS != nil && l.StartMS == nil {
		l.StartMS, l.EndMS = t.above.StartMS, t.above.EndMS
		if c, rest, ok := layout.LeadingClock(l.Text); ok && rest != "" && !c.Bare {
			l.StartMS, l.EndMS = c.StartMS, c.EndMS
		}
	}
	t.above = layout.Clock{}
	return l
}

// endBefore takes out the cues of turns that lie behind the time at which the next one begins:
// they are times of something else.
func endBefore(turns []model.Turn) {
	var next *int64
	for i := len(turns) - 1; i >= 0; i-- {
		t := &turns[i]
		if next != nil {
			t.SetCues(slices.DeleteFunc(t.Cues, func(c model.Cue) bool { return c.StartMS > *next }))
		}
		if t.StartMS != nil {
			next = t.StartMS
		}
	}
}

// unlabelledTurn is the turn that begins on a line without a label. It keeps the label above where
// the words are perhaps of its bearer, with a doubt.
func unlabelledTurn(m marks.Mark) model.Turn {
	turn := model.Turn{Doubt: model.Optional(m.Doubt)}
	if m.Label != nil {
		turn.Label = model.Optional(m.Label.Text)
	}
	if m.Kind == marks.LineReport {
		turn.Role = model.RoleNarration
	}
	return turn
}

// warnOfUnlabelled warns of turns whose labels seem to be missing.
func warnOfUnlabelled(t *model.Transcript, lineMarks []marks.Mark) {
	n := 0
	for _, m := range lineMarks {
		if m.Kind == marks.LineUnlabelled {
			n++
		}
	}
	switch n {
	case 0:
	case 1:
		t.Warn("labels seem to be missing: in one place words may be somebody else's than the label above them says, and nobody is named for them")
	default:
		t.Warn("labels seem to be missing: in %d places words may be somebody else's than the label above them says, and nobody is named for them", n)
	}
}

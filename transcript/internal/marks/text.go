package marks

import (
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Text is a document with what each of its lines is, above all whether
// it begins a turn.
type Text struct {
	Lines   []layout.Line
	Marks   []Mark
	surveys []styles.Survey
	proven  []bool // which styles the document follows
	width   int    // see lineWidth
}

func Read(lines []layout.Line) *Text {
	t := readLabels(lines)
	if split, found := splitMidline(t); found {
		t = readLabels(split)
	}
	t.setAside()
	t.timeTurns()
	return t
}

// readLabels finds the labels at the starts of lines.
func readLabels(lines []layout.Line) *Text {
	t := &Text{Lines: lines, Marks: make([]Mark, len(lines)), width: lineWidth(lines)}
	all := styles.All()
	labels := labels.Reader{}
	none := new(styles.Cut)
	for i, l := range lines {
		t.Marks[i].Cut = none
		switch {
		case l.Furniture:
			t.Marks[i].Kind = LineNote
		case !l.Code:
			t.Marks[i].Kind = noteMark(l.Text)
		}
		if l.Code || t.Marks[i].Kind != LineText {
			continue
		}
		if c := t.labelAt(i, labels, all); c != nil {
			t.Marks[i].Cut = c
		}
	}
	t.settleTimes()
	t.survey(all)
	judge := newLabelJudge(lines, t.Marks, t.surveys, all)
	judge.decide()
	t.proven = judge.proven
	return t
}

// labelAt takes the label off line i; nil if none may stand there.
func (t *Text) labelAt(i int, labels labels.Reader, all []styles.Style) *styles.Cut {
	l := t.Lines[i]
	c, ok := styles.CutLabel(labels, l, all)
	if !ok || l.Heading > 0 && c.Rest != "" || l.Item && !c.Label.StandsInList() {
		return nil // "## Gates: a survey", "- General Rule: ..."
	}
	c.First = t.startsParagraph(i)
	if !c.First && !all[c.Style].Anywhere(c.Label) {
		return nil
	}
	found := c // of its own, as most lines come to nothing
	return &found
}

// startsParagraph reports whether line i stands behind a gap, a note, the end of
// a sentence or a line that ends before it had to.
func (t *Text) startsParagraph(i int) bool {
	if i == 0 || t.Lines[i].Gap || t.Marks[i-1].Kind != LineText || t.Marks[i-1].Label != nil && t.Marks[i-1].Rest == "" {
		return true
	}
	before := t.Lines[i-1].Text
	return letters.EndsSentence(before) || len(before)*2 < t.width
}

// lineWidth is the length in bytes that the longer lines of a text have.
func lineWidth(lines []layout.Line) int {
	const step = 16
	var counts [longestLine / step]int
	n := 0
	for _, l := range lines[:min(len(lines), 2000)] {
		counts[min(len(l.Text)/step, len(counts)-1)]++
		n++
	}
	longer := 0
	for i := len(counts) - 1; i > 0; i-- {
		if longer += counts[i]; longer*4 >= n {
			return i * step
		}
	}
	return 0
}

const longestLine = 400 // bytes; a longer line is a paragraph, and says nothing of a width

// survey counts what the document has of each style.
func (t *Text) survey(all []styles.Style) {
	t.surveys = make([]styles.Survey, len(all))
	for i := range t.surveys {
		t.surveys[i].Labels = map[*labels.Label]int{}
	}
	for i, m := range t.Marks {
		if m.Label == nil {
			continue
		}
		s := &t.surveys[m.Style]
		s.Lines++
		s.Labels[m.Label]++
		if m.Rest != "" || i+1 < len(t.Marks) && t.Marks[i+1].Label == nil && t.Marks[i+1].Kind != LineEnd {
			s.Worded++
		}
		if letters.EndsSentence(m.Rest) {
			s.Sentences++
		}
		if m.Label.Part != labels.PartNamed || m.Label.Name.Titled() {
			s.Titled++
		}
	}
	for i := range t.surveys {
		s := &t.surveys[i]
		for _, n := range s.Labels {
			if n > 1 {
				s.Repeated += n
			}
		}
		s.Colons = t.surveys[0].Repeated
	}
}

// setAside marks what stands between turns: times, page numbers, headings,
// labels without words. A break after the last turn ends the transcript.
func (t *Text) setAside() {
	more := false   // turns follow
	worded := false // text follows before the next turn
	for i := len(t.Marks) - 1; i >= 0; i-- {
		switch m := &t.Marks[i]; {
		case m.Kind == LineTurn:
			if m.Rest == "" && !worded {
				m.Kind = LineEnd // a pause, a clip
			} else {
				more = true
			}
			worded = false
		case m.Kind == lineTime:
			m.Kind = LineNote
		case m.Kind == LineText && closesTurns(t.Lines[i]):
			m.Kind, worded = LineEnd, false
		case m.Kind == LineText && (t.Lines[i].Heading > 0 || isHeadingBefore(t.Lines, t.Marks, i)):
			m.Kind = LineNote
		case m.Kind == LineText:
			worded = true
		case m.Kind == lineBreak && more:
			m.Kind = LineNote
		case m.Kind == lineBreak:
			m.Kind, worded = LineEnd, false
		case m.Kind == LineEnd:
			worded = false
		}
	}
}

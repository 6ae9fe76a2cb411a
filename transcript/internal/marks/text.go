package marks

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Text is a document with what each of its lines is.
type Text struct {
	Lines   []layout.Line // divided before labels that stood within a line
	Marks   []Mark        // of the lines
	surveys []styles.Survey
	proven  []bool // of the styles: whether the document follows it
	styles  []styles.Style
	breaks  breaks
	turns   int // that the labels begin
}

// Wrapped reports whether the lines of the text were broken where a page was full, so that
// they do not end paragraphs.
func (t *Text) Wrapped() bool { return t.breaks.wrapped }

// Read says of each line of a document what it is.
func Read(lines []layout.Line) *Text {
	all := styles.All()
	ends := readBreaks(lines)
	t := readLabels(lines, ends, all)
	for range mostShapes {
		shape, found := t.discover()
		if !found || slices.Contains(all, styles.Found(shape)) {
			break
		}
		all = append(all, styles.Found(shape))
		t = readLabels(lines, ends, all)
	}
	if split, found := splitMidline(t); found {
		t = readLabels(split, readBreaks(split), all)
	}
	t.setAside()
	t.timeTurns()
	t.leaveOutPlaceholders()
	t.findUnlabelled()
	return t
}

// leaveOutPlaceholders makes notes of the messages of a chat that its program wrote, not whoever
// has the label. A chat is told by the times of its messages.
func (t *Text) leaveOutPlaceholders() {
	for i, m := range t.Marks {
		alone := i+1 == len(t.Marks) || t.Marks[i+1].Kind != LineText
		if m.Kind == LineTurn && m.Timed && alone && lexicon.IsPlaceholder(m.Rest) {
			t.Marks[i] = Mark{Kind: LineNote}
		}
	}
}

// readLabels finds the labels at the starts of lines, and decides which of them begin
// turns.
func readLabels(lines []layout.Line, ends breaks, all []styles.Style) *Text {
	t := &Text{Lines: lines, Marks: make([]Mark, len(lines)), breaks: ends, styles: all}
	reader := labels.Reader{}
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
		if c := t.labelAt(i, reader, all); c != nil {
			t.Marks[i].Cut = c
		}
	}
	t.settleTimes()
	t.survey(all)
	if t.preferProven(reader, all) {
		t.survey(all)
	}
	j := newJudge(lines, t.Marks, t.surveys, all)
	j.decide()
	t.proven, t.turns = j.proven, CountTurns(t.Marks)
	return t
}

// preferProven cuts lines anew that have a colon, but also the form of a style that the
// document follows more than that of colons: there the colon is one of the words. It reports
// whether it did.
func (t *Text) preferProven(reader labels.Reader, all []styles.Style) (changed bool) {
	var proven []int
	colons := t.surveys[styles.Colon]
	for i, style := range all {
		if s := t.surveys[i]; i != styles.Colon && s.Lines > 0 && style.Proven(s) && s.Repeated > colons.Repeated {
			proven = append(proven, i)
		}
	}
	for i, m := range t.Marks {
		if m.Label == nil || m.Style != styles.Colon || colons.Labels[m.Label] > 1 && !m.Loose {
			continue
		}
		for _, style := range proven {
			if c, ok := styles.CutBy(reader, t.Lines[i], all, style); ok && c.Label != m.Label && len(c.Label.Text) < len(m.Label.Text) {
				t.Marks[i].Cut = t.place(i, c, all)
				changed = true
				break
			}
		}
	}
	return changed
}

// labelAt takes the label off line i; nil if it has none, or if none may stand there.
func (t *Text) labelAt(i int, reader labels.Reader, all []styles.Style) *styles.Cut {
	l := t.Lines[i]
	c, ok := styles.CutLabel(reader, l, all)
	if !ok || l.Heading > 0 && c.Rest != "" || l.Item && !c.Shape && !c.Label.StandsInList() {
		return nil // "## Gates: a survey", "- General Rule: ..."
	}
	return t.place(i, c, all)
}

// place says where in its paragraph a label stands.
func (t *Text) place(i int, c styles.Cut, all []styles.Style) *styles.Cut {
	c.First = t.startsParagraph(i) && (c.Style != styles.FullStop || t.Lines[i].Gap || i == 0 || !t.isOpen(i-1))
	c.Within = !c.First && !all[c.Style].Anywhere(c.Label)
	c.Broken = i > 0 && c.First && !t.Lines[i].Gap && !layout.BeginsWithMoment(t.Lines[i].Text) && t.Marks[i-1].Kind == LineText && t.Marks[i-1].Label == nil && !letters.EndsSentence(t.Lines[i-1].Text)
	kept := c // a copy, so that the cuts of the many other lines need no memory of their own
	return &kept
}

// isOpen reports whether line i ends within a sentence, as far as its last word tells: I was
// told by.
func (t *Text) isOpen(i int) bool {
	text := t.Lines[i].Text
	return t.Marks[i].Kind == LineText && !letters.EndsSentence(text) && (strings.HasSuffix(text, ",") || layout.WantsAnother(strings.ToLower(letters.LastWord(text))))
}

// startsParagraph reports whether a paragraph may begin with line i: behind a blank line, a
// note, a label with a line of its own, the end of a sentence, or a line that ends before it
// had to, and with a day and a time, as chats have before each line.
func (t *Text) startsParagraph(i int) bool {
	if i == 0 || t.Lines[i].Gap || t.Marks[i-1].Kind != LineText || t.Marks[i-1].Label != nil && t.Marks[i-1].Rest == "" {
		return true
	}
	if layout.BeginsWithMoment(t.Lines[i].Text) {
		return true
	}
	before := t.Lines[i-1]
	if t.breaks.hang > 0 && t.Lines[i].Indent >= t.breaks.hang {
		return false
	}
	return letters.EndsSentence(before.Text) || t.breaks.ends(before, t.Lines[i].Text)
}

// survey counts what the document has of each style; see styles.Survey.
func (t *Text) survey(all []styles.Style) {
	t.surveys = make([]styles.Survey, len(all))
	for i := range t.surveys {
		t.surveys[i].Labels = map[*labels.Label]int{}
	}
	for i, m := range t.Marks {
		if m.Label == nil || m.Within {
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

// setAside goes backwards over the lines and decides which of them are notes, and where the
// last turn ends. Times and headings are notes; a break such as *** is a note between turns,
// and an end behind the last one. A label without words before the next turn begins no turn:
// it shows a pause or a clip.
func (t *Text) setAside() {
	more := false   // a turn follows
	worded := false // text follows, before any other turn
	for i := len(t.Marks) - 1; i >= 0; i-- {
		switch m := &t.Marks[i]; {
		case m.Kind == LineTurn:
			if m.Rest == "" && !worded {
				m.Kind = LineEnd
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

package transcript

// lineKind is what a line is in labelled text.
type lineKind uint8

const (
	lineText  lineKind = iota
	lineTurn           // begins a turn
	lineEnd            // ends the transcript, or a part of it
	lineNote           // page numbers and headings between turns
	lineBreak          // ends the transcript if no turn follows, else is a note
	lineTime           // a time alone; that of the turn that begins below it
	lineClock          // such a time, or a number in a sentence
)

// mark is what was made of a line. Most lines have no label, and share the empty
// cut, so that a mark is small.
type mark struct {
	*cut
	kind lineKind
}

// prefix is what is printed before the words of a turn.
func (m mark) prefix() string {
	if m.label.text == "" {
		return ">> "
	}
	return m.label.text + m.verb + ": "
}

func countTurns(marks []mark) int {
	n := 0
	for _, m := range marks {
		if m.kind == lineTurn {
			n++
		}
	}
	return n
}

// labelledText is a document with what each of its lines is, above all whether
// it begins a turn.
type labelledText struct {
	lines   []line
	marks   []mark
	surveys []survey
	proven  []bool // which styles the document follows
	width   int    // see lineWidth
}

func newLabelledText(lines []line) *labelledText {
	t := readLabels(lines)
	if split, found := splitMidline(t); found {
		t = readLabels(split)
	}
	t.setAside()
	t.timeTurns()
	return t
}

// readLabels finds the labels at the starts of lines.
func readLabels(lines []line) *labelledText {
	t := &labelledText{lines: lines, marks: make([]mark, len(lines)), width: lineWidth(lines)}
	all := styles()
	labels := labelReader{}
	none := new(cut)
	for i, l := range lines {
		t.marks[i].cut = none
		switch {
		case l.aside:
			t.marks[i].kind = lineNote
		case !l.code:
			t.marks[i].kind = noteMark(l.text)
		}
		if l.code || t.marks[i].kind != lineText {
			continue
		}
		if c := t.labelAt(i, labels, all); c != nil {
			t.marks[i].cut = c
		}
	}
	t.settleTimes()
	t.survey(all)
	judge := newLabelJudge(lines, t.marks, t.surveys, all)
	judge.decide()
	t.proven = judge.proven
	return t
}

// labelAt takes the label off line i; nil if none may stand there.
func (t *labelledText) labelAt(i int, labels labelReader, all []style) *cut {
	l := t.lines[i]
	c, ok := cutLabel(labels, l, all)
	if !ok || l.heading > 0 && c.rest != "" || l.item && !c.label.standsInList() {
		return nil // "## Gates: a survey", "- General Rule: ..."
	}
	c.first = t.startsParagraph(i)
	if !c.first && !all[c.style].anywhere(c.label) {
		return nil
	}
	found := c // of its own, as most lines come to nothing
	return &found
}

// startsParagraph reports whether line i stands behind a gap, a note, the end of
// a sentence or a line that ends before it had to.
func (t *labelledText) startsParagraph(i int) bool {
	if i == 0 || t.lines[i].gap || t.marks[i-1].kind != lineText || t.marks[i-1].label != nil && t.marks[i-1].rest == "" {
		return true
	}
	before := t.lines[i-1].text
	return endsSentence(before) || len(before)*2 < t.width
}

const longestLine = 400 // bytes; a longer line is a paragraph, and says nothing of a width

// lineWidth is the length in bytes that the longer lines of a text have.
func lineWidth(lines []line) int {
	const step = 16
	var counts [longestLine / step]int
	n := 0
	for _, l := range lines[:min(len(lines), 2000)] {
		counts[min(len(l.text)/step, len(counts)-1)]++
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

// timeTurns gives turns the time that stands on the line above them, or that
// the file has for their first line.
func (t *labelledText) timeTurns() {
	var last clock
	for i := range t.marks {
		m := &t.marks[i]
		if m.kind == lineTurn && m.clock.startMS == nil {
			m.clock = last
			if at := t.lines[i].startMS; at != nil {
				m.clock = clock{startMS: at}
			}
		}
		if m.kind != lineNote {
			last = clock{}
		} else if c, rest, ok := leadingClock(t.lines[i].text); ok && rest == "" {
			last = c
		}
	}
}

// settleTimes takes bare times for text where they are few: 12:30 alone may be an
// answer.
func (t *labelledText) settleTimes() {
	n := 0
	for _, m := range t.marks {
		if m.kind == lineClock {
			n++
		}
	}
	for i := range t.marks {
		if t.marks[i].kind == lineClock {
			t.marks[i].kind = lineText
			if n > 2 {
				t.marks[i].kind = lineTime
			}
		}
	}
}

// survey counts what the document has of each style.
func (t *labelledText) survey(all []style) {
	t.surveys = make([]survey, len(all))
	for i := range t.surveys {
		t.surveys[i].labels = map[*label]int{}
	}
	for i, m := range t.marks {
		if m.label == nil {
			continue
		}
		s := &t.surveys[m.style]
		s.lines++
		s.labels[m.label]++
		if m.rest != "" || i+1 < len(t.marks) && t.marks[i+1].label == nil && t.marks[i+1].kind != lineEnd {
			s.worded++
		}
		if endsSentence(m.rest) {
			s.sentences++
		}
		if m.label.part != partNamed || len(m.label.name.titles) > 0 && len(m.label.name.name) > 0 {
			s.titled++
		}
	}
	for i := range t.surveys {
		s := &t.surveys[i]
		for _, n := range s.labels {
			if n > 1 {
				s.repeated += n
			}
		}
		s.colons = t.surveys[0].repeated
	}
}

// setAside marks what stands between turns: times, page numbers, headings,
// labels without words. A break after the last turn ends the transcript.
func (t *labelledText) setAside() {
	more := false   // turns follow
	worded := false // text follows before the next turn
	for i := len(t.marks) - 1; i >= 0; i-- {
		switch m := &t.marks[i]; {
		case m.kind == lineTurn:
			if m.rest == "" && !worded {
				m.kind = lineEnd // a pause, a clip
			} else {
				more = true
			}
			worded = false
		case m.kind == lineTime:
			m.kind = lineNote
		case m.kind == lineText && closesTurns(t.lines[i]):
			m.kind, worded = lineEnd, false
		case m.kind == lineText && (t.lines[i].heading > 0 || isHeadingBefore(t.lines, t.marks, i)):
			m.kind = lineNote
		case m.kind == lineText:
			worded = true
		case m.kind == lineBreak && more:
			m.kind = lineNote
		case m.kind == lineBreak:
			m.kind, worded = lineEnd, false
		case m.kind == lineEnd:
			worded = false
		}
	}
}

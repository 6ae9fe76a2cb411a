package transcript

import "strings"

// lineKind is what a line is in labelled text.
type lineKind int

const (
	lineText  lineKind = iota
	lineTurn           // begins a turn
	lineEnd            // ends the transcript, or a part of it
	lineNote           // page numbers and headings between turns
	lineBreak          // ends the transcript if no turn follows, else is a note
)

// mark is what was made of a line.
type mark struct {
	kind  lineKind
	label *label // nil if the line has none
	rest  string // the words after the label
	first bool   // the label stands at the start of a paragraph
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

// labelled says of each line what it is, above all whether it begins a turn.
func labelled(lines []line) []mark {
	marks := make([]mark, len(lines))
	labels := labelReader{}
	counts := map[*label]int{}
	before := "" // the line before, where it is part of the talk
	for i, l := range lines {
		if l.aside {
			before = ""
			continue
		}
		former := before
		if marks[i].kind = endMark(l.text); marks[i].kind != lineText {
			before = ""
			continue
		}
		before = l.text
		lab, rest := labels.split(l.text)
		if lab == nil {
			continue
		}
		if first := former == "" || l.gap || endsSentence(former); first || lab.upper {
			marks[i] = mark{lineText, lab, rest, first}
			counts[lab]++
		}
	}
	newLabelJudge(lines, marks, counts).decide(marks)
	setAside(lines, marks)
	return marks
}

// setAside marks what stands between turns: page numbers, headings, labels
// without words. A break after the last turn ends the transcript.
func setAside(lines []line, marks []mark) {
	more := false // turns follow
	for i := len(marks) - 1; i >= 0; i-- {
		switch m := &marks[i]; {
		case m.kind == lineTurn && m.rest == "" && (i+1 == len(marks) || marks[i+1].kind != lineText):
			m.kind = lineEnd // a pause, a clip
		case m.kind == lineTurn:
			more = true
		case m.kind == lineText && (lines[i].aside || isHeadingBefore(lines, marks, i)):
			m.kind = lineNote
		case m.kind == lineBreak && more:
			m.kind = lineNote
		case m.kind == lineBreak:
			m.kind = lineEnd
		}
	}
}

// labelJudge decides which labels are speakers'. A paragraph may begin "One
// thing: ...", so a label must prove itself, by its form or by coming again; but
// one that is missed gives its words to the speaker before.
type labelJudge struct {
	counts  map[string]int  // by key
	names   map[string]bool // of the title block
	certain map[*label]bool
	single  bool // some label that is certain has one word in capitals
}

func newLabelJudge(lines []line, marks []mark, counts map[*label]int) *labelJudge {
	j := &labelJudge{counts: map[string]int{}, certain: map[*label]bool{}}
	for l, n := range counts {
		j.counts[l.key] += n
	}
	j.names = j.frontNames(lines, marks)
	for l := range counts {
		if !j.isCertain(l) {
			continue
		}
		j.certain[l] = true
		j.single = j.single || l.upper && l.part == partNamed && len(l.words) == 1
	}
	return j
}

// frontNames are the folded words with capitals that stand before the first
// label that comes again.
func (j *labelJudge) frontNames(lines []line, marks []mark) map[string]bool {
	names := map[string]bool{}
	for i, l := range lines[:min(len(lines), frontLimit)] {
		if lab := marks[i].label; lab != nil {
			if j.counts[lab.key] > 1 {
				break
			}
			continue
		}
		for _, w := range scanWords(head(l.text, 200)) {
			if w.capital() {
				names[fold(w.text)] = true
			}
		}
	}
	return names
}

// isCertain accepts labels that come again, known parts in capitals, and names
// with a title.
func (j *labelJudge) isCertain(l *label) bool {
	switch {
	case fieldLabels[l.first()] || proseLabels[l.first()] || len(l.words) == 0:
		return false
	case j.counts[l.key] > 1:
		return true
	case l.part != partNamed || len(l.words) == 1 && functionLabels[l.first()]:
		return l.upper || isNumbered(l.text) && len(l.words) > 1
	}
	return len(l.name.titles) > 0 && len(l.name.name) > 0 && (l.upper || allNameWords(l.name.name))
}

// decide marks the lines that begin a turn.
func (j *labelJudge) decide(marks []mark) {
	begun := false
	for i, m := range marks {
		if m.label == nil || !j.certain[m.label] && !j.accepts(m) {
			continue
		}
		if !begun && (namesCast(m) || !j.certain[m.label] && m.rest != "" && !endsSentence(m.rest)) {
			continue // of the title block
		}
		marks[i].kind = lineTurn
		begun = true
	}
}

// accepts decides for a label that is not certain, in its place.
func (j *labelJudge) accepts(m mark) bool {
	l := m.label
	switch {
	case fieldLabels[l.first()] || proseLabels[l.first()] || len(l.words) == 0 || !m.first:
		return false
	case l.part != partNamed:
		return len(l.words) > 1 || !everydayParts[l.first()]
	case castFields[l.first()] != "":
		return false
	case len(l.name.titles) > 0:
		return l.upper
	case len(l.name.name) == 1:
		return j.names[l.name.surname()] || l.upper && j.single
	}
	return (len(j.certain) > 0 || l.upper) && allNameWords(l.name.name)
}

// namesCast reports whether a label of a title block tells who has a part
// rather than what they say: "MODERATOR: Jane Roe, Harbour Press Office".
func namesCast(m mark) bool {
	if len(m.label.words) != 1 || castFields[m.label.first()] == "" || endsSentence(m.rest) {
		return false
	}
	r := newReader(m.rest)
	_, name := r.fullName()
	_, _, person := readPerson(m.rest)
	return person || name && r.done()
}

func allNameWords(words []string) bool {
	for i, w := range words {
		if !isNameWord(w) && !(i > 0 && particles[bare(w)]) {
			return false
		}
	}
	return true
}

// endMark recognises what closes a transcript: # # #, END 2:15 P.M. EST, (End of
// transcript.), and what may: ***, the bare time of the end, [00:12:30].
func endMark(s string) lineKind {
	if s == "" || len(s) > 90 || !strings.ContainsAny(s[:1], "#*-[(<.0123456789EeFf") {
		return lineText
	}
	switch strings.ReplaceAll(s, " ", "") {
	case "###", "##", "####", "-30-":
		return lineEnd
	case "***", "****", "*****", "---":
		return lineBreak
	}
	lower := strings.ToLower(strings.Trim(s, "-–—*#.()[]<> "))
	note := strings.HasPrefix(s, "(") || strings.HasPrefix(s, "[")
	switch after, ends := strings.CutPrefix(lower, "end"); {
	case isClock(lower), note && strings.Trim(s, "[]()0123456789:., -") == "" && strings.Contains(s, ":"):
		return lineBreak
	case ends && (after == "" || isClock(strings.TrimSpace(after)) || endedThings[lastWord(after)]),
		note && containsAny(lower, "concluded", "adjourned", "was recessed"):
		return lineEnd
	}
	return lineText
}

// endedThings are what "End of ..." tells the end of.
var endedThings = wordSet(`transcript transcription interview briefing hearing recording call session audio video tape proceedings
	part file conversation meeting document`)

// isClock reports whether a lower-case line holds a time of day and no more:
// 12:40 p.m. est.
func isClock(s string) bool {
	digits := strings.TrimLeft(s, "0123456789")
	if digits == s || !strings.HasPrefix(digits, ":") {
		return false
	}
	rest := strings.TrimLeft(digits, ":0123456789 ")
	for _, half := range []string{"a.m.", "p.m.", "a.m", "p.m", "am", "pm"} {
		if zone, ok := strings.CutPrefix(rest, half); ok {
			return len(strings.TrimSpace(zone)) <= len("(eastern)")
		}
	}
	return false
}

// isHeadingBefore reports whether line i is a heading, in capitals or of
// Markdown, that stands between the end of one turn and the label of the next.
func isHeadingBefore(lines []line, marks []mark, i int) bool {
	if !lines[i].gap || i+1 >= len(lines) || marks[i+1].kind != lineTurn || !lines[i+1].gap {
		return false
	}
	text := lines[i].text
	caps := len(text) < 100 && strings.Contains(text, " ") && strings.ToUpper(text) == text && strings.ToLower(text) != text
	return (caps || strings.HasPrefix(text, "#")) && (i == 0 || endsSentence(lines[i-1].text))
}

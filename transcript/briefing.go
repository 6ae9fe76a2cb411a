package transcript

import (
	"strings"
)

// A briefing is text whose turns begin with a label at the start of a line:
//
//	MS. ROE: Good morning.
//	QUESTION: Jane Poe, Harbour Radio. ...
//
// So are most hearings, panels and calls. A title block may come before the
// first label and boilerplate after an end mark; both stay outside the turns.

func scoreBriefing(doc *document) float64 {
	switch n := countTurns(labelled(doc.lines())); {
	case n == 0:
		return 0
	case n == 1:
		return .3
	default:
		return .9
	}
}

func readBriefing(doc *document) (*Transcript, error) {
	lines := doc.lines()
	marks := labelled(lines)
	if countTurns(marks) == 0 {
		return nil, errNoTurns()
	}
	first := 0
	for marks[first].kind != lineTurn {
		first++
	}
	var c canonical
	for _, block := range blocks(lines[:first]) {
		c.outside(block)
	}
	writeTurns(&c, lines[first:], marks[first:])
	t := c.transcript()
	front := readFront(lines[:first], surnamesOf(t.Turns))
	front.apply(t)
	namePeople(t, front)
	assignRoles(t.Turns)
	return t, nil
}

// blocks are the paragraphs of a title block, whose lines stay as they are.
func blocks(lines []line) []string {
	var out []string
	for _, l := range lines {
		if l.gap || len(out) == 0 {
			out = append(out, l.text)
		} else {
			out[len(out)-1] += "\n" + l.text
		}
	}
	return out
}

// lineKind is what a line is in labelled text.
type lineKind int

const (
	lineText lineKind = iota
	lineTurn          // begins a turn
	lineEnd           // ends the transcript, or a part of it
	lineNote          // page numbers and headings between turns
)

// mark is what was made of a line.
type mark struct {
	kind  lineKind
	label label
	rest  string // the words after the label
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

// labelled finds the lines that begin a turn. A label must prove itself by its
// form or by coming again: a paragraph may begin "One thing: ...".
func labelled(lines []line) []mark {
	marks := make([]mark, len(lines))
	counts := map[string]int{}
	for i, l := range lines {
		if isEndMark(l.text) {
			marks[i].kind = lineEnd
			continue
		}
		if lab, rest, ok := splitLabel(l.text); ok && mayFollow(lines, i, lab) {
			marks[i] = mark{lineText, lab, rest}
			counts[labelKey(lab.text)]++
		}
	}
	verdicts := map[string]bool{}
	for key, n := range counts {
		verdicts[key] = provenByCount(key, n)
	}
	for i := range marks {
		lab := marks[i].label
		if lab.text != "" && (verdicts[labelKey(lab.text)] || provenByForm(lab)) {
			marks[i].kind = lineTurn
		}
	}
	for i, l := range lines {
		if marks[i].kind == lineText && isPageNumber(l.text) || isHeadingBefore(lines, marks, i) {
			marks[i].kind = lineNote
		}
	}
	return marks
}

// mayFollow reports whether a label may stand on line i: anywhere in capitals,
// otherwise only where the line before it has come to an end.
func mayFollow(lines []line, i int, lab label) bool {
	return i == 0 || lines[i].gap || lab.upper || endsSentence(lines[i-1].text)
}

func labelKey(text string) string { return fold(withoutNote(text)) }

// provenByForm accepts a label that comes once: one in capitals, with a title,
// or of a known part.
func provenByForm(l label) bool {
	words := labelWords(l.text)
	if len(words) == 0 || fieldLabels[words[0]] || proseLabels[words[0]] {
		return false
	}
	if l.upper || partOf(l.text) != partNamed && isNumbered(l.text) {
		return true
	}
	name := strings.Fields(withoutNote(l.text))
	return len(name) > 1 && (isHonorific(name[0]) || isTitle(name[0])) && isNameWord(name[len(name)-1])
}

// provenByCount accepts a label of mixed case that comes again.
func provenByCount(key string, n int) bool {
	words := strings.Fields(key)
	return n > 1 && !fieldLabels[words[0]] && !proseLabels[words[0]]
}

// writeTurns puts the turns into the canonical text; lines begins with one.
func writeTurns(c *canonical, lines []line, marks []mark) {
	wrap := wrapped(lines)
	var body []line
	flush := func() {
		for _, p := range paragraphs(body, wrap) {
			if c.open {
				c.paragraph(p)
			} else {
				c.outside(p)
			}
		}
		body = body[:0]
	}
	for i, l := range lines {
		switch marks[i].kind {
		case lineTurn:
			flush()
			c.begin(printed(marks[i].label), Turn{Label: Optional(marks[i].label.text)})
			if marks[i].rest != "" {
				body = append(body, line{marks[i].rest, true})
			}
		case lineText:
			body = append(body, l)
		case lineNote:
			if c.open {
				c.aside = append(c.aside, l.text)
			} else {
				body = append(body, l)
			}
		case lineEnd:
			flush()
			c.end()
			c.outside(l.text)
		}
	}
	flush()
	c.end()
}

func printed(l label) string {
	if l.bare {
		return l.text + " "
	}
	return l.text + ": "
}

// isEndMark recognises what closes a transcript: # # #, ***, END 2:15 P.M. EST,
// (End of transcript.), or the bare time of the end.
func isEndMark(s string) bool {
	if len(s) > 90 {
		return false
	}
	marks := strings.ReplaceAll(s, " ", "")
	switch marks {
	case "###", "##", "####", "-30-", "—30—", "***", "****":
		return true
	}
	lower := strings.ToLower(strings.Trim(s, "-–—*#.()[]<> "))
	switch {
	case lower == "end", lower == "fin", strings.HasPrefix(lower, "end of "), lower == "end transcript":
		return true
	case isClock(lower), strings.HasPrefix(lower, "end ") && isClock(lower[4:]):
		return true
	}
	note := strings.HasPrefix(s, "(") || strings.HasPrefix(s, "[")
	return note && (strings.Contains(lower, "concluded") || strings.Contains(lower, "adjourned") || strings.Contains(lower, "was recessed"))
}

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
	return rest == ""
}

// isPageNumber recognises the lines that page breaks leave behind.
func isPageNumber(s string) bool {
	lower := strings.ToLower(strings.Trim(s, "-–— []"))
	rest, page := strings.CutPrefix(lower, "page ")
	rest = strings.TrimSpace(rest)
	digits := strings.TrimLeft(rest, "0123456789")
	if digits == rest || len(rest) > 12 {
		return false
	}
	return digits == "" && (page || lower != s || len(s) <= 4) || page && strings.HasPrefix(strings.TrimSpace(digits), "of ")
}

// isHeadingBefore reports whether line i is a heading that stands between the
// end of one turn and the label of the next.
func isHeadingBefore(lines []line, marks []mark, i int) bool {
	if marks[i].kind != lineText || !lines[i].gap || i+1 >= len(lines) || marks[i+1].kind != lineTurn || !lines[i+1].gap {
		return false
	}
	return isHeading(lines[i].text, "") && (i == 0 || endsSentence(lines[i-1].text))
}

package transcript

import "strings"

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
	counts := map[string]int{}
	for i, l := range lines {
		if isEndMark(l.text) {
			marks[i].kind = lineEnd
		} else if lab, rest, ok := splitLabel(l.text); ok && mayFollow(lines, i, lab) {
			marks[i] = mark{lineText, lab, rest, i == 0 || l.gap || endsSentence(lines[i-1].text)}
			counts[lab.key()]++
		}
	}
	judge := labelJudge{counts: counts, names: frontNames(lines, marks, counts)}
	judge.hear(marks)
	begun := false
	for i := range marks {
		if marks[i].label.text == "" || !judge.accepts(marks[i]) || !begun && namesCast(marks[i]) {
			continue
		}
		marks[i].kind = lineTurn
		begun = true
	}
	for i := range marks {
		switch {
		case marks[i].kind == lineTurn && marks[i].rest == "" && (i+1 == len(marks) || marks[i+1].kind != lineText):
			marks[i].kind = lineEnd // a label without words: a pause, a clip
		case marks[i].kind == lineText && (isPageNumber(lines[i].text) || isHeadingBefore(lines, marks, i)):
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

// namesCast reports whether a label of a title block tells who has a part
// rather than what they say: "MODERATOR: Jane Roe, Harbour Press Office".
func namesCast(m mark) bool {
	words := labelWords(m.label.text)
	_, person := personRow(m.rest)
	return person && len(words) == 1 && castFields[words[0]] && !endsSentence(m.rest)
}

// frontNames are the folded words with capitals that stand before the first
// label that comes again: a label of one word that comes once may be there.
func frontNames(lines []line, marks []mark, counts map[string]int) map[string]bool {
	names := map[string]bool{}
	for i, l := range lines[:min(len(lines), frontLimit)] {
		if counts[marks[i].label.key()] > 1 {
			break
		}
		if marks[i].label.text != "" {
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

// labelJudge decides which labels are speakers'. A paragraph may begin "One
// thing: ...", so a label must prove itself, by its form or by coming again; but
// one that is missed gives its words to the speaker before.
type labelJudge struct {
	counts map[string]int
	names  map[string]bool // in the title block
	proven bool            // some label is a speaker's beyond doubt
	single bool            // so is one of a single word in capitals
}

// hear finds out what kinds of labels are beyond doubt.
func (j *labelJudge) hear(marks []mark) {
	for _, m := range marks {
		if m.label.text == "" || !j.beyondDoubt(m.label) {
			continue
		}
		j.proven = true
		j.single = j.single || m.label.upper && partOf(m.label.text) == partNamed && !strings.Contains(m.label.text, " ")
	}
}

// beyondDoubt accepts labels that come again, known parts in capitals, and
// titles with names.
func (j *labelJudge) beyondDoubt(l label) bool {
	words := labelWords(l.text)
	if len(words) == 0 || fieldLabels[words[0]] || proseLabels[words[0]] {
		return false
	}
	if j.counts[l.key()] > 1 {
		return true
	}
	p := partOf(l.text)
	if !p.isPerson() || p == partPresider || len(words) == 1 && functionLabels[words[0]] {
		return l.upper || isNumbered(l.text) && len(words) > 1
	}
	name := readLabelName(l.text)
	return len(name.titles) > 0 && len(name.name) > 0 && (l.upper || allNameWords(name.name))
}

// accepts decides for a label in its place.
func (j *labelJudge) accepts(m mark) bool {
	if j.beyondDoubt(m.label) {
		return true
	}
	words := labelWords(m.label.text)
	if len(words) == 0 || fieldLabels[words[0]] || proseLabels[words[0]] {
		return false
	}
	if p := partOf(m.label.text); !p.isPerson() {
		return m.first && (len(words) > 1 || !everydayParts[words[0]])
	}
	name := readLabelName(m.label.text)
	switch {
	case castFields[words[0]]:
		return false
	case len(name.titles) > 0:
		return m.label.upper
	case len(name.name) == 1:
		return m.first && (j.names[name.surname()] || m.label.upper && j.single)
	}
	return m.first && (j.proven || m.label.upper) && allNameWords(name.name)
}

// everydayParts begin sentences too: "Question: is it safe?"
var everydayParts = wordSet(`question answer questions press media chair host speaker member members man woman voice voices
	all several various male female a`)

func allNameWords(words []string) bool {
	for i, w := range words {
		if !isNameWord(w) && !(i > 0 && particles[bare(w)]) {
			return false
		}
	}
	return true
}

// isEndMark recognises what closes a transcript: # # #, ***, END 2:15 P.M. EST,
// (End of transcript.), or the bare time of the end.
func isEndMark(s string) bool {
	if len(s) > 90 {
		return false
	}
	switch strings.ReplaceAll(s, " ", "") {
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
	return note && containsAny(lower, "concluded", "adjourned", "was recessed")
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
	if len(s) > 24 {
		return false
	}
	core := strings.ToLower(strings.Trim(s, "-–— []"))
	number, named := strings.CutPrefix(core, "page ")
	rest := strings.TrimSpace(strings.TrimLeft(number, "0123456789"))
	switch {
	case strings.TrimLeft(number, "0123456789") == number:
		return false
	case rest == "":
		return named || len(number) <= 4
	}
	return named && (strings.HasPrefix(rest, "of ") || strings.HasPrefix(rest, "/"))
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

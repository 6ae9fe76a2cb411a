package transcript

import "strings"

// The label has a line of its own, often a heading or in bold, and the words
// follow below:
//
//	JANE ROE
//	Good morning.

func cutOwnLine(r labelReader, l line) (cut, bool) {
	if len(l.text) > longestLabel/2 || l.timed || l.cells || strings.IndexByte("0123456789#*-[(", l.text[0]) >= 0 {
		return cut{}, false
	}
	text := strings.TrimRight(l.text, ":")
	if _, ok := labelForm(text); !ok || endsSentence(text) {
		return cut{}, false
	}
	lab := r.read(text)
	person := lab.name.full() && allNameWords(lab.name.name) || len(lab.name.titles) > 0 && len(lab.name.name) > 0
	c := cut{label: lab, apart: person && !lab.upper && (l.heading > 0 || l.strong == len(l.text))}
	return c, person || lab.part != partNamed || lab.upper && len(lab.words) == 1
}

func provenOwnLine(s survey) bool {
	return s.alternates() && s.lines > 3 && s.lines > s.colons
}

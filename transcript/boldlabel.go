package transcript

import "strings"

// Bold type alone sets the label apart:
//
//	**JANE ROE** Good morning.
//	**Jane Roe**	Good morning.

func cutBold(r labelReader, l line) (cut, bool) {
	if l.strong == 0 || l.strong >= len(l.text) || l.strong > longestLabel {
		return cut{}, false
	}
	text := strings.TrimRightFunc(l.text[:l.strong], isDecoration)
	rest := strings.TrimLeftFunc(l.text[l.strong:], isDecoration)
	c := readCut(r, strings.TrimSuffix(text, "."), rest)
	c.bold = true
	_, ok := labelForm(c.label.text)
	return c, ok && c.rest != "" && !startsLower(c.rest)
}

func provenBold(s survey) bool {
	return s.again() > 0 && s.repeated*2 >= s.lines && s.lines > 2 || s.titled*2 >= s.lines && s.titled > 1
}

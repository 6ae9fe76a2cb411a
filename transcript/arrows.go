package transcript

import "strings"

// Captions of broadcasts mark a change of speaker by arrows, and seldom say
// whose words follow:
//
//	>> ROE: Good morning.
//	>> Good morning to you.

func cutArrows(r labelReader, l line) (cut, bool) {
	rest, ok := strings.CutPrefix(l.text, ">>")
	if !ok {
		return cut{}, false
	}
	l.text = strings.TrimLeft(rest, "> \u00a0")
	if l.text == "" {
		return cut{}, false
	}
	if c, ok := cutColon(r, l); ok && (c.label.upper || c.label.part != partNamed || allNameWords(c.label.name.name)) {
		c.apart = true
		return c, true
	}
	return cut{label: r.read(""), rest: l.text}, true
}

func provenArrows(s survey) bool { return s.lines > 1 }

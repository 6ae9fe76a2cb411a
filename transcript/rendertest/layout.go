package rendertest

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// A layout is how turns stand on a page of text.
type layout struct {
	width       int // at which lines are wrapped; 0: a paragraph is a line
	first, rest int // columns before the first line of a turn, and before the others
	gap         bool
	paragraphs  bool // may be several in a turn
	unended     bool // some turns end without a mark
}

// newLayout draws a layout in which the form can be read.
func newLayout(r *rand.Rand, f Form, joined bool) layout {
	l := layout{gap: chance(r, .6), paragraphs: chance(r, .4)}
	sure, own := f.strong() || f.key.loud, f.separator.own || f.second != nil && f.second.separator.own
	if f.container == markdown && !l.gap {
		l.gap = chance(r, .7)
	}
	if !joined && f.container == plain && chance(r, .5) || f.container == markdown && chance(r, .1) {
		l.width = 60 + 4*r.IntN(11)
	}
	if f.container == plain && l.width > 0 && !strings.Contains(f.moment.format, "\n") {
		switch r.IntN(4) {
		case 0:
			l.first = 2 + 2*r.IntN(5)
		case 1:
			l.rest = 2 + 2*r.IntN(10)
		}
	}
	if f.separator.column > 0 && f.container == plain {
		l.first, l.rest = 0, f.separator.column
	}
	flush := l.first == l.rest
	if !sure && (own || l.width > 0 && flush) {
		l.gap = true
	}
	if !l.gap && (own || l.width > 0 && flush || !sure) {
		l.paragraphs = false
	}
	l.unended = chance(r, .25) && (l.gap || sure && !(own && l.width > 0))
	return l
}

// turn writes one turn: its head, which may end in the middle of a line, and paragraphs.
func (l layout) turn(head string, paragraphs []string) []string {
	heads := strings.Split(head, "\n")
	var lines []string
	for _, h := range heads[:len(heads)-1] {
		lines = append(lines, pad(l.first)+h)
	}
	prefix := strings.ReplaceAll(heads[len(heads)-1], " ", glue)
	for i, p := range paragraphs {
		first := l.first
		if i > 0 || prefix == "" {
			first = max(l.first, l.rest)
		}
		if i > 0 && l.gap {
			lines = append(lines, "")
		}
		if i > 0 {
			prefix = ""
		}
		lines = append(lines, l.wrap(prefix+strings.TrimLeft(p, glue), first)...)
	}
	return lines
}

// wrap divides a paragraph into lines.
func (l layout) wrap(text string, first int) []string {
	if l.width == 0 {
		return []string{pad(first) + strings.ReplaceAll(text, glue, " ")}
	}
	var lines []string
	line, indent := "", first
	for _, w := range strings.FieldsFunc(text, func(c rune) bool { return c == ' ' }) { // a tab behind a label stays
		if line != "" && indent+utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > l.width {
			lines = append(lines, pad(indent)+strings.ReplaceAll(line, glue, " "))
			line, indent = "", l.rest
		}
		line = strings.TrimPrefix(line+" "+w, " ")
	}
	return append(lines, pad(indent)+strings.ReplaceAll(line, glue, " "))
}

func pad(n int) string { return strings.Repeat(" ", n) }

// unend takes the mark at the end of a turn away.
func unend(r *rand.Rand, paragraphs []string) {
	last := &paragraphs[len(paragraphs)-1]
	*last = strings.TrimRight(*last, ".?!。？！؟")
	if chance(r, .3) {
		*last += pick(r, []string{"—", " –", "..."})
	}
}

package main

import (
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// wrapper breaks lines between words where they would become wider than a screen. What has
// no place to break at, such as a URL, stays whole. It is told its text in any pieces.
type wrapper struct {
	to     io.Writer
	width  int    // in columns; 0: lines stay as they are
	indent string // of the lines that a line goes on in

	column, blanks int // where the line is, and the spaces behind it
	word           strings.Builder
	columns        int  // of the word
	last           rune // of the word
	command        bool // of the terminal, such as for bold, is being written
}

// wrapped is a whole text.
func wrapped(text string, width int, indent string) string {
	var b strings.Builder
	w := wrapper{to: &b, width: width, indent: indent}
	w.print(text)
	w.flush()
	return b.String()
}

func (w *wrapper) print(text string) {
	if w.width == 0 {
		io.WriteString(w.to, text)
		return
	}
	for _, r := range text {
		switch {
		case w.command || r == '\033':
			w.command = r != 'm'
			w.word.WriteRune(r)
		case r == '\n':
			w.flush()
			io.WriteString(w.to, "\n")
			w.column, w.blanks = 0, 0
		case r == ' ':
			w.flush()
			w.blanks++
		default:
			if breaksBetween(w.last, r) {
				w.flush()
			}
			w.word.WriteRune(r)
			w.columns += columnsOf(r)
			w.last = r
		}
	}
}

// flush writes the word, on the next line if it does not fit.
func (w *wrapper) flush() {
	if w.word.Len() == 0 {
		return
	}
	if w.column > len(w.indent) && w.column+w.blanks+w.columns > w.width {
		io.WriteString(w.to, "\n"+w.indent)
		w.column, w.blanks = len(w.indent), 0
	}
	io.WriteString(w.to, strings.Repeat(" ", w.blanks)+w.word.String())
	w.column += w.blanks + w.columns
	w.word.Reset()
	w.blanks, w.columns, w.last = 0, 0, 0
}

// breaksBetween reports whether a line may break between two characters without a space:
// beside wide ones, which make up words without spaces, but not before or behind the marks
// that belong to them.
func breaksBetween(a, b rune) bool {
	return a != 0 && (columnsOf(a) == 2 || columnsOf(b) == 2) &&
		!unicode.In(a, unicode.Ps, unicode.Pi) && !unicode.In(b, unicode.Pe, unicode.Pf, unicode.Po, unicode.Lm, unicode.Mn)
}

// columnsOf is how many columns of a terminal a character takes.
func columnsOf(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

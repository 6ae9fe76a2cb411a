package text

import (
	"strings"
	"unicode"
)

const tabWidth = 8 // columns between tab stops, as terminals and typewriters have them

// Indent counts the columns of white space at the start of a line, with tabs up to
// the next tab stop.
func Indent(line string) int {
	columns := 0
	for _, r := range line {
		switch {
		case r == '\t':
			columns += tabWidth - columns%tabWidth
		case unicode.IsSpace(r):
			columns++
		default:
			return columns
		}
	}
	return columns
}

// UnifyLines makes \n of every line end, be it of Windows, of old Macs or of Unicode,
// and a blank line of a form feed or a paragraph separator.
func UnifyLines(text string) string {
	for _, end := range lineEnds {
		text = strings.ReplaceAll(text, end[0], end[1]) // which is the text itself where there is none
	}
	return text
}

// lineEnds are what ends lines, and what is made of it; a carriage return by itself comes
// after the pair.
var lineEnds = [][2]string{{"\r\n", "\n"}, {"\r", "\n"}, {"\f", "\n\n"}, {"\v", "\n"}, {"\u0085", "\n"}, {"\u2028", "\n"}, {"\u2029", "\n\n"}}

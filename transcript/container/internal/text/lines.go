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
	for _, end := range []string{"\r", "\f", "\v", "\u0085", "\u2028", "\u2029"} {
		if strings.Contains(text, end) {
			return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n", "\v", "\n",
				"\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(text)
		}
	}
	return text
}

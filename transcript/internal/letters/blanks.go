package letters

import "unicode"

// Blanks counts the white space at the start of a text, a tab as many.
func Blanks(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			break
		}
		if n++; r == '\t' {
			n += tabBlanks
		}
	}
	return n
}

const tabBlanks = 7

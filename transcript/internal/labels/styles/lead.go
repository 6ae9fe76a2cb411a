package styles

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// firstWord is a text up to its first blank.
func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}

const mostLead = 4 // figures of a number before a label

// cutLead takes the number or the bullet off the start of a line, behind which a label may
// stand: "1. ", "12) ", "(3) ", "007  ", "• ",
// "- ", "#4 ".
func cutLead(s string) (lead, rest string) {
	r, size := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("•·‣▪◦-–—*#>", r) {
		if after := strings.TrimLeft(s[size:], " \t"); after != s[size:] && after != "" {
			return s[:len(s)-len(after)], after
		}
		if r != '#' {
			return "", s
		}
	}
	open := strings.TrimLeft(s, "(#[")
	figures := strings.TrimLeft(open, "0123456789")
	if n := len(open) - len(figures); n == 0 || n > mostLead || len(s)-len(open) > 1 {
		return "", s
	}
	after := strings.TrimLeft(figures, ".)]")
	if rest = strings.TrimLeftFunc(after, unicode.IsSpace); rest == after || len(figures) == len(after) && len(open) == len(s) && letters.Blanks(after) < 2 || rest == "" {
		return "", s
	}
	if first, _ := utf8.DecodeRuneInString(rest); !unicode.IsLetter(first) && !strings.ContainsRune("<*+", first) || letters.StartsLower(rest) && !lexicon.Particles[firstWord(rest)] {
		return "", s
	}
	return s[:len(s)-len(rest)], rest
}

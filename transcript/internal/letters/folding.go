package letters

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bare is a word as the sets above hold it.
func Bare(word string) string {
	return strings.ToLower(strings.ReplaceAll(strings.Trim(word, ".,;:()[]\"“”"), "’", "'"))
}

// Fold makes names comparable: case, accents and typographic marks do not count.
func Fold(name string) string {
	name = strings.ToLower(PlainMarks(name))
	if IsASCII(name) {
		return name
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(name) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

var typographic = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "‑", "-", "\u00ad", "")

// PlainMarks makes typewriter marks of typographic ones, and single blanks of
// white space: names are looked up, and are typed so.
func PlainMarks(s string) string {
	if !IsASCII(s) {
		s = typographic.Replace(s)
	}
	return PlainBlanks(s)
}

// PlainBlanks makes single blanks of all white space.
func PlainBlanks(s string) string {
	blank := true // at the start, or behind a blank
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' || c == ' ' && blank {
			return strings.Join(strings.Fields(s), " ")
		}
		blank = s[i] == ' '
	}
	return strings.TrimSuffix(s, " ")
}

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

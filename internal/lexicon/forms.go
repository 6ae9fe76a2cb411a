package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// IsASCII reports whether a text has ASCII characters alone.
func IsASCII(s string) bool {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if (s[i] | s[i+1] | s[i+2] | s[i+3] | s[i+4] | s[i+5] | s[i+6] | s[i+7]) >= utf8.RuneSelf {
			return false
		}
	}
	for ; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// IsInitial reports whether a word is one letter, with or without a full stop.
func IsInitial(word string) bool {
	return utf8.RuneCountInString(strings.TrimSuffix(word, ".")) == 1
}

// Bare is a word as the lists hold it: in small letters, without the marks around it.
func Bare(word string) string {
	if isBare(word) {
		return word
	}
	return strings.ToLower(strings.ReplaceAll(strings.TrimFunc(word, isAround), "’", "'"))
}

// isBare reports whether a word is of small letters of ASCII alone, as most are.
func isBare(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}

// isAround reports whether a mark may stand around words.
func isAround(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '(', ')', '[', ']', '"', '“', '”':
		return true
	}
	return false
}

// isIn reports whether any of the sets holds Bare(word). Of a word in ASCII it makes no copy:
// titles are looked for among all words in capitals.
func isIn(word string, sets ...map[string]bool) bool {
	var room [longestInPlace]byte
	lower := room[:0]
	word = strings.TrimFunc(word, isAround)
	if len(word) > len(room) || !IsASCII(word) {
		lower = []byte(Bare(word))
	} else {
		for i := range len(word) {
			c := word[i]
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			lower = append(lower, c)
		}
	}
	for _, set := range sets {
		if set[string(lower)] {
			return true
		}
	}
	return false
}

const longestInPlace = 32 // bytes: as many as the compiler keeps on the stack

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

// IsPossessive reports whether a word ends with the 's of a possessive.
func IsPossessive(word string) bool {
	return strings.HasSuffix(word, "'s") || strings.HasSuffix(word, "’s") || strings.HasSuffix(word, "'S") || strings.HasSuffix(word, "’S")
}

// WithoutPossessive takes the 's of a possessive off.
func WithoutPossessive(s string) string {
	if IsPossessive(s) {
		return strings.TrimRight(s[:len(s)-1], "'’")
	}
	return s
}

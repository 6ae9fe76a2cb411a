package letters

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Head is the start of a text: all of it if it has at most n bytes, else what fits
// into n bytes, cut at white space where there is some.
func Head(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	if cut := strings.LastIndexFunc(text[:n], unicode.IsSpace); cut > 0 {
		return text[:cut]
	}
	return text[:n]
}

// Tail is the end of a text: its last n bytes, without half a character at their start.
func Tail(text string, n int) string {
	start := max(0, len(text)-n)
	for start > 0 && start < len(text) && !utf8.RuneStart(text[start]) {
		start++
	}
	return text[start:]
}

// EndsSentence reports whether a text ends with punctuation behind which the next line
// begins anew: final punctuation of any script, but also a colon, semicolon or dash.
func EndsSentence(s string) bool {
	last, _ := LastRune(s)
	return IsFinal(last) || strings.ContainsRune(":;–", last)
}

// IsFinal reports whether a character ends sentences, a dash that breaks one off included.
func IsFinal(r rune) bool {
	return strings.ContainsRune(".?!…—。｡．！？؟۔।॥։።។៕။", r)
}

// LastRune is the last character of a text before any closing quotes, brackets and
// emphasis; closed reports whether a bracket is among those.
func LastRune(s string) (last rune, closed bool) {
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		if !strings.ContainsRune("\"'”’»)]*_", r) {
			return r, closed
		}
		closed = closed || r == ')' || r == ']'
		s = s[:len(s)-size]
	}
	return 0, closed
}

// LastWord is the last word of a text, without the full stops, quotes and brackets
// behind it.
func LastWord(s string) string {
	s = strings.TrimRight(s, "\"'”’»)].")
	return s[strings.LastIndexFunc(s, unicode.IsSpace)+1:]
}

// IsListItem reports whether a line begins as the item of a list: with a bullet, or
// with a number and a full stop or bracket.
func IsListItem(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("•·‣▪-–—*", r) {
		return strings.HasPrefix(s[size:], " ")
	}
	rest := strings.TrimLeft(s, "0123456789")
	return rest != s && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") "))
}

// Blanks counts the columns of white space at the start of a text. A tab counts as
// tabColumns, wherever it stands.
func Blanks(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			break
		}
		if n++; r == '\t' {
			n += tabColumns - 1
		}
	}
	return n
}

const tabColumns = 8

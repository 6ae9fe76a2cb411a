package letters

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Head is the start of a text, cut at white space.
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

// TailStart is the byte at which the last n bytes of text begin, at a character.
func TailStart(text string, n int) int {
	start := max(0, len(text)-n)
	for start > 0 && start < len(text) && text[start]&0xC0 == 0x80 {
		start++
	}
	return start
}

// EndsSentence reports whether the text ends with final punctuation.
func EndsSentence(s string) bool {
	last, _ := LastRune(s)
	return strings.ContainsRune(".?!…:;—–。！？", last)
}

// LastRune is the last character before any closing quotes and brackets; closed
// reports that the text ends with a bracket.
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

// LastWord is the last word before the final punctuation, without its full stop.
func LastWord(s string) string {
	s = strings.TrimRight(s, "\"'”’»)].")
	return s[strings.LastIndexFunc(s, unicode.IsSpace)+1:]
}

// IsListItem reports whether a line begins with a bullet or a number.
func IsListItem(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("•·‣▪-–—*", r) {
		return strings.HasPrefix(s[size:], " ")
	}
	rest := strings.TrimLeft(s, "0123456789")
	return rest != s && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") "))
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

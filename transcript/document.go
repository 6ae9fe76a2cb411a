package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// document is a decoded file with what several formats want to know of it.
type document struct {
	text    string
	options Options
	layout  []line
}

// line is a line of a document that is not blank, without the white space at
// its ends.
type line struct {
	text string
	gap  bool // it begins the document or follows a blank line
}

// lines divides the document, once.
func (d *document) lines() []line {
	if d.layout != nil {
		return d.layout
	}
	gap := true
	for rest := d.text; rest != ""; {
		var raw string
		raw, rest, _ = strings.Cut(rest, "\n")
		text := strings.TrimSpace(raw)
		if text != "" {
			d.layout = append(d.layout, line{text, gap})
		}
		gap = text == ""
	}
	return d.layout
}

// wrapped reports whether the lines were broken to fit a width, so that a line
// end within a paragraph means nothing: at least a third of the lines that
// another follows directly end in the middle of a sentence.
func wrapped(lines []line) bool {
	followed, cut := 0, 0
	for i := 1; i < len(lines) && followed < 10_000; i++ {
		if lines[i].gap {
			continue
		}
		followed++
		if !endsSentence(lines[i-1].text) {
			cut++
		}
	}
	return cut > 1 && cut*3 >= followed
}

// paragraphs joins lines to paragraphs: lines of a wrapped document, and
// paragraphs that a page break cut in two. What shows the cut is that the
// former has no final punctuation; the latter may well begin with a capital.
func paragraphs(lines []line, wrapped bool) []string {
	var out []string
	var parts []string
	flush := func() {
		if len(parts) > 0 {
			out = append(out, strings.Join(parts, " "))
			parts = nil
		}
	}
	for _, l := range lines {
		if len(parts) > 0 && (l.gap || !wrapped) && !continues(parts[len(parts)-1], l.text) {
			flush()
		}
		parts = append(parts, l.text)
	}
	flush()
	return out
}

// continues reports whether next goes on with the sentence in which former ends.
func continues(former, next string) bool {
	if isListItem(next) || isHeading(former) {
		return false
	}
	lower := startsLower(next)
	last, bare := lastRune(former)
	switch {
	case strings.ContainsRune(".", last):
		word := lastWord(former)
		return isTitle(word) && !bare || lower && isAbbreviation(word)
	case strings.ContainsRune("?!…。！？", last):
		return false
	case strings.ContainsRune(":;—–-", last) || bare:
		return lower
	}
	return true
}

// endsSentence reports whether the text ends with final punctuation.
func endsSentence(s string) bool {
	last, _ := lastRune(s)
	return strings.ContainsRune(".?!…:;—–。！？", last)
}

// lastRune is the last character before any closing quotes and brackets; closed
// reports that the text ends with a bracket.
func lastRune(s string) (last rune, closed bool) {
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

// lastWord is the last word before the final punctuation, without its full stop.
func lastWord(s string) string {
	s = strings.TrimRight(s, "\"'”’»)].")
	return s[strings.LastIndexFunc(s, unicode.IsSpace)+1:]
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// isListItem reports whether a line begins with a bullet or a number.
func isListItem(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("•·‣▪-–—*", r) {
		return strings.HasPrefix(s[size:], " ")
	}
	rest := strings.TrimLeft(s, "0123456789")
	return rest != s && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") "))
}

// isHeading reports whether a line is a heading in capitals, or of Markdown.
func isHeading(s string) bool {
	if strings.HasPrefix(s, "#") {
		return true
	}
	return len(s) < 80 && strings.Contains(s, " ") && strings.ToUpper(s) == s && strings.ToLower(s) != s
}

package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Jane Roe: Good morning.
// MR. ROE (via interpreter): Good morning.
// Jane Roe [00:12:30]: Good morning.
// ROE：Good morning.
// The CHIEF WHIP moved: That the House adjourn.

func cutColon(r labelReader, l line) (cut, bool) {
	s, emphasis := cutEmphasis(l.text)
	at, width := findColon(s)
	if at <= 0 {
		return cut{}, false
	}
	text, rest := s[:at], s[at+width:]
	if emphasis {
		text, rest = strings.TrimRight(text, "*_"), strings.TrimLeft(rest, "*_")
	}
	next, _ := utf8.DecodeRuneInString(rest)
	glued := rest != "" && width == 1 && !unicode.IsSpace(next) && !strings.ContainsRune("“\"‘[(", next)
	if glued && !unicode.IsUpper(next) && next != '.' && next != '…' {
		return cut{}, false
	}
	text, verb := cutVerb(text)
	c := readCut(r, text, rest)
	c.glued, c.verb = glued, verb
	c.bold = emphasis || l.strong >= at && l.strong <= at+width+1 || l.strong == len(l.text) && c.rest == ""
	_, ok := labelForm(c.label.text)
	switch {
	case ok && glued:
		return c, c.label.upper && len(c.label.text) > 2
	case !ok:
		c.loose = c.bold && isLooseLabel(c.label.text)
		return c, c.loose
	}
	return c, true
}

// findColon finds the colon after a label: the first that is not of a time.
func findColon(s string) (at, width int) {
	window := s[:min(len(s), longestLabel)]
	for from := 0; ; {
		i := strings.IndexByte(window[from:], ':')
		if i < 0 {
			break
		}
		at = from + i
		if at == 0 || at+1 >= len(s) || !isDigit(s[at-1]) || !isDigit(s[at+1]) {
			return at, 1
		}
		from = at + 1
	}
	if i := strings.IndexByte(window, "："[0]); i >= 0 {
		return strings.Index(window, "："), len("：")
	}
	return -1, 0
}

// motionVerbs stand between a name and what is moved.
var motionVerbs = wordSet(`moved seconded proposed asked replied`)

// cutVerb takes such a verb off what is a label without it: capitals, a title and
// a name, or a full name.
func cutVerb(text string) (label, verb string) {
	at := strings.LastIndexByte(text, ' ')
	if at < 0 || !motionVerbs[text[at+1:]] {
		return text, ""
	}
	upper, ok := labelForm(text[:at])
	name := readLabelName(text[:at])
	if ok && (upper || allNameWords(name.name) && (name.full() || len(name.titles) > 0 && len(name.name) > 0)) {
		return text[:at], text[at:]
	}
	return text, ""
}

// cutSemicolon takes a slip for a colon. It proves nothing, but is read where the
// label is known.
func cutSemicolon(r labelReader, l line) (cut, bool) {
	at := strings.IndexByte(l.text[:min(len(l.text), longestLabel/2)], ';')
	if at <= 0 || at+1 < len(l.text) && l.text[at+1] != ' ' {
		return cut{}, false
	}
	c := readCut(r, l.text[:at], l.text[at+1:])
	_, ok := labelForm(c.label.text)
	return c, ok
}

func unproven(survey) bool { return false }

func cutEmphasis(s string) (rest string, found bool) {
	if s == "" || s[0] != '*' && s[0] != '_' {
		return s, false
	}
	return strings.TrimLeft(s, "*_"), true
}

// isLooseLabel reports whether a text in bold may be a label though it has words
// in small letters: Me a year ago.
func isLooseLabel(text string) bool {
	words := strings.Fields(text)
	return len(words) > 0 && len(words) < 8 && !strings.ContainsAny(text, "?!;\"“”<>=@/\\|{}")
}

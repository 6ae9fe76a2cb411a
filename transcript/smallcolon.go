package transcript

import (
	"strings"
	"unicode"
)

// All labels are in small letters, as where somebody types along:
//
//	jane roe: good morning.
//	q: will it hold?

func cutSmall(r labelReader, l line) (cut, bool) {
	if !startsLower(l.text) {
		return cut{}, false
	}
	at, width := findColon(l.text)
	if at <= 0 || at > longestLabel/2 || width > 1 || at+1 < len(l.text) && l.text[at+1] != ' ' {
		return cut{}, false
	}
	if !isSmallLabel(l.text[:at]) {
		return cut{}, false
	}
	return readCut(r, l.text[:at], l.text[at+1:]), true
}

const smallWords = 4 // that a label in small letters has at most

func isSmallLabel(text string) bool {
	words := labelWords(text)
	if len(words) == 0 || len(words) > smallWords || fieldLabels[words[0]] || proseLabels[words[0]] {
		return false
	}
	return strings.IndexFunc(withoutNote(text), func(r rune) bool {
		return !unicode.IsLower(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .'’-", r)
	}) < 0
}

// provenSmall wants such labels to be the rule, since words with a colon behind
// them may head the rows of a list, too: they come again and again, and either
// they name people or there are sentences behind them.
func provenSmall(s survey) bool {
	if s.lines < 4 || s.lines <= s.colons || !s.alternates() {
		return false
	}
	people := 0
	for l, n := range s.labels {
		if l.part != partNamed || givenNames[l.first()] {
			people += n
		}
	}
	return people*2 >= s.lines || s.sentences*2 > s.lines
}

package styles

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// All labels are in small letters, as where somebody types along:
//
//	jane roe: good morning.
//	q: will it hold?
type smallLetters struct{}

func (smallLetters) Name() string { return "colon, in small letters" }

func (smallLetters) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	if !letters.StartsLower(l.Text) {
		return Cut{}, false
	}
	at, width := findColon(l.Text)
	if at <= 0 || at > labels.LongestWeakLabel || width > 1 || at+1 < len(l.Text) && l.Text[at+1] != ' ' {
		return Cut{}, false
	}
	if !isSmallLabel(l.Text[:at]) {
		return Cut{}, false
	}
	return readCut(r, l.Text[:at], l.Text[at+1:]), true
}

func isSmallLabel(text string) bool {
	words := labels.Words(text)
	if len(words) == 0 || len(words) > smallWords || labels.NamesNobody(words[0]) {
		return false
	}
	return strings.IndexFunc(labels.WithoutNote(text), func(r rune) bool {
		return !unicode.IsLower(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .'’-", r)
	}) < 0
}

const smallWords = 4 // that a label in small letters has at most

// Proven wants such labels to be the rule, since words with a colon behind
// them may head the rows of a list, too: they come again and again, and either
// they name people or there are sentences behind them.
func (smallLetters) Proven(s Survey) bool {
	if s.Lines < 4 || s.Lines <= s.Colons || !s.alternates() {
		return false
	}
	people := 0
	for l, n := range s.Labels {
		if l.Part != labels.PartNamed || lexicon.GivenNames[l.First()] {
			people += n
		}
	}
	return people*2 >= s.Lines || s.Sentences*2 > s.Lines
}

func (smallLetters) Anywhere(*labels.Label) bool { return false }

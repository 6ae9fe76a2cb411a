package styles

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// A colon stands behind the label, and all labels are in small letters, as where somebody
// types along:
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

// isSmallLabel reports whether a text in small letters has the form of a label.
func isSmallLabel(text string) bool {
	words := labels.Words(text)
	if len(words) == 0 || len(words) > smallWords || labels.NamesNobody(words[0]) {
		return false
	}
	return strings.IndexFunc(labels.WithoutNote(text), func(r rune) bool {
		return !unicode.IsLower(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .'’-", r)
	}) < 0
}

const smallWords = 4 // of a label in small letters, at most

// Proven wants such labels to be the rule, since words with a colon behind them may head
// the items of a list, too: the labels alternate, and half of the lines either have labels
// that name people or a known part, or have sentences behind them.
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
	return s.isHalf(people) || 2*s.Sentences > s.Lines
}

func (smallLetters) Anywhere(*labels.Label) bool { return false }

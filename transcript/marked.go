package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

const (
	markedShare  = 50   // percent of paragraphs that begin alike, from which on they are marked by somebody
	markedSample = 1000 // lines in which it shows how paragraphs begin
)

// isMarked reports whether most paragraphs begin with a time, a sign or a label, or with a few
// names that come again and again: they are marked in a form that is not known, and not told
// apart by what they ask.
func (d *document) isMarked() bool {
	paragraphs, marked := 0, 0
	beginnings := map[string]int{}
	wrapped := d.labelled().Wrapped()
	lines := d.lines()
	for _, l := range lines[:min(len(lines), markedSample)] {
		if !l.Gap && wrapped {
			continue
		}
		paragraphs++
		if beginsMarked(l.Text) {
			marked++
		} else if beginning := beginningOf(l.Text); beginning != "" {
			beginnings[beginning]++
		}
	}
	for _, times := range beginnings {
		if times > 1 {
			marked += times
		}
	}
	return 100*marked > markedShare*paragraphs
}

// beginsMarked reports whether a paragraph begins with a time, a day, a sign or a label and its
// colon.
func beginsMarked(text string) bool {
	head := letters.Head(text, labels.LongestLabel)
	if sign, _ := utf8.DecodeRuneInString(head); unicode.Is(unicode.So, sign) {
		return true
	}
	if _, rest, ok := layout.LeadingClock(text); ok && rest != "" {
		return true
	}
	if date, ok := names.FindDate(lexicon.PlainBlanks(head)); ok && date.Start <= 1 && date.End < len(head) {
		return true
	}
	label, _, colon := strings.Cut(head+" ", ": ")
	return colon && labels.HasForm(label)
}

// beginningOf is the label with which a paragraph may begin before a full stop or a dash, or the
// two words of a name; empty if there is none.
func beginningOf(text string) string {
	head := letters.Head(text, labels.LongestWeakLabel)
	for _, end := range []string{". ", " - ", " – ", " — "} {
		if label, _, found := strings.Cut(head, end); found && labels.HasForm(label) {
			return label
		}
	}
	if words := strings.Fields(head); len(words) > 2 && lexicon.AreNameWords(words[:2]) {
		return words[0] + " " + words[1]
	}
	return ""
}

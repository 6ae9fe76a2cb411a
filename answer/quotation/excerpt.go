package quotation

import (
	"fmt"
	"slices"
	"unicode"

	"github.com/pullquote/pullquote/transcript/sentence"
)

// Excerpt judges a span of a turn, chosen by its place: note is what a reader has to know of
// the sentence that it is cut out of, empty where that says nothing else. refusal says why
// the span is no quotation, empty where it is one.
func (t *Turns) Excerpt(m Match) (note, refusal string) {
	turn := &t.turns[m.Hit]
	first, last := m.Span.Start-turn.hit.Start, m.Span.End-turn.hit.Start
	chosen := turn.runes[first:last]
	switch {
	case !slices.ContainsFunc(chosen, isWordRune):
		return "", "there is no word in it"
	case unicode.IsSpace(chosen[0]), unicode.IsSpace(chosen[len(chosen)-1]):
		return "", "it begins or ends with white space; leave that out"
	}
	whole := t.WholeWords(m)
	for _, edge := range []struct {
		is              string
		at, before, end int
	}{
		{"begins", m.Span.Start, whole.Start, turn.wordEnd(first)},
		{"ends", m.Span.End, turn.wordStart(last), whole.End},
	} {
		if edge.before < edge.at && edge.at < edge.end {
			return "", fmt.Sprintf("it %s in the middle of %q, at %d; take whole words: that one goes from %d to %d",
				edge.is, turn.slice(sentence.Span{Start: edge.before, End: edge.end}), edge.at, edge.before, edge.end)
		}
	}
	return t.cutNote(m), ""
}

// WholeWords is a span of a turn, widened to the words in which it begins and ends.
func (t *Turns) WholeWords(m Match) sentence.Span {
	turn := &t.turns[m.Hit]
	return sentence.Span{Start: turn.wordStart(m.Span.Start - turn.hit.Start), End: turn.wordEnd(m.Span.End - turn.hit.Start)}
}

// wordStart is where the word that a place is inside begins, in the canonical text; else the place.
func (t *preparedTurn) wordStart(at int) int {
	for at > 0 && t.inside(at) {
		at--
	}
	return t.hit.Start + at
}

func (t *preparedTurn) wordEnd(at int) int {
	for at < len(t.runes) && t.inside(at) {
		at++
	}
	return t.hit.Start + at
}

// inside reports whether the place before runes[at] is inside a word, a number or a character
// that several code points make up: a letter with its accent, a family of emoji.
func (t *preparedTurn) inside(at int) bool {
	if at <= 0 || at >= len(t.runes) {
		return false
	}
	const joiner = '\u200D'
	before, r := t.runes[at-1], t.runes[at]
	return insideWord(t.runes, at) || before == joiner || r == joiner || unicode.IsMark(r) || r >= 0xFE00 && r <= 0xFE0F || r >= 0x1F3FB && r <= 0x1F3FF
}

// Package quotes knows the marks of quotations, in any script, by word of mouth and in a
// stenographer's notes, and which words of a turn are not the speaker's own because they are read aloud.
//
// To read another's words aloud is not to say so oneself. Who quotes a turn has to tell
// the one from the other, and the record's only sign of it are those marks.
package quotes

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/sentence"
)

// ReadAloud finds the parts of a turn that its speaker reads aloud or quotes: speech
// between quotation marks, what stands between "quote" and "end quote", and what follows
// a note of reading in brackets. The spans, in code points, are in order, disjoint, and
// hold their marks. Titles and scare quotes are none. A mark that is never closed holds to
// the end of its paragraph; one that was never opened, from the beginning of the turn. So
// does what the turn continues: the mark that an earlier one has left open, or the note of
// its label, see NoteOfReading. It is empty for none.
func ReadAloud(text, continues string) []sentence.Span {
	if continues == "" && !mayHoldMarks(text) && !mayHoldNotes(text) && len(spokenMarks(text)) == 0 {
		return nil // as of most turns
	}
	runes := plain([]rune(continues + text))
	text = string(runes)
	paragraphs := paragraphsOf(text)
	said := inCodePoints(text, append(betweenWords(text, paragraphs), betweenNotes(text, paragraphs)...))
	all := united(runes, append(said, betweenMarks(runes, inCodePoints(text, paragraphs))...))
	before := utf8.RuneCountInString(continues)
	return Within(sentence.Span{End: len(runes) - before}, -before, all)
}

// united is spans in order, those joined that overlap or have white space only between.
func united(text []rune, spans []sentence.Span) []sentence.Span {
	slices.SortFunc(spans, func(a, b sentence.Span) int { return cmp.Compare(a.Start, b.Start) })
	var all []sentence.Span
	for _, s := range spans {
		if n := len(all); n > 0 && isBlank(text, all[n-1].End, s.Start) {
			all[n-1].End = max(all[n-1].End, s.End)
		} else {
			all = append(all, s)
		}
	}
	return all
}

func isBlank(text []rune, from, to int) bool {
	for i := from; i < to; i++ {
		if !unicode.IsSpace(text[i]) {
			return false
		}
	}
	return true
}

// Within is what of some spans lies in another. An offset is added to them before: that
// of a turn, for example, in its canonical text.
func Within(s sentence.Span, offset int, spans []sentence.Span) []sentence.Span {
	var within []sentence.Span
	for _, part := range spans {
		part = sentence.Span{Start: max(s.Start, part.Start+offset), End: min(s.End, part.End+offset)}
		if part.Start < part.End {
			within = append(within, part)
		}
	}
	return within
}

// Quoting says in a byline how much of a span is read aloud; it is empty where nothing is.
func Quoting(s sentence.Span, aloud []sentence.Span) string {
	switch {
	case len(aloud) == 0:
		return ""
	case aloud[0].Start <= s.Start && s.End <= aloud[0].End:
		return "quoting"
	}
	return "quoting in part"
}

package marks

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// closesTurns reports whether a line is a heading behind which the minutes go on
// in words of their own, rather than the last speaker's.
func closesTurns(l layout.Line) bool {
	if l.Heading == 0 || len(l.Text) > 60 {
		return false
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(l.Text), func(r rune) bool { return strings.ContainsRune(" /:,&", r) }) {
		if minutesHeadings[w] {
			return true
		}
	}
	return false
}

// minutesHeadings stand above what a meeting decided, which is nobody's words.
var minutesHeadings = lexicon.Words("headings of minutes")

// isHeadingBefore reports whether line i is of a heading, in capitals or of
// Markdown, that stands between the end of one turn and the label of the next:
//
//	ORAL ARGUMENT OF JANE ROE
//	ON BEHALF OF THE HARBOUR
//
// The lines below it have their marks already.
func isHeadingBefore(lines []layout.Line, marks []Mark, i int) bool {
	if !isHeadingLine(lines[i]) {
		return false
	}
	next := i + 1
	for next < len(lines) && next-i < headingLines && marks[next].Kind == LineNote && isHeadingLine(lines[next]) {
		next++
	}
	if next == len(lines) || marks[next].Kind != LineTurn || !lines[next].Gap {
		return false
	}
	first := i
	for first > 0 && next-first < headingLines && goesOnHeading(lines[first-1], marks[first-1]) {
		first--
	}
	return lines[first].Gap && (first == 0 || letters.EndsSentence(lines[first-1].Text))
}

const headingLines = 4 // that a heading between turns has at most

// goesOnHeading reports whether the line below one may be of the same heading.
func goesOnHeading(l layout.Line, m Mark) bool {
	return m.Kind == LineText && m.Label == nil && isHeadingLine(l) && !letters.EndsSentence(l.Text)
}

// isHeadingLine recognises words in capitals, and headings of Markdown whose
// marks were left in the text.
func isHeadingLine(l layout.Line) bool {
	text := l.Text
	if l.Furniture || l.Code {
		return false
	}
	caps := len(text) < 100 && strings.Contains(text, " ") && strings.ToUpper(text) == text && strings.ToLower(text) != text
	return caps || strings.HasPrefix(text, "#")
}

package marks

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

const longestMinutesHeading = 60 // bytes

// closesTurns reports whether a line is a heading below which minutes go on in words of
// their own, rather than the last speaker's: Decisions, Action items.
func closesTurns(l layout.Line) bool {
	if len(l.Text) > longestMinutesHeading {
		return false
	}
	if l.Heading == 0 {
		return l.Gap && endsOfMinutes[strings.ToLower(l.Text)]
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(l.Text), func(r rune) bool { return strings.ContainsRune(" /:,&", r) }) {
		if minutesHeadings[w] {
			return true
		}
	}
	return false
}

var endsOfMinutes = lexicon.Words("headings that end minutes")

// minutesHeadings are words of headings above what a meeting decided.
var minutesHeadings = lexicon.Words("headings of minutes")

// isHeadingBefore reports whether line i is of a heading, in capitals or of Markdown, that
// stands between the end of one turn and the label of the next:
//
//	ORAL ARGUMENT OF JANE ROE
//	ON BEHALF OF THE HARBOUR
//
// The marks of the lines below it must be settled already.
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

const headingLines = 4 // of a heading between turns, at most

// goesOnHeading reports whether a line may be of the same heading as the line below it.
func goesOnHeading(l layout.Line, m Mark) bool {
	return m.Kind == LineText && m.Label == nil && isHeadingLine(l) && !letters.EndsSentence(l.Text)
}

// isHeadingLine reports whether a line may be of a heading: several words in capitals, or a
// heading of Markdown whose marks were left in the text.
func isHeadingLine(l layout.Line) bool {
	text := l.Text
	if l.Furniture || l.Code {
		return false
	}
	caps := len(text) < longestHeadingLine && strings.Contains(text, " ") && strings.IndexFunc(text, unicode.IsLower) < 0 && strings.ToLower(text) != text
	return caps || strings.HasPrefix(text, "#")
}

const longestHeadingLine = 100 // bytes of a line of a heading in capitals

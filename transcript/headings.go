package transcript

import "strings"

// minutesHeadings stand above what a meeting decided, which is nobody's words.
var minutesHeadings = wordSet(`action actions conclusion conclusions consensus decision decisions resolution resolutions summary
	outcome outcomes follow-up followup todo`)

// closesTurns reports whether a line is a heading behind which the minutes go on
// in words of their own, rather than the last speaker's.
func closesTurns(l line) bool {
	if l.heading == 0 || len(l.text) > 60 {
		return false
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(l.text), func(r rune) bool { return strings.ContainsRune(" /:,&", r) }) {
		if minutesHeadings[w] {
			return true
		}
	}
	return false
}

const headingLines = 4 // that a heading between turns has at most

// isHeadingBefore reports whether line i is of a heading, in capitals or of
// Markdown, that stands between the end of one turn and the label of the next:
//
//	ORAL ARGUMENT OF JANE ROE
//	ON BEHALF OF THE HARBOUR
//
// The lines below it have their marks already.
func isHeadingBefore(lines []line, marks []mark, i int) bool {
	if !isHeadingLine(lines[i]) {
		return false
	}
	next := i + 1
	for next < len(lines) && next-i < headingLines && marks[next].kind == lineNote && isHeadingLine(lines[next]) {
		next++
	}
	if next == len(lines) || marks[next].kind != lineTurn || !lines[next].gap {
		return false
	}
	first := i
	for first > 0 && next-first < headingLines && goesOnHeading(lines[first-1], marks[first-1]) {
		first--
	}
	return lines[first].gap && (first == 0 || endsSentence(lines[first-1].text))
}

// goesOnHeading reports whether the line below one may be of the same heading.
func goesOnHeading(l line, m mark) bool {
	return m.kind == lineText && m.label == nil && isHeadingLine(l) && !endsSentence(l.text)
}

// isHeadingLine recognises words in capitals, and headings of Markdown whose
// marks were left in the text.
func isHeadingLine(l line) bool {
	text := l.text
	if l.aside || l.code {
		return false
	}
	caps := len(text) < 100 && strings.Contains(text, " ") && strings.ToUpper(text) == text && strings.ToLower(text) != text
	return caps || strings.HasPrefix(text, "#")
}

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

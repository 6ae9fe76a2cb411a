package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/answer"
)

// styled is a part of an answer's text, which begins at a code point of it, as a terminal
// shows it: the record's words are bold, the program's plain. Without colours they are
// told apart by their quotation marks alone.
func styled(text string, from int, citations []answer.Citation, colored bool) string {
	if !colored {
		return text
	}
	const bold, plain = "\033[1m", "\033[22m"
	points := []rune(text)
	inOrder := slices.SortedFunc(slices.Values(answer.Standing(citations)), func(a, b answer.Citation) int { return cmp.Compare(a.AnswerStart, b.AnswerStart) })
	var b strings.Builder
	at := 0
	for _, c := range inOrder {
		start, end := c.AnswerStart-from, c.AnswerEnd-from
		if start < at || end > len(points) {
			continue // is of another part
		}
		b.WriteString(string(points[at:start]) + bold + string(points[start:end]) + plain)
		at = end
	}
	return b.String() + string(points[at:])
}

package roles

import (
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// IsTalk reports whether lines are somebody's own words, at length: they say I.
func IsTalk(lines []layout.Line) bool {
	words, own := 0, 0
	for _, l := range lines[TalkStart(lines):] {
		for _, w := range letters.LowerWords(l.Text) {
			words++
			if firstPersons[w] {
				own++
			}
		}
	}
	return words >= talkWords && own*200 >= words
}

// A talk may come before the questions, without a label, because all of the
// document is its speaker's:
//
//	Speaker: Jane Roe
//
//	I want to tell you of a gate ...
//
//	Q: Will it hold?
//	A: It will.

const talkWords = 120 // that a talk has at least

// firstPersons are the words for I and we of several languages.
var firstPersons = lexicon.Union(lexicon.Words("first person singular"), lexicon.Words("first person plural"))

// TalkStart is the line with which prose begins behind a title block.
func TalkStart(lines []layout.Line) int {
	for i, l := range lines {
		if !l.Furniture && l.Heading == 0 && layout.IsProse(l.Text) {
			return i
		}
	}
	return len(lines)
}

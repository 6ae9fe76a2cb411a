package roles

import (
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

const (
	lectureWords = 120 // of a lecture, at least

	// At least one word in lectureOwn is I or we: lecturers speak about themselves, an
	// introduction by the publication speaks about others.
	lectureOwn = 200
)

// IsLecture reports whether lines before the first label are somebody's own words, at length,
// as in a document that is all of one speaker's, but for the questions at its end:
//
//	Speaker: Jane Roe
//
//	I want to tell you of a gate ...
//
//	Q: Will it hold?
//	A: It will.
func IsLecture(lines []layout.Line) bool {
	words, own := 0, 0
	for _, l := range lines[LectureStart(lines):] {
		for _, w := range letters.LowerWords(l.Text) {
			words++
			if firstPersons[w] {
				own++
			}
		}
	}
	return words >= lectureWords && lectureOwn*own >= words
}

// firstPersons are the words for I and we in several languages.
var firstPersons = lexicon.Union(lexicon.Words("first person singular"), lexicon.Words("first person plural"))

// LectureStart is the index of the line with which prose begins behind a title block.
func LectureStart(lines []layout.Line) int {
	for i, l := range lines {
		if !l.Furniture && l.Heading == 0 && layout.IsProse(l.Text) {
			return i
		}
	}
	return len(lines)
}

package quotes

import (
	"regexp"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// behindOne is how many sentences behind an announcement may be the words that it announces: 3.
// Where they end nothing tells.
const behindOne = 3

var announcement = regexp.MustCompile(`(?i)\b` + lexicon.Any("announcements of another's words") + `[\s.!:;,–—-]*$`)

// Announcement is the nearest of the sentences before sentence i of a text that announces its words
// as another's, without any mark: "I will read it out." It is -1 where none does.
func Announcement(text []rune, sentences []sentence.Span, i int) int {
	for j := i - 1; j >= max(0, i-behindOne); j-- {
		if announcement.MatchString(string(text[sentences[j].Start:sentences[j].End])) {
			return j
		}
	}
	return -1
}

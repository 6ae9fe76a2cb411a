package quotes

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// behindOne is how many sentences behind an announcement may be the words that it announces: 3.
// Where they end nothing tells.
const behindOne = 3

var (
	announcement = regexp.MustCompile(`(?i)\b` + lexicon.Any("announcements of another's words") + `[\s.!:;,–—-]*$`)
	// announcementEnds are the words that announcements end with, by which other sentences are sooner told.
	announcementEnds = lastWords(lexicon.Phrases("announcements of another's words"))
)

func lastWords(phrases []string) map[string]bool {
	last := map[string]bool{}
	for _, phrase := range phrases {
		last[phrase[strings.LastIndexByte(phrase, ' ')+1:]] = true
	}
	return last
}

// Announcement is the nearest of the sentences before sentence i of a text that announces its words
// as another's, without any mark: "I will read it out." It is -1 where none does.
func Announcement(text []rune, sentences []sentence.Span, i int) int {
	for j := i - 1; j >= max(0, i-behindOne); j-- {
		if announces(string(text[sentences[j].Start:sentences[j].End])) {
			return j
		}
	}
	return -1
}

func announces(text string) bool {
	words := strings.TrimRightFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	last := words[strings.LastIndexFunc(words, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	return announcementEnds[lexicon.Fold(last)] && announcement.MatchString(text)
}

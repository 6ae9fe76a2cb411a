package quotation

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/sentence"
)

// Portions are what a quotation may have been put together from: its pieces
// between ellipses, or else its sentences, the first most of them; or its halves.
func Portions(quote string, most int) []string {
	portions := omissionPieces(quote)
	if len(portions) < 2 {
		portions = sentencesOf(quote)
	}
	if len(portions) < 2 {
		words := strings.Fields(quote)
		half := len(words) / 2
		return []string{strings.Join(words[:half], " "), strings.Join(words[half:], " ")}
	}
	return portions[:min(most, len(portions))]
}

func sentencesOf(text string) []string {
	runes := []rune(text)
	var sentences []string
	for _, s := range sentence.Split(text) {
		sentences = append(sentences, string(runes[s.Start:s.End]))
	}
	return sentences
}

// omission is what stands for words that are left out, in a folded text.
var omission = regexp.MustCompile(`\[…\]|\(…\)|\.?…`)

// omissionPieces divides a quotation at its ellipses.
func omissionPieces(quote string) []string {
	return slices.DeleteFunc(omission.Split(fold(quote).text, -1), func(p string) bool { return strings.IndexFunc(p, isWordRune) < 0 })
}

package sentence

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// EndsAsking reports whether the last sentence of a turn is a question, courtesies and
// stage directions behind it apart: "Why? Thank you."
func EndsAsking(text string) bool {
	tail := letters.Tail(text, askingTail)
	for {
		tail = strings.TrimRight(tail, " \n\t\u00a0\"'”’)]*_")
		end := strings.LastIndexAny(tail, ".?!")
		switch {
		case end < 0:
			return false
		case tail[end] == '?' && len(tail)-end < longestAddition:
			return true
		}
		last := tail[strings.LastIndexAny(tail[:end], ".?!")+1:]
		if !isCourtesy(last) {
			return false
		}
		tail = tail[:len(tail)-len(last)]
	}
}

const (
	askingTail      = 400 // bytes of a turn's end in which its question stands
	longestAddition = 40  // bytes without punctuation that may follow a question mark
)

// isCourtesy reports whether a sentence is what people add to a question: Thank you.
// Please. (Laughter.)
func isCourtesy(sentence string) bool {
	s := strings.ToLower(strings.Trim(sentence, " \n\t().[]!"))
	for _, start := range additions {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	return s == ""
}

var additions = slices.Concat(lexicon.Phrases("additions to questions"), lexicon.Phrases("stage directions"))

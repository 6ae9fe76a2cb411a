package sentence

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// EndsAsking reports whether a question stands at the end of a turn, courtesies
// and stage directions apart.
func EndsAsking(text string) bool {
	tail := letters.Tail(text, 400)
	for {
		tail = strings.TrimRight(tail, " \n\t\u00a0\"'”’)]*_")
		end := strings.LastIndexAny(tail, ".?!")
		switch {
		case end < 0:
			return false
		case tail[end] == '?' && len(tail)-end < 40:
			return true
		}
		last := tail[strings.LastIndexAny(tail[:end], ".?!")+1:]
		if !isCourtesy(last) {
			return false
		}
		tail = tail[:len(tail)-len(last)]
	}
}

// isCourtesy recognises what people add to a question: Thank you. Please.
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

package roles

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// isHousekeeping recognises a moderator's questions about the event itself.
func isHousekeeping(text string) bool {
	return letters.ContainsAny(strings.ToLower(letters.Tail(text, 200)),
		housekeeping...)
}

var housekeeping = lexicon.Phrases("questions about the event itself")

// handsOn recognises the words with which a moderator asks somebody else to
// answer the same question.
func handsOn(text string) bool {
	return letters.ContainsAny(strings.ToLower(letters.Tail(text, 200)), handingOn...)
}

var handingOn = lexicon.Phrases("handing on of questions")

// givesFloor recognises the few words with which somebody on the stage calls
// for the next question.
func givesFloor(text string) bool {
	return len(text) < 60 && letters.ContainsAny(strings.ToLower(text), calls...)
}

var calls = lexicon.Phrases("calls for the next question")

package roles

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

const (
	moderatingTail = 200 // bytes of a turn's end in which it asks or hands on
	longestCall    = 59  // bytes of a turn that does no more than call for the next question
)

// isHousekeeping reports whether a turn ends with a question about the event itself, which
// nobody answers with testimony: "Can you hear me?", "Any more questions?"
func isHousekeeping(text string) bool {
	return letters.ContainsAny(strings.ToLower(letters.Tail(text, moderatingTail)), housekeeping...)
}

// handsOn reports whether a moderator's turn ends by asking somebody else to answer the same
// question: "Dr. Moe, would you add to that?"
func handsOn(text string) bool {
	return letters.ContainsAny(strings.ToLower(letters.Tail(text, moderatingTail)), handingOn...)
}

// callsFloor reports whether a moderator's turn ends by asking the room to ask: "We will take
// questions from the floor. Yes, in the second row."
func callsFloor(text string) bool {
	return letters.ContainsAny(strings.ToLower(letters.Tail(text, moderatingTail)), floorCalls...)
}

// givesFloor reports whether a turn is no more than the few words with which somebody on the
// stage calls for the next question: "Next question."
func givesFloor(text string) bool {
	return len(text) <= longestCall && letters.ContainsAny(strings.ToLower(text), calls...)
}

var (
	housekeeping = lexicon.Phrases("questions about the event itself")
	handingOn    = lexicon.Phrases("handing on of questions")
	floorCalls   = lexicon.Phrases("calls of the floor")
	calls        = lexicon.Phrases("calls for the next question")
)

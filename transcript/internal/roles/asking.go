package roles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// isHousekeeping recognises a moderator's questions about the event itself.
func isHousekeeping(text string) bool {
	return letters.ContainsAny(strings.ToLower(text[letters.TailStart(text, 200):]),
		"questions?", "question?", "anyone else?", "anybody else?", "hear me?", "anything else?", "ready?",
		"introduce yourselves?", "introduce yourself?", "quick round?")
}

// handsOn recognises the words with which a moderator asks somebody else to
// answer the same question.
func handsOn(text string) bool {
	return letters.ContainsAny(strings.ToLower(text[letters.TailStart(text, 200):]), " add", "as well", "same question", "your view",
		"respond", "weigh in", "answer", "take that", "on that", "what about you")
}

// givesFloor recognises the few words with which somebody on the stage calls
// for the next question.
func givesFloor(text string) bool {
	return len(text) < 60 && letters.ContainsAny(strings.ToLower(text), "next question", "another question", "next up")
}

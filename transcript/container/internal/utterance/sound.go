package utterance

import "strings"

// IsSound recognises descriptions of sounds, such as [Music] and (applause), and songs behind
// a note.
func IsSound(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" {
		return false
	}
	if strings.HasPrefix(text, "♪") || strings.HasPrefix(text, "♫") {
		return true
	}
	open, closing := text[0], text[len(text)-1]
	return (open == '[' && closing == ']' || open == '(' && closing == ')') && !strings.ContainsAny(text[1:], "[(")
}

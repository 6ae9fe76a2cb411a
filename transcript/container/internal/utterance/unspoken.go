package utterance

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// IsUnspoken recognises what nobody said: descriptions of sounds, such as [Music] and
// (applause), songs behind a note, and the lines of programs.
func IsUnspoken(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" {
		return false
	}
	if strings.HasPrefix(text, "♪") || strings.HasPrefix(text, "♫") {
		return true
	}
	open, closing := text[0], text[len(text)-1]
	return (open == '[' && closing == ']' || open == '(' && closing == ')') && !strings.ContainsAny(text[1:], "[(") || lexicon.IsProgramLine(text)
}

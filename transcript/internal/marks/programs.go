package marks

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
	"github.com/pullquote/pullquote/transcript/internal/layout"
)

const longestProgramLine = 200 // bytes of a line that a program wrote

// isProgramLine reports whether a line is the words of a program that transcribes:
// Jane Roe stopped transcription.
func isProgramLine(text string) bool {
	if len(text) > longestProgramLine {
		return false
	}
	lower := strings.ToLower(strings.TrimRight(text, ". "))
	for _, phrase := range programBeginnings {
		if strings.HasPrefix(lower, phrase) {
			return true
		}
	}
	for _, phrase := range programEnds {
		if before, ok := strings.CutSuffix(lower, " "+phrase); ok {
			return len(strings.Fields(before)) <= mostProgramWords
		}
	}
	return false
}

const mostProgramWords = 6 // of a name before "stopped transcription"

var (
	programBeginnings = lexicon.Phrases("beginnings of programs' lines")
	programEnds       = lexicon.Phrases("ends of programs' lines")
)

// isChat reports whether the document is the log of a chat, with labels in angle brackets.
func (j *judge) isChat() bool {
	for f, use := range j.forms {
		if f.sign == styles.Angle && use.proven() {
			return true
		}
	}
	return false
}

// isEvent reports whether a line of a chat tells what happens in it, behind the time and
// instead of a label: * jane waves, -!- jane has joined, *** jane sets mode.
func isEvent(text string) bool {
	_, rest, ok := layout.LeadingClock(text)
	if !ok {
		rest = text
	}
	for _, mark := range []string{"* ", "-!-", "***", "-->", "<--", "—!—"} {
		if strings.HasPrefix(rest, mark) {
			return true
		}
	}
	return false
}

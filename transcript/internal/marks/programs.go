package marks

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
	"github.com/pullquote/pullquote/transcript/internal/layout"
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

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

const leastDated = 3 // lines with a day, a time and a label that make the export of a chat

// isDated reports whether the document is the export of a chat, whose lines have a day and a
// time before the label. Those that have no label tell what happens: somebody joins.
func (j *judge) isDated() bool {
	moments, labelled := 0, 0
	for i, m := range j.marks {
		if !layout.BeginsWithMoment(j.lines[i].Text) {
			continue
		}
		if moments++; m.Label != nil && m.Style == styles.Colon {
			labelled++
		}
	}
	return labelled >= leastDated && 2*labelled >= moments && 2*moments >= len(j.paragraphs)
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

package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
)

// A semicolon stands behind the label, as a slip for the colon. It proves nothing, but is
// read where other lines prove the label:
//
//	JP; So do I.
type semicolon struct{}

func (semicolon) Name() string { return "semicolon" }

func (semicolon) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	at := strings.IndexByte(l.Text[:min(len(l.Text), labels.LongestWeakLabel)], ';')
	if at <= 0 || at+1 < len(l.Text) && l.Text[at+1] != ' ' {
		return Cut{}, false
	}
	c := readCut(r, l.Text[:at], l.Text[at+1:])
	_, ok := labels.Form(c.Label.Text)
	return c, ok
}

func (semicolon) Proven(Survey) bool { return false }

func (semicolon) Anywhere(*labels.Label) bool { return false }

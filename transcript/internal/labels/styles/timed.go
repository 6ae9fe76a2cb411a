package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// The label and a time have a line of their own, and the words follow below:
//
//	Jane Roe  0:24
//	Good morning.
//
// The time may come first: [00:00:24] Jane Roe.
type timed struct{}

func (timed) Name() string { return "time" }

func (timed) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	if len(l.Text) > labels.LongestLabel {
		return Cut{}, false
	}
	c, text := Cut{Apart: true}, l.Text
	if clock, before, ok := layout.TrailingClock(l.Text); ok {
		c.Clock, text = clock, before
	} else if !l.Timed {
		return Cut{}, false
	}
	text = strings.TrimSpace(strings.TrimSuffix(text, ":"))
	if inner, ok := inBrackets(text); ok {
		text = inner
	}
	c.Lead, text = cutMark(text)
	if text == "" || letters.EndsSentence(text) {
		return Cut{}, false
	}
	c.Label = r.Read(text)
	return c, c.accept() && (!c.Loose || (text != l.Text || l.Timed) && (c.Label.IsDistinct() || labels.IsUserName(text)))
}

// inBrackets takes the brackets off a text that stands in them: [Jane Roe].
func inBrackets(text string) (inner string, ok bool) {
	if len(text) < 3 || text[0] != '[' && text[0] != '<' || strings.IndexAny(text, "]>") != len(text)-1 {
		return text, false
	}
	return strings.TrimSpace(text[1 : len(text)-1]), true
}

// Proven wants words behind the labels, since an agenda has names and times, too.
func (timed) Proven(s Survey) bool { return s.Lines > 1 && s.isWorded() }

func (timed) Anywhere(*labels.Label) bool { return false }

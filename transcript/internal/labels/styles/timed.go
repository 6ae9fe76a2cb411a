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
	if _, ok := labels.Form(text); !ok && !(text != l.Text && isUserName(text)) {
		return Cut{}, false
	}
	c.Label = r.Read(text)
	return c, !letters.EndsSentence(text)
}

// isUserName reports whether a text may be a user name, which is one word without the form
// of a label: jane.roe, jroe42.
func isUserName(text string) bool {
	return text != "" && !strings.ContainsAny(text, " \t:;!?\"“”<>=/\\|{}()[]#*") && !letters.IsDigit(text[0])
}

// Proven wants words behind the labels, since an agenda has names and times, too.
func (timed) Proven(s Survey) bool { return s.Lines > 1 && s.isWorded() }

func (timed) Anywhere(*labels.Label) bool { return false }

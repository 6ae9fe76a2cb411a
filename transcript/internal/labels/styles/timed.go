package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// A label and a time have a line of their own, the words follow below:
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
	if found, before, ok := layout.TrailingClock(l.Text); ok {
		c.Clock, text = found, before
	} else if !l.Timed {
		return Cut{}, false
	}
	if _, ok := labels.Form(text); !ok && !(text != l.Text && isUserName(text)) {
		return Cut{}, false
	}
	c.Label = r.Read(text)
	return c, !letters.EndsSentence(text)
}

// isUserName recognises a speaker by one word: jane.roe, jroe42.
func isUserName(text string) bool {
	return text != "" && !strings.ContainsAny(text, " \t:;!?\"“”<>=/\\|{}()[]#*") && !letters.IsDigit(text[0])
}

func (timed) Proven(s Survey) bool { return s.Lines > 1 && s.Worded*5 >= s.Lines*4 }

func (timed) Anywhere(*labels.Label) bool { return false }

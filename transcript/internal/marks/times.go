package marks

import (
	"github.com/pullquote/pullquote/transcript/internal/layout"
)

// settleTimes takes bare times for text where they are few: 12:30 alone may be an
// answer.
func (t *Text) settleTimes() {
	n := 0
	for _, m := range t.Marks {
		if m.Kind == lineClock {
			n++
		}
	}
	for i := range t.Marks {
		if t.Marks[i].Kind == lineClock {
			t.Marks[i].Kind = LineText
			if n > 2 {
				t.Marks[i].Kind = lineTime
			}
		}
	}
}

// timeTurns gives turns the time that stands on the line above them, or that
// the file has for their first line.
func (t *Text) timeTurns() {
	var last layout.Clock
	for i := range t.Marks {
		m := &t.Marks[i]
		if m.Kind == LineTurn && m.Clock.StartMS == nil {
			m.Clock = last
			if at := t.Lines[i].StartMS; at != nil {
				m.Clock = layout.Clock{StartMS: at}
			}
		}
		if m.Kind != LineNote {
			last = layout.Clock{}
		} else if c, rest, ok := layout.LeadingClock(t.Lines[i].Text); ok && rest == "" {
			last = c
		}
	}
}

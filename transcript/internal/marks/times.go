package marks

import (
	"github.com/pullquote/pullquote/transcript/internal/layout"
)

const fewestTimes = 3 // bare times on lines of their own; where there are fewer, they may be answers

// settleTimes decides whether bare times on lines of their own are times of the recording,
// or numbers that somebody says: 12:30.
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
			if n >= fewestTimes {
				t.Marks[i].Kind = lineTime
			}
		}
	}
}

// timeTurns gives turns their times. A turn without a time beside its label gets the time
// that the file has for its first line, else the time alone on the line above.
func (t *Text) timeTurns() {
	var last layout.Clock
	for i := range t.Marks {
		m := &t.Marks[i]
		if m.Kind == LineTurn && m.Clock.StartMS == nil && m.Clock.Day == "" {
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

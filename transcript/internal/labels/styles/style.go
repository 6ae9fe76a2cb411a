// Package styles has the ways in which documents set a speaker's label apart from the
// words: by a colon, a full stop, a line of its own, bold type. Each has a file here,
// which shows the form, takes a label off a line, and says what proves that a document
// follows the style; testdata has an archive for each.
package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Style is one way of setting a speaker's label apart from the words.
type Style interface {
	// Name tells people which it is: full stop, own line.
	Name() string
	// Cut takes a label off a line by its form alone. Whether the label is a
	// speaker's, all of the document must say.
	Cut(labels.Reader, layout.Line) (Cut, bool)
	// Proven reports whether the document follows the style, by all the lines that
	// have its form.
	Proven(Survey) bool
	// Anywhere reports whether the form tells this label from words wherever a line
	// begins, and not only where a paragraph does.
	Anywhere(*labels.Label) bool
}

// All lists every style; the first whose form a line has is taken. The first is the
// colon, with whose lines others are compared.
func All() []Style {
	return []Style{
		colon{},
		smallLetters{},
		bare{},
		timed{},
		bold{},
		fullStop{},
		wideBlank{},
		dash{},
		brackets{},
		semicolon{},
		arrows{},
		ownLine{},
	}
}

// CutLabel takes the label off a line, with the time before or behind it.
func CutLabel(r labels.Reader, l layout.Line, all []Style) (c Cut, ok bool) {
	lead, body, timed := layout.LeadingClock(l.Text)
	if timed {
		l.Strong = max(0, l.Strong-(len(l.Text)-len(body)))
		l.Text, l.Timed = body, true
	}
	if l.Text == "" || len(r) >= labels.MostLabels {
		return Cut{}, false
	}
	if letters.StartsLower(l.Text) && l.Strong == 0 && strings.IndexByte(l.Text, ':') < 0 {
		return Cut{}, false // as most lines of a wrapped text
	}
	for i := range all {
		c, ok := all[i].Cut(r, l)
		if !ok {
			continue
		}
		if c.Clock.StartMS == nil {
			c.Clock = lead
		}
		c.Style = i
		return c, true
	}
	return Cut{}, false
}

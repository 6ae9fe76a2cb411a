// Package styles has the ways in which documents set a speaker's label apart from the
// words behind it: by a colon, a full stop, bold type, a line of its own. Each has a file
// here, which shows its form, takes a label off a line of that form, and says what proves
// that a document follows the style. To add a style is to add such a file, its line in
// All, an archive of examples in testdata, and its row in doc/FORMATS.md.
//
// The form of a single line proves little, since prose has colons, dashes and full stops,
// too. So a style is judged by its Survey: all lines of the document that have its form.
package styles

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Style is one way of setting a speaker's label apart from the words.
type Style interface {
	// Name is what people call the style: full stop, own line.
	Name() string
	// Cut takes a label off a line by its form alone; what it takes should have the form
	// of a label (labels.Form). Whether that is a speaker's, only the whole document can
	// say. The line is never empty, and has no time before it any more; one that begins
	// with a small letter comes here only where it is in bold or has a colon. The label
	// of a Cut is never nil.
	Cut(labels.Reader, layout.Line) (Cut, bool)
	// Proven reports whether the document follows the style, by all lines that have its
	// form.
	Proven(Survey) bool
	// Anywhere reports whether a label of this form stands out even on a line within a
	// paragraph, and not only where a paragraph begins.
	Anywhere(*labels.Label) bool
}

// mostStyles is how many All lists; behind them come those that were found in a document.
const mostStyles = 12

// The indices in All of the styles that are asked for by themselves.
const (
	Colon        = 0
	SmallLetters = 1
	Brackets     = 8
)

// FullStop is the index in All of the style of full stops, which every sentence ends with.
const FullStop = 5

// All lists every style that is known; of those whose form a line has, the first is taken, so the
// stricter form stands before the looser: a line of its own, which may be any, is the
// last. The first of all is the colon, with whose lines those of other styles are
// compared.
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

// CutLabel takes the label off a line by the first style of all whose form it has, those
// found in the document (see Found), which stand behind the others, before them, and
// the time and the number that stand before the label. Style is the index of that style.
func CutLabel(r labels.Reader, l layout.Line, all []Style) (c Cut, ok bool) {
	for i := len(all) - 1; i >= mostStyles; i-- {
		if c, ok := all[i].Cut(r, l); ok {
			return c.at(i, layout.Clock{}, false), true
		}
	}
	all = all[:mostStyles]
	c, ok = cutLabel(r, l, all)
	if ok && !c.Loose {
		return c, true
	}
	number, body := cutLead(l.Text)
	if number == "" {
		return c, ok
	}
	behind, found := cutLabel(r, l.Without(len(number)), all)
	if found && behind.Rest != "" && behind.Rest != body {
		behind.Lead = number
		return behind, true
	}
	return c, ok
}

// CutBy takes the label off a line by one style of all, with the time that stands before it.
func CutBy(r labels.Reader, l layout.Line, all []Style, style int) (c Cut, ok bool) {
	l, lead, timed := withoutTime(l)
	if l.Text == "" {
		return Cut{}, false
	}
	c, ok = all[style].Cut(r, l)
	return c.at(style, lead, timed), ok
}

// withoutTime takes the time that stands before a label off a line.
func withoutTime(l layout.Line) (rest layout.Line, lead layout.Clock, timed bool) {
	lead, body, timed := layout.LeadingClock(l.Text)
	if timed {
		l = l.Without(len(l.Text) - len(strings.TrimLeftFunc(body, layout.IsDecoration)))
		l.Timed = true
	}
	return l, lead, timed
}

// hasSeparator reports whether a line has one of the signs behind which a label in small
// letters may end.
func hasSeparator(text string) bool {
	for _, sign := range []byte(":|>\t") {
		if strings.IndexByte(text, sign) >= 0 {
			return true
		}
	}
	return false
}

// cutLabel takes the label off a line by the first style whose form it has.
func cutLabel(r labels.Reader, l layout.Line, all []Style) (c Cut, ok bool) {
	l, lead, timed := withoutTime(l)
	if l.Text == "" {
		return Cut{}, false
	}
	if letters.StartsLower(l.Text) && l.Strong == 0 && !timed && !hasSeparator(l.Text) {
		return Cut{}, false // as most lines of a wrapped text; no style has such labels
	}
	for i := range all {
		c, ok := all[i].Cut(r, l)
		if !ok {
			continue
		}
		return c.at(i, lead, timed), true
	}
	return Cut{}, false
}

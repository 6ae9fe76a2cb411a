// Package marks says of each line of a labelled text what it is: whether it begins a
// turn, goes on with one, stands between turns or ends them. A label must prove itself,
// by the style that the document follows and by coming again, because a label that is
// missed gives its words to the speaker before.
package marks

import (
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
)

// Kind is what a line is in labelled text.
type Kind uint8

const (
	LineText  Kind = iota
	LineTurn       // begins a turn
	LineEnd        // ends the transcript, or a part of it
	LineNote       // page numbers and headings between turns
	lineBreak      // ends the transcript if no turn follows, else is a note
	lineTime       // a time alone; that of the turn that begins below it
	lineClock      // such a time, or a number in a sentence
)

// Mark is what was made of a line. Most lines have no label, and share the empty
// cut, so that a mark is small.
type Mark struct {
	*styles.Cut
	Kind Kind
}

// Prefix is what is printed before the words of a turn.
func (m Mark) Prefix() string {
	if m.Label.Text == "" {
		return ">> "
	}
	return m.Label.Text + m.Verb + ": "
}

func CountTurns(marks []Mark) int {
	n := 0
	for _, m := range marks {
		if m.Kind == LineTurn {
			n++
		}
	}
	return n
}

// Package marks says of each line of a labelled text what it is: whether it begins a
// turn, goes on with one, stands between turns or ends them.
//
// A paragraph may begin "One thing: ...", which has the form of a label, so a label needs
// evidence: a form that the document proves. A transcript is periodic, so labels come again
// in one or two forms; once a form is proven, every line of it begins a turn, and what is
// uncertain about a label is a doubt of that turn. Two mistakes are possible: taking spoken
// words for a label costs a little recall, and missing a label credits its words to the
// previous speaker, which is worse.
package marks

import (
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
)

// Kind is what a line is in labelled text.
type Kind uint8

// The kinds of lines. Those that are not exported are settled before Read returns.
const (
	LineText       Kind = iota // goes on with the turn, if one has begun
	LineTurn                   // begins a turn
	LineUnlabelled             // begins a turn that has no label; Label is the last one above it, where the words are perhaps its bearer's
	LineReport                 // begins a turn of the record's own, which tells what happened
	LineEnd                    // ends the last turn: an end mark, a heading of minutes, a label without words
	LineNote                   // stands in no turn: page furniture, a heading, a time
	lineBreak                  // a row of stars or a bracketed time: an end mark if no turn follows, else a note
	lineTime                   // a time alone: a note, and the time of the turn that begins below it
	lineClock                  // a bare 12:30: a time if the document has several, else words of the turn
)

// Mark is what a line is. Most lines have no label; they share one empty Cut, so that a
// mark is small.
type Mark struct {
	*styles.Cut // Label is nil where the line has none; see LineUnlabelled
	Kind        Kind
	Doubt       string // why it is uncertain that a turn begins here, in a few words; empty where it is certain
}

// Prefix is what the canonical text has before the words of a turn that begins with this
// line.
func (m Mark) Prefix() string {
	if m.Label.Text == "" {
		return ">> "
	}
	return m.Lead + m.Label.Text + m.Verb + ": "
}

// CountTurns counts the lines that begin turns.
func CountTurns(marks []Mark) int {
	n := 0
	for _, m := range marks {
		if m.Kind == LineTurn {
			n++
		}
	}
	return n
}

package transcript

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/container"
)

// document is an unwrapped file with what several formats want to know of it. The
// fields below the first two are worked out when they are first asked for.
type document struct {
	content *container.Content
	options Options

	layout     []line
	turns      *labelledText
	talk       *interview
	vocabulary map[string]bool
}

// lines divides the document. From then on the content has no lines of its own.
func (d *document) lines() []line {
	if d.layout == nil {
		lines := newLines(d.content.Lines)
		d.content.Lines = nil // of a large file, they are the greater part of the memory
		d.layout = setDebrisAside(lines, isLabelForm)
	}
	return d.layout
}

// labelled says of each line what it is in labelled text.
func (d *document) labelled() *labelledText {
	if d.turns == nil {
		d.turns = newLabelledText(d.lines())
	}
	return d.turns
}

// interview reads the document as an interview without labels.
func (d *document) interview() *interview {
	if d.talk == nil {
		d.talk = newInterview(d.lines(), d.knows)
	}
	return d.talk
}

// knows reports whether a word, in small letters, stands in the document.
func (d *document) knows(word string) bool {
	if d.vocabulary == nil {
		d.vocabulary = map[string]bool{}
		for _, l := range d.lines() {
			for _, w := range strings.FieldsFunc(l.text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
				d.vocabulary[strings.ToLower(w)] = true
			}
		}
	}
	return d.vocabulary[word]
}

// settle gives a labelled document its facts, its turns their people, and both
// the conversation's shape: title is the title block, introduction the prose
// before the first label.
func (d *document) settle(t *Transcript, title []line, introduction []string) {
	labels := labelReader{}
	for _, turn := range t.Turns {
		labels.read(string(turn.Label))
	}
	labels.settlePairs()
	front := readLabelledFront(d.content.Fields, title, introduction, t.Turns, labels)
	front.apply(t)
	namePeople(t, front, labels)
	assignRoles(t.Turns, labels, front.presiding())
}

package transcript

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/internal/interview"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/marks"
	"github.com/pullquote/pullquote/transcript/internal/people"
	"github.com/pullquote/pullquote/transcript/internal/roles"
	"github.com/pullquote/pullquote/transcript/model"
)

// document is an unwrapped file with what several formats want to know of it. The
// fields below the first two are worked out when they are first asked for.
type document struct {
	content *container.Content
	options Options

	layout     []layout.Line
	turns      *marks.Text
	talk       *interview.Interview
	vocabulary map[string]bool
}

// lines divides the document. From then on the content has no lines of its own.
func (d *document) lines() []layout.Line {
	if d.layout == nil {
		lines := layout.NewLines(d.content.Lines)
		d.content.Lines = nil // of a large file, they are the greater part of the memory
		d.layout = layout.SetFurnitureAside(lines, labels.HasForm)
	}
	return d.layout
}

// labelled says of each line what it is in labelled text.
func (d *document) labelled() *marks.Text {
	if d.turns == nil {
		d.turns = marks.Read(d.lines())
	}
	return d.turns
}

// interview reads the document as an interview without labels.
func (d *document) interview() *interview.Interview {
	if d.talk == nil {
		d.talk = interview.New(d.lines(), d.knows)
	}
	return d.talk
}

// knows reports whether a word, in small letters, stands in the document.
func (d *document) knows(word string) bool {
	if d.vocabulary == nil {
		d.vocabulary = map[string]bool{}
		for _, l := range d.lines() {
			for _, w := range strings.FieldsFunc(l.Text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
				d.vocabulary[strings.ToLower(w)] = true
			}
		}
	}
	return d.vocabulary[word]
}

// settle gives a labelled document its facts, its turns their people, and both
// the conversation's shape: title is the title block, introduction the prose
// before the first label.
func (d *document) settle(t *model.Transcript, title []layout.Line, introduction []string) {
	labels := labels.Reader{}
	for _, turn := range t.Turns {
		labels.Read(string(turn.Label))
	}
	labels.SettlePairs()
	front := people.ReadFront(d.content.Fields, title, introduction, t.Turns, labels)
	front.Apply(t)
	people.Name(t, front, labels)
	roles.Assign(t.Turns, labels, front.Presiding())
}

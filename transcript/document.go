package transcript

import (
	"context"
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

// document is the file that is parsed, out of its container, with what several formats want
// to know of it. The fields behind the first two are worked out when they are first asked
// for.
type document struct {
	ctx     context.Context // whose end ends the work between its stages
	content *container.Content
	options Options

	layout     []layout.Line
	text       *marks.Text
	unlabelled *interview.Interview
	vocabulary map[string]bool
}

// lines are the lines of the document, the page furniture marked. From then on the content
// has no lines of its own.
func (d *document) lines() []layout.Line {
	if d.layout == nil {
		lines := layout.NewLines(d.content.Lines)
		d.content.Lines = nil // which, of a large file, take the greater part of the memory
		d.layout = layout.SetFurnitureAside(lines, labels.HasForm)
	}
	return d.layout
}

// labelled is the document read as labelled text.
func (d *document) labelled() *marks.Text {
	if d.text == nil {
		d.text = marks.Read(d.lines())
	}
	return d.text
}

// interview is the document read as an interview without labels.
func (d *document) interview() *interview.Interview {
	if d.unlabelled == nil {
		d.unlabelled = interview.New(d.lines(), d.knows)
	}
	return d.unlabelled
}

// knows reports whether a word, in small letters, stands anywhere in the document.
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

// settle gives a transcript its title, date and place, and its turns their people and roles,
// where the format alone does not tell them. The title is the title block, the introduction
// the paragraphs of prose before the first turn.
func (d *document) settle(t *model.Transcript, title []layout.Line, introduction []string) {
	reader := labels.Reader{}
	for _, turn := range t.Turns {
		reader.Read(string(turn.Label))
	}
	reader.SettlePairs()
	if d.ctx.Err() != nil {
		return
	}
	front := people.ReadFront(d.content.Fields, title, introduction, t.Turns, reader)
	front.Apply(t)
	people.Name(t, front, reader)
	if d.ctx.Err() != nil {
		return
	}
	roles.Assign(t.Turns, reader, front.Presiding())
}

package office

import (
	"slices"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/flow"
)

// prose gathers the paragraphs of a word processor's file. A paragraph inside another,
// as in a text box, comes after it.
type prose struct {
	flow.Flow
	open   []*proseParagraph // the innermost last
	number int               // paragraphs so far

	noteReferences bool
	note           string // the name of the note whose first paragraph comes next
}

// proseParagraph is an open paragraph.
type proseParagraph struct {
	*flow.Paragraph
	runs []run // those that are open, the innermost last; the first stands for the paragraph
}

// run is the formatting of a run of text.
type run struct {
	flow.Type
	hidden bool
	raised bool // above the line
}

func (p *prose) beginParagraph() {
	p.number++
	begun := &proseParagraph{flow.NewParagraph(p.number), make([]run, 1)}
	p.open = append(p.open, begun)
	if p.note != "" {
		begun.Add("[^"+p.note+"]: ", flow.Type{})
		p.note = ""
	}
}

// refer adds a reference to a note where references are asked for.
func (p *prose) refer(to *proseParagraph, note string) {
	if p.noteReferences {
		to.Add("[^"+note+"]", flow.Type{})
	}
}

// beginNote begins a note.
func (p *prose) beginNote(note string) {
	if p.noteReferences {
		p.note = note
	}
}

func (p *prose) endParagraph() {
	if n := len(p.open); n > 0 {
		p.Put(p.open[n-1].End()...)
		p.open = p.open[:n-1]
	}
}

// end is all lines, in the order in which their paragraphs begin.
func (p *prose) end() []content.Line {
	lines := p.Flow.End()
	slices.SortStableFunc(lines, func(a, b content.Line) int { return a.Number - b.Number })
	return lines
}

// current is the innermost paragraph; nil outside of any.
func (p *prose) current() *proseParagraph {
	if n := len(p.open); n > 0 {
		return p.open[n-1]
	}
	return nil
}

func (p *proseParagraph) run() *run { return &p.runs[len(p.runs)-1] }

func (p *proseParagraph) beginRun() { p.runs = append(p.runs, *p.run()) }

func (p *proseParagraph) endRun() {
	if n := len(p.runs); n > 1 {
		p.runs = p.runs[:n-1]
	}
}

func (p *proseParagraph) inRun() bool { return len(p.runs) > 1 }

// addRun adds text of the innermost run, with its white space preserved.
func (p *prose) addRun(to *proseParagraph, text string) {
	if r := to.run(); !r.hidden && !p.isNoteNumber(to, text) {
		to.Add(text, r.Type)
	}
}

// isNoteNumber reports whether a text of the innermost run is a note's number that is to be
// left out.
func (p *prose) isNoteNumber(to *proseParagraph, text string) bool {
	return p.noteReferences && to.run().raised && content.IsNoteNumber(to.Before(), text)
}

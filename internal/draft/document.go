package draft

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container"
)

// readDocument reads a file of a word processor: the text and the notes, as they
// are when all changes are accepted; the numbers of notes are no words, and refer to the notes. Paragraphs in a style
// for quotations, or indented on both sides, are block quotations.
func (s Source) readDocument(file []byte) ([]block, error) {
	content, err := s.Opened(file, container.Options{NoteReferences: true})
	if err != nil {
		return nil, err
	}
	var r documentReader
	for _, l := range content.Lines {
		r.read(l)
	}
	return r.blocks, nil
}

type documentReader struct {
	blocks []block
	quoted int  // block quotations so far
	inside bool // the last line was of one
	row    int  // rows of tables so far
}

func (r *documentReader) read(l container.Line) {
	if l.Quote && !r.inside {
		r.quoted++
	}
	r.inside = l.Quote
	if l.Cells == nil {
		r.add(l, l.Text, l.Gap)
	}
	if l.Cells != nil {
		r.row++
	}
	for _, cell := range l.Cells {
		r.add(l, cell, true)
		r.blocks[len(r.blocks)-1].row = r.row
	}
}

// add adds text to the last paragraph, or begins one. A tab divides it as a line
// end does.
func (r *documentReader) add(l container.Line, text string, begin bool) {
	if begin || len(r.blocks) == 0 {
		r.blocks = append(r.blocks, block{})
	} else {
		text = "\n" + text
	}
	last := &r.blocks[len(r.blocks)-1]
	if l.Quote {
		last.quoted = r.quoted
	}
	last.heading = last.heading || l.Heading > 0
	last.addReferring(strings.ReplaceAll(text, "\t", "\n"), l.Number)
}

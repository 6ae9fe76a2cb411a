// Package content is the model of an unwrapped file, whatever held it: lines in
// reading order, with what the markup tells about each; the voices that the file
// itself names; the facts that it states about itself; and the error that says why
// it could not be read.
//
// It is the floor on which the packages of the containers stand: each makes a
// Content without knowing of the others. Callers use the same types by the names
// that package container gives them.
package content

import (
	"fmt"
	"path"
	"strings"
)

// Content is what a file holds.
type Content struct {
	Kind     string   // the name of the container: one of container.Kinds
	Text     string   // the decoded text, of a file that is one; empty for PDFs and the like
	Fields   []Field  // what the file says of itself: front matter, document properties
	Lines    []Line   // in reading order
	Warnings []string // what was lost in unwrapping
}

// Options say what is known of a file besides its bytes.
type Options struct {
	Filename    string
	ContentType string // its charset parameter, where there is one, decides the encoding of text
	Kind        string // forces a container, one of container.Kinds

	// NoteReferences leaves out the numbers of notes in the text, where type or markup sets
	// them above the line: whoever quotes a text does not quote its notes' numbers. The notes
	// of a word processor are referred to, and named, as Markdown does: [^1] and [^1]:.
	NoteReferences bool
}

// Extension is that of the file's name, in small letters: ".md".
func (o Options) Extension() string { return path.Ext(strings.ToLower(o.Filename)) }

// MediaType is the Content-Type without its parameters, in small letters:
// "text/html".
func (o Options) MediaType() string {
	mediaType, _, _ := strings.Cut(o.ContentType, ";")
	return strings.ToLower(strings.TrimSpace(mediaType))
}

// Tidy holds the lines to what Line promises: text that can be seen, without white
// space at its ends. A line that has none left goes, and what it began, a paragraph
// or a page, begins with the next.
func (c *Content) Tidy() {
	kept := c.Lines[:0]
	gap, page := false, false
	hidden := 0
	for _, l := range c.Lines {
		l, n := l.visible()
		hidden += n
		l = l.Trimmed()
		l.Gap, l.Page = l.Gap || gap, l.Page || page
		gap, page = l.Text == "" && l.Gap, l.Text == "" && l.Page
		if l.Text != "" {
			kept = append(kept, l)
		}
	}
	c.Lines = kept
	if hidden > 0 {
		c.Warnings = append(c.Warnings, fmt.Sprintf("%d invisible characters were taken out", hidden))
	}
}

// Package layout reads a document as its page looks: lines with their indents and the
// blank lines between them, the page furniture (line and page numbers, running heads,
// tables of contents), the paragraphs that lines make, the times beside them. It also
// writes the canonical text, in which every offset counts.
package layout

import (
	"slices"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// Line is a line of a document that is not blank, without the white space at its ends.
type Line struct {
	Text    string
	StartMS *int64 // when it was said, where the container says so
	EndMS   *int64
	Indent  int // columns of white space before it
	Heading int // level of a heading, from 1; 0 if it is none
	Strong  int // bytes of bold text at the start of the line

	Gap       bool // a paragraph begins with it, as far as blank lines or markup tell
	Furniture bool // it is page furniture: nobody said it
	Item      bool // it is an item of a list
	Timed     bool // a time before the text was taken off
	Cells     bool // it is a row of a table, its cells joined in Text
	Slanted   bool // all of it is set in italics
	Code      bool // it is of a block of code, which is neither prose nor page furniture

	page bool // a page begins with it, as far as the container tells
}

// Without is the line without its first n bytes.
func (l Line) Without(n int) Line {
	l.Text, l.Strong = l.Text[n:], max(0, l.Strong-n)
	return l
}

// FrontLimit is the number of lines in which front matter is looked for: what stands
// before the first turn.
const FrontLimit = 120

// NewLines are the lines that a container holds.
func NewLines(lines []content.Line) []Line {
	out := make([]Line, len(lines))
	for i, l := range lines {
		out[i] = Line{Text: l.Text, Gap: l.Gap, page: l.Page, Indent: l.Indent,
			Item: l.Item, Cells: len(l.Cells) > 0, Code: l.Code, Slanted: l.Slanted, Heading: l.Heading, Strong: l.Strong, StartMS: l.StartMS, EndMS: l.EndMS}
	}
	return out
}

// WithoutFurniture are the lines that are not page furniture.
func WithoutFurniture(lines []Line) []Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return l.Furniture })
}

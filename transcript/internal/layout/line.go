// Package layout reads a document as a page shows it: lines with their indents and
// gaps, the page furniture to be set aside (numbers, running heads, tables of contents),
// the paragraphs that lines make, the times beside them; and it writes the canonical
// text, in which every offset counts.
package layout

import (
	"slices"

	"github.com/pullquote/pullquote/transcript/container"
)

// Line is a line of a document that is not blank, without the white space at
// its ends.
type Line struct {
	Text    string
	StartMS *int64
	Indent  int // columns of white space before it
	Heading int // see container.Line
	Strong  int
	Gap     bool // it begins a paragraph
	page    bool // it begins a page
	Aside   bool // it belongs to the paper, not to the talk: see debris.go
	Item    bool // it is an item of a list
	Timed   bool // a time that stood before the text was taken off
	Cells   bool // it is a row of a table
	Code    bool // it is of a block of code: no prose, and no debris
}

func NewLines(lines []container.Line) []Line {
	out := make([]Line, len(lines))
	for i, l := range lines {
		out[i] = Line{Text: l.Text, Gap: l.Gap, page: l.Page, Indent: l.Indent,
			Item: l.Item, Cells: len(l.Cells) > 0, Code: l.Code, Heading: l.Heading, Strong: l.Strong, StartMS: l.StartMS}
	}
	return out
}

// WithoutAsides are the lines of the talk.
func WithoutAsides(lines []Line) []Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return l.Aside })
}

const FrontLimit = 120 // lines of front matter that are looked at

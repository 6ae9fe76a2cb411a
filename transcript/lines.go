package transcript

import "github.com/pullquote/pullquote/transcript/container"

// line is a line of a document that is not blank, without the white space at
// its ends.
type line struct {
	text    string
	startMS *int64
	indent  int // columns of white space before it
	heading int // see container.Line
	strong  int
	gap     bool // it begins a paragraph
	page    bool // it begins a page
	aside   bool // it belongs to the paper, not to the talk: see debris.go
	item    bool // it is an item of a list
	timed   bool // a time that stood before the text was taken off
	cells   bool // it is a row of a table
	code    bool // it is of a block of code: no prose, and no debris
}

func newLines(lines []container.Line) []line {
	out := make([]line, len(lines))
	for i, l := range lines {
		out[i] = line{text: l.Text, gap: l.Gap, page: l.Page, indent: l.Indent,
			item: l.Item, cells: len(l.Cells) > 0, code: l.Code, heading: l.Heading, strong: l.Strong, startMS: l.StartMS}
	}
	return out
}

const frontLimit = 120 // lines of front matter that are looked at

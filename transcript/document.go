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

// lines divides the document. From then on the content has no lines of its own.
func (d *document) lines() []line {
	if d.layout == nil {
		lines := newLines(d.content.Lines)
		d.content.Lines = nil // of a large file, they are the greater part of the memory
		d.layout = setDebrisAside(lines)
	}
	return d.layout
}

func newLines(lines []container.Line) []line {
	out := make([]line, len(lines))
	for i, l := range lines {
		out[i] = line{text: l.Text, gap: l.Gap, page: l.Page, indent: l.Indent,
			item: l.Item, cells: len(l.Cells) > 0, code: l.Code, heading: l.Heading, strong: l.Strong, startMS: l.StartMS}
	}
	return out
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
		d.talk = newInterview(d)
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

// Package container unwraps files: it takes the lines of a text out of whatever
// holds them, be it plain text, a web page, a PDF or captions, and says
// nothing yet of who speaks.
//
// Each container is one file here. It recognises itself by the content, and it
// keeps what its markup tells about a line, because that is often what sets a
// speaker's name apart: bold type, a heading, a cue's voice, the field of a row.
// What is read from the lines is the business of package transcript.
package container

import "fmt"

// Content is what a file holds.
type Content struct {
	Kind     string   // the name of the container: one of Kinds
	Text     string   // of a text file, decoded; empty where the lines are not those of a text
	Fields   []Field  // what the file says of itself: front matter, document properties
	Lines    []Line   // in reading order
	Warnings []string // what was lost in unwrapping
}

// Field is a fact that a file states about itself beside its text.
type Field struct {
	Name  string // in small letters: title, date, speakers
	Value string
}

// Line is what stands between two line ends of a text, or a paragraph, a table
// row or a cue of a file that has those.
type Line struct {
	Text    string   // without markup, and without white space at its ends; never empty
	Cells   []string // of a table row; Text joins them
	Voice   *Voice   // whose words these are, where the file itself says so
	StartMS *int64   // milliseconds into the recording, where the file has times
	EndMS   *int64
	Indent  int  // columns of white space before it
	Heading int  // level of the heading that it is, from 1; 0 for none
	Strong  int  // bytes from the start of Text that are set in bold
	Number  int  // of the paragraph of a word processor's file that it is in, from 1; 0 elsewhere
	Gap     bool // begins a paragraph
	Page    bool // begins a page
	Item    bool // is an item of a list, whose mark is no part of Text
	Quote   bool // stands in a block quotation, or in a style for one
	Code    bool // stands in a block of code
}

// Voice is what a file says of who speaks, in fields of its own rather than in
// the text. Lines that follow each other and share one Voice, the pointer, are
// one turn.
type Voice struct {
	Label       string // as the file has it; empty for somebody it does not name
	Name        string // in full, where the file says it besides the label
	Affiliation string
	Role        string // question, answer, statement, moderator or narration, where the file says so
}

// Options say what is known of a file besides its bytes.
type Options struct {
	Filename    string
	ContentType string // its charset parameter, where there is one, decides the encoding of text
	Kind        string // forces a container, one of Kinds
}

// kind is one way to wrap a text.
type kind struct {
	name string
	is   func(data []byte, o Options) bool
	open func(data []byte, o Options) (*Content, error)
}

// kinds lists every container; the first that fits is taken. Text comes last
// and fits all.
func kinds() []kind {
	return []kind{
		{"pdf", isPDF, openPDF},
		{"docx", isDOCX, openDOCX},
		{"odt", isODT, openODT},
		{"doc", isDOC, openDOC},
		{"html", isHTML, openHTML},
		{"vtt", isVTT, openVTT},
		{"srt", isSRT, openSRT},
		{"akn", isAkoma, openAkoma},
		{"json", isJSON, openJSON},
		{"csv", isCSV, openCSV},
		{"markdown", isMarkdown, openMarkdown},
		{"text", isText, openText},
	}
}

// Kinds lists the names of the containers that are read.
func Kinds() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// Open unwraps a file. Its errors are of type *Error and say what to do.
func Open(data []byte, o Options) (*Content, error) {
	for _, k := range kinds() {
		if o.Kind == k.name || o.Kind == "" && k.is(data, o) {
			content, err := k.open(data, o)
			if err != nil {
				return nil, err
			}
			content.Kind = k.name
			content.tidy()
			return content, nil
		}
	}
	return nil, Invalid("there is no container %q", o.Kind)
}

// tidy holds every container to what Line promises.
func (c *Content) tidy() {
	kept := c.Lines[:0]
	gap, page := false, false
	hidden := 0
	for _, l := range c.Lines {
		l.Strong = min(l.Strong, len(l.Text))
		if clean, n, _ := DropInvisible(l.Text); n > 0 {
			strong, _, _ := DropInvisible(l.Text[:l.Strong])
			l.Text, l.Strong = clean, len(strong)
			hidden += n
		}
		l = trimLine(l)
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

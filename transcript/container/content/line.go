package content

import "strings"

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

// Trimmed takes the white space off a line's ends, and off those of its bold
// beginning.
func (l Line) Trimmed() Line {
	trimmed := strings.TrimLeft(l.Text, " \t\u00a0\u3000")
	l.Strong = max(0, l.Strong-(len(l.Text)-len(trimmed)))
	l.Text = strings.TrimSpace(trimmed)
	l.Strong = len(strings.TrimSpace(l.Text[:min(l.Strong, len(l.Text))]))
	return l
}

// RowLine is the line of a row of a table.
func RowLine(cells []string) Line {
	return Line{Text: strings.TrimSpace(strings.Join(cells, " | ")), Cells: cells}
}

const MostColumns = 1000

package content

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Line is what stands between two line ends of a text, or a paragraph, a table
// row or a cue of a file that has those.
type Line struct {
	Text    string   // without markup, and without white space at its ends; never empty
	Cells   []string // of a table row; Text joins them
	Voice   *Voice   // whose words these are, where the file itself says so
	StartMS *int64   // milliseconds into the recording, where the file has times
	EndMS   *int64
	Cues    []Cue // times of parts of Text, in order, where the file has any besides those of the line
	Indent  int   // columns of white space before it
	Heading int   // level of the heading that it is, from 1; 0 for none
	Strong  int   // bytes from the start of Text that are set in bold
	Number  int   // of the paragraph of a word processor's file that it is in, from 1; 0 elsewhere
	Gap     bool  // begins a paragraph
	Page    bool  // begins a page
	Item    bool  // is an item of a list, whose mark is no part of Text
	Quote   bool  // stands in a block quotation, or in a style for one
	Code    bool  // stands in a block of code
	Slanted bool  // all of it is set in italics

	Setting *Setting // where and how it stands on its page, where the container tells
}

// Cue is a part of a line whose time the file tells: a word, of a recogniser's.
type Cue struct {
	At      int // bytes from the start of the line's text
	StartMS int64
	EndMS   int64 // StartMS where the file does not tell
}

// Setting is how a line is set on its page. Places and widths are in points, from the lower
// left corner of the page.
type Setting struct {
	Left, Right float64 // where it begins and ends
	Base        float64 // its baseline
	Size        float64 // of the type that most of it is set in
	Word        float64 // width of its first word, with the blank before it
}

// Voice is what a file says of who speaks, in fields of its own rather than in
// the text. Lines that follow each other and share one Voice, the pointer, are
// one turn.
type Voice struct {
	Label       string // as the file has it; empty for somebody it does not name
	Name        string // in full, where the file says it besides the label
	Affiliation string
	Anonymous   bool   // the label tells somebody apart from others and names nobody: SPEAKER_00
	Doubt       string // why it is uncertain who speaks or where the turn begins, in a few words
	Role        string // question, answer, statement, moderator or narration, where the file says so
}

// visible is the line without invisible characters, and how many it had.
func (l Line) visible() (clean Line, hidden int) {
	l.Strong = min(l.Strong, len(l.Text))
	seen, hidden, _ := text.DropInvisible(l.Text)
	if hidden > 0 {
		strong, _, _ := text.DropInvisible(l.Text[:l.Strong])
		l.Text, l.Strong, l.Cues = seen, len(strong), nil
	}
	return l, hidden
}

// Trimmed is the line without white space at its ends, or at the ends of its bold
// beginning.
func (l Line) Trimmed() Line {
	trimmed := strings.TrimLeft(l.Text, " \t\u00a0\u3000")
	cut := len(l.Text) - len(trimmed)
	l.Strong = max(0, l.Strong-cut)
	for i := range l.Cues {
		l.Cues[i].At = max(0, l.Cues[i].At-cut)
	}
	l.Text = strings.TrimSpace(trimmed)
	l.Strong = len(strings.TrimSpace(l.Text[:min(l.Strong, len(l.Text))]))
	return l
}

// RowLine is the line of a table's row.
func RowLine(cells []string) Line {
	return Line{Text: strings.TrimSpace(strings.Join(cells, " | ")), Cells: cells}
}

// A file may have fewestLines, and a larger one a line for each bytesALine. Lines of
// speech are longer; blank lines may stand between them.
const (
	fewestLines = 1 << 19
	bytesALine  = 24
)

// CheckLines refuses a file of so many bytes with far more lines than speech has, because
// each takes memory besides its words.
func CheckLines(n, bytes int) error {
	if most := fewestLines + bytes/bytesALine; n > most {
		return TooLarge("the file has more than the %d lines that are read of a file of its size; divide it, or leave out blank lines", most)
	}
	return nil
}

// MostColumns is how many cells a row may have: more is no transcript, and each
// takes memory besides its words.
const MostColumns = 1000

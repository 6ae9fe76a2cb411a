package flow

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Type is in what type a run of text is set.
type Type struct{ Bold, Slanted bool }

// Paragraph gathers runs of text, each in its type, and divides them into lines at
// line breaks.
type Paragraph struct {
	Line    content.Line // what holds for each of its lines; Gap and Item hold for the next alone
	lines   []content.Line
	text    []byte // of the line that is open
	strong  int    // bytes of text, from its start, that are bold
	mixed   bool   // text has words that are not bold
	upright bool   // text has words that are not in italics
}

// NewParagraph begins a paragraph; its number is that of Line.Number.
func NewParagraph(number int) *Paragraph {
	return &Paragraph{Line: content.Line{Gap: true, Number: number}}
}

// Add adds a run with its white space preserved, but for line ends, which become
// blanks.
func (p *Paragraph) Add(run string, t Type) {
	if strings.ContainsAny(run, lineEnds) {
		run = strings.Map(withoutLineEnds, run)
	}
	p.text = append(p.text, run...)
	if strings.TrimSpace(run) == "" {
		return
	}
	p.mixed, p.upright = p.mixed || !t.Bold, p.upright || !t.Slanted
	if !p.mixed {
		p.strong = len(p.text)
	}
}

// AddCollapsed adds a run with its white space collapsed, as HTML and OpenDocument
// mean it: any length is one blank, or none behind a blank.
func (p *Paragraph) AddCollapsed(run string, t Type) {
	const blanks = " \t\n\r\f"
	var b strings.Builder
	b.Grow(len(run))
	space := len(p.text) == 0 || p.text[len(p.text)-1] == ' '
	for i := range len(run) {
		blank := strings.IndexByte(blanks, run[i]) >= 0
		switch {
		case !blank:
			b.WriteByte(run[i])
		case !space:
			b.WriteByte(' ')
		}
		space = blank
	}
	p.Add(b.String(), t)
}

// Before is the end of what the open line has so far, in which its last words are.
func (p *Paragraph) Before() string {
	const lastWords = 40 // bytes
	return string(p.text[max(0, len(p.text)-lastWords):])
}

// BreakLine ends the line that is open. What follows an empty line begins a
// paragraph.
func (p *Paragraph) BreakLine() {
	clean, _, _ := text.DropInvisible(string(p.text))
	strong, _, _ := text.DropInvisible(string(p.text[:p.strong]))
	strong = strings.TrimRight(strong, string(text.SoftHyphen))
	l := p.Line
	if l.Text = strings.TrimSpace(clean); l.Text == "" {
		p.Line.Gap = p.Line.Gap || len(p.lines) > 0
	} else {
		l.Indent = text.Indent(clean)
		l.Strong, l.Slanted = len(strings.TrimSpace(strong)), !p.upright
		p.lines = append(p.lines, l)
		p.Line.Gap, p.Line.Item = false, false
	}
	p.text, p.strong, p.mixed, p.upright = p.text[:0], 0, false, false
}

// End is the paragraph's lines.
func (p *Paragraph) End() []content.Line {
	p.BreakLine()
	return p.lines
}

const lineEnds = "\n\r\v\f\u0085\u2028\u2029"

func withoutLineEnds(r rune) rune {
	if strings.ContainsRune(lineEnds, r) {
		return ' '
	}
	return r
}

// IsBoldWeight reports whether a font weight, as CSS and OpenDocument write it, is
// bold.
func IsBoldWeight(weight string) bool {
	switch strings.ToLower(weight) {
	case "bold", "bolder", "600", "700", "800", "900":
		return true
	}
	return false
}

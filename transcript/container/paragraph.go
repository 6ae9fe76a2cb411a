package container

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// paragraph gathers the runs of a paragraph, each bold or not, and divides it
// into lines where it is broken.
type paragraph struct {
	line   content.Line // what holds for each of the lines; Gap and Item for the next
	lines  []content.Line
	text   []byte // of the line that is open
	strong int    // bytes of text, from its start, that are bold
	mixed  bool   // text has words that are not bold
}

func newParagraph(number int) *paragraph {
	return &paragraph{line: content.Line{Gap: true, Number: number}}
}

// add adds a run with its white space as it stands, though a line end in it is
// only a blank.
func (p *paragraph) add(run string, bold bool) {
	if strings.ContainsAny(run, lineEnds) {
		run = strings.Map(withoutLineEnds, run)
	}
	p.text = append(p.text, run...)
	switch {
	case strings.TrimSpace(run) == "":
	case !bold:
		p.mixed = true
	case !p.mixed:
		p.strong = len(p.text)
	}
}

// addCollapsed adds a run as markup languages mean it, in which white space of any
// length is one blank, or none where there is one before it.
func (p *paragraph) addCollapsed(run string, bold bool) {
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
	p.add(b.String(), bold)
}

// breakLine ends the line that is open. After one without words a paragraph
// begins.
func (p *paragraph) breakLine() {
	clean, _, _ := text.DropInvisible(string(p.text))
	strong, _, _ := text.DropInvisible(string(p.text[:p.strong]))
	strong = strings.TrimRight(strong, string(text.SoftHyphen))
	l := p.line
	if l.Text = strings.TrimSpace(clean); l.Text == "" {
		p.line.Gap = p.line.Gap || len(p.lines) > 0
	} else {
		l.Indent = text.Indent(clean)
		l.Strong = len(strings.TrimSpace(strong))
		p.lines = append(p.lines, l)
		p.line.Gap, p.line.Item = false, false
	}
	p.text, p.strong, p.mixed = p.text[:0], 0, false
}

// end is the paragraph's lines.
func (p *paragraph) end() []content.Line {
	p.breakLine()
	return p.lines
}

const lineEnds = "\n\r\v\f\u0085\u2028\u2029"

func withoutLineEnds(r rune) rune {
	if strings.ContainsRune(lineEnds, r) {
		return ' '
	}
	return r
}

func isBoldWeight(weight string) bool {
	switch strings.ToLower(weight) {
	case "bold", "bolder", "600", "700", "800", "900":
		return true
	}
	return false
}

package layout

import (
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/model"
)

// Canonical builds a canonical text and the turns that stand in it, counting
// code points as it goes so that no offset is ever searched for afterwards.
type Canonical struct {
	text  strings.Builder
	runes int // code points written
	Turns []model.Turn
	spans []byteSpan // of the turns
	Open  bool       // a turn is being written
	aside []string   // lines found within the open turn that are not part of it
}

// NewCanonical makes room for the text of a document and a number of turns.
func NewCanonical(text string, turns int) *Canonical {
	c := &Canonical{Turns: make([]model.Turn, 0, turns), spans: make([]byteSpan, 0, turns)}
	c.text.Grow(len(text) + len(text)/16)
	return c
}

type byteSpan struct{ start, end int }

// Begin opens a turn; prefix is what is printed before its words.
func (c *Canonical) Begin(prefix string, turn model.Turn) {
	c.End()
	c.separate()
	c.Write(prefix)
	turn.Index, turn.Start = len(c.Turns), c.runes
	c.Turns = append(c.Turns, turn)
	c.spans = append(c.spans, byteSpan{start: c.text.Len()})
	c.Open = true
}

// Paragraph adds a paragraph to the open turn.
func (c *Canonical) Paragraph(s string) {
	if c.runes > c.Turns[len(c.Turns)-1].Start {
		c.separate()
	}
	c.Write(s)
}

// Blocks adds paragraphs to the open turn, and what is aside outside of it.
func (c *Canonical) Blocks(blocks []block) {
	for _, b := range blocks {
		if b.aside {
			c.Outside(b.text)
		} else {
			c.Paragraph(b.text)
		}
	}
}

// Outside adds a paragraph that belongs to no turn. Within a turn it waits
// until the turn ends, so that the turn stays one span.
func (c *Canonical) Outside(s string) {
	if c.Open {
		c.aside = append(c.aside, s)
		return
	}
	c.separate()
	c.Write(s)
}

func (c *Canonical) Outsides(paragraphs []string) {
	for _, s := range paragraphs {
		c.Outside(s)
	}
}

// End closes the open turn, if there is one.
func (c *Canonical) End() {
	if !c.Open {
		return
	}
	last := len(c.Turns) - 1
	c.Turns[last].End = c.runes
	c.spans[last].end = c.text.Len()
	c.Open = false
	c.Outsides(c.aside)
	c.aside = c.aside[:0]
}

// Write adds text as it is.
func (c *Canonical) Write(s string) {
	c.text.WriteString(s)
	c.runes += utf8.RuneCountInString(s)
}

// separate puts a blank line between what was written and what follows.
func (c *Canonical) separate() {
	if c.runes > 0 {
		c.Write("\n\n")
	}
}

// Transcript is the text with its turns, which share its memory.
func (c *Canonical) Transcript() *model.Transcript {
	c.End()
	text := c.text.String()
	for i, span := range c.spans {
		c.Turns[i].Text = text[span.start:span.end]
	}
	return &model.Transcript{Text: text, Turns: c.Turns}
}

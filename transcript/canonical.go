package transcript

import (
	"strings"
	"unicode/utf8"
)

// canonical builds a canonical text and the turns that stand in it, counting
// code points as it goes so that no offset is ever searched for afterwards.
type canonical struct {
	text  strings.Builder
	runes int // code points written
	turns []Turn
	spans []byteSpan // of the turns
	open  bool       // a turn is being written
	aside []string   // lines found within the open turn that are not part of it
}

type byteSpan struct{ start, end int }

// newCanonical makes room for the text of a document and a number of turns.
func newCanonical(text string, turns int) *canonical {
	c := &canonical{turns: make([]Turn, 0, turns), spans: make([]byteSpan, 0, turns)}
	c.text.Grow(len(text) + len(text)/16)
	return c
}

// write adds text as it is.
func (c *canonical) write(s string) {
	c.text.WriteString(s)
	c.runes += utf8.RuneCountInString(s)
}

// separate puts a blank line between what was written and what follows.
func (c *canonical) separate() {
	if c.runes > 0 {
		c.write("\n\n")
	}
}

// outside adds a paragraph that belongs to no turn. Within a turn it waits
// until the turn ends, so that the turn stays one span.
func (c *canonical) outside(s string) {
	if c.open {
		c.aside = append(c.aside, s)
		return
	}
	c.separate()
	c.write(s)
}

func (c *canonical) outsides(paragraphs []string) {
	for _, s := range paragraphs {
		c.outside(s)
	}
}

// begin opens a turn; prefix is what is printed before its words.
func (c *canonical) begin(prefix string, turn Turn) {
	c.end()
	c.separate()
	c.write(prefix)
	turn.Index, turn.Start = len(c.turns), c.runes
	c.turns = append(c.turns, turn)
	c.spans = append(c.spans, byteSpan{start: c.text.Len()})
	c.open = true
}

// paragraph adds a paragraph to the open turn.
func (c *canonical) paragraph(s string) {
	if c.runes > c.turns[len(c.turns)-1].Start {
		c.separate()
	}
	c.write(s)
}

// blocks adds paragraphs to the open turn, and what is aside outside of it.
func (c *canonical) blocks(blocks []block) {
	for _, b := range blocks {
		if b.aside {
			c.outside(b.text)
		} else {
			c.paragraph(b.text)
		}
	}
}

// end closes the open turn, if there is one.
func (c *canonical) end() {
	if !c.open {
		return
	}
	last := len(c.turns) - 1
	c.turns[last].End = c.runes
	c.spans[last].end = c.text.Len()
	c.open = false
	c.outsides(c.aside)
	c.aside = c.aside[:0]
}

// transcript is the text with its turns, which share its memory.
func (c *canonical) transcript() *Transcript {
	c.end()
	text := c.text.String()
	for i, span := range c.spans {
		c.turns[i].Text = text[span.start:span.end]
	}
	return &Transcript{Text: text, Turns: c.turns}
}

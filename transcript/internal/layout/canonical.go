package layout

import (
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/model"
)

// Canonical writes a canonical text and the turns that stand in it. It counts code points
// as it writes, so that no offset is ever searched for afterwards.
type Canonical struct {
	text    strings.Builder
	runes   int          // code points written
	Turns   []model.Turn // begun so far; their texts come with Transcript
	spans   []byteSpan   // of the turns
	Open    bool         // the last turn has not ended
	outside []string     // paragraphs that wait for the open turn to end
	cues    model.Cues   // of the open turn
}

// NewCanonical makes room for the text of a document and a number of turns.
func NewCanonical(text string, turns int) *Canonical {
	c := &Canonical{Turns: make([]model.Turn, 0, turns), spans: make([]byteSpan, 0, turns)}
	c.text.Grow(len(text) + len(text)/16)
	return c
}

// byteSpan is where a turn's text stands in the canonical text.
type byteSpan struct{ start, end int }

// Begin ends the open turn, if there is one, and opens another. Prefix is what is printed
// before its words.
func (c *Canonical) Begin(prefix string, turn model.Turn) {
	c.End()
	c.separate()
	c.Write(prefix)
	turn.Index, turn.Start = len(c.Turns), c.runes
	c.Turns = append(c.Turns, turn)
	c.spans = append(c.spans, byteSpan{start: c.text.Len()})
	c.Open = true
}

// Paragraph adds a paragraph to the open turn, with the times of its parts, whose places count
// code points of the paragraph.
func (c *Canonical) Paragraph(s string, cues ...model.Cue) {
	start := c.Turns[len(c.Turns)-1].Start
	if c.runes > start {
		c.separate()
	}
	for _, cue := range cues {
		cue.At += c.runes - start
		c.cues = append(c.cues, cue)
	}
	c.Write(s)
}

// Paragraphs adds paragraphs to the open turn, and page furniture outside of it.
func (c *Canonical) Paragraphs(paragraphs []Paragraph) {
	for _, p := range paragraphs {
		if p.Furniture {
			c.Outside(p.Text)
		} else {
			c.Paragraph(p.Text, p.Cues...)
		}
	}
}

// Outside adds paragraphs that belong to no turn. While a turn is open they wait until it
// ends, so that the turn stays one span.
func (c *Canonical) Outside(paragraphs ...string) {
	if c.Open {
		c.outside = append(c.outside, paragraphs...)
		return
	}
	for _, p := range paragraphs {
		c.separate()
		c.Write(p)
	}
}

// End ends the open turn, if there is one.
func (c *Canonical) End() {
	if !c.Open {
		return
	}
	last := len(c.Turns) - 1
	c.Turns[last].End = c.runes
	c.Turns[last].SetCues(c.cues)
	c.cues = c.cues[:0]
	c.spans[last].end = c.text.Len()
	c.Open = false
	c.Outside(c.outside...)
	c.outside = c.outside[:0]
}

// Write adds text as it is, and nothing before it.
func (c *Canonical) Write(s string) {
	c.text.WriteString(s)
	c.runes += utf8.RuneCountInString(s)
}

// separate puts a blank line between what was written and what comes next.
func (c *Canonical) separate() {
	if c.runes > 0 {
		c.Write("\n\n")
	}
}

// Transcript ends the writing: it is the text with its turns, which share its memory.
func (c *Canonical) Transcript() *model.Transcript {
	c.End()
	text := c.text.String()
	for i, span := range c.spans {
		c.Turns[i].Text = text[span.start:span.end]
	}
	return &model.Transcript{Text: text, Turns: c.Turns}
}

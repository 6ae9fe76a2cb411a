package model

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/quotes"
)

const (
	// maxContinued is over how many turns of one speaker a quotation goes on until it is
	// closed: 20. In longer ones the mark that seems to close it is of another.
	maxContinued = 20
	// maxDivided is over how many a quotation goes on that is never closed: 3. A paragraph
	// is seldom divided into more, and where captions are, all the rest is of one paragraph.
	maxDivided = 3
)

// unclosed is a quotation that a speaker's turn has left open.
type unclosed struct {
	mark  string
	since []int // the speaker's turns behind it, which may go on with it
}

// CarryQuotations notes in each turn the quotation that it goes on with. A quotation goes
// on in its speaker's next turns if one of them closes it, and in any case where a turn
// was divided within a paragraph. A turn whose label says that it is read aloud is all
// quotation, and goes on with that note.
func (t *Transcript) CarryQuotations() {
	open := map[Optional]unclosed{}
	for i := range t.Turns {
		turn, bearer := &t.Turns[i], t.Turns[i].Bearer()
		turn.Continues = ""
		before := open[bearer]
		opens, closes := quotes.Borders(turn.Text, "")
		if before.mark != "" {
			before.since = append(before.since, i)
			switch {
			case quotes.Pairs(before.mark, closes):
				for _, n := range before.since {
					t.Turns[n].Continues = Optional(before.mark)
				}
				before = unclosed{}
			case strings.HasPrefix(turn.Text, before.mark):
				before = unclosed{}
			case len(before.since) <= maxDivided && t.divided(i) && t.Turns[i-1].Bearer() == bearer:
				turn.Continues = Optional(before.mark)
				opens, _ = quotes.Borders(turn.Text, before.mark)
			}
		}
		switch {
		case opens != "" && (opens != before.mark || turn.Continues == ""):
			before = unclosed{mark: opens}
		case len(before.since) >= maxContinued:
			before = unclosed{}
		}
		open[bearer] = before
	}
	for i := range t.Turns {
		if note := quotes.NoteOfReading(string(t.Turns[i].Label)); note != "" {
			t.Turns[i].Continues = Optional(note)
		}
	}
}

// divided reports whether turn i goes on with the paragraph of the one before: nothing
// but a blank or the end of a line stands between them, where there is room for no label.
func (t *Transcript) divided(i int) bool { return i > 0 && t.Turns[i].Start-t.Turns[i-1].End <= 1 }

package quotes

import (
	"strings"
	"testing"
)

var everyMark = []struct{ open, close, innerOpen, innerClose string }{
	{"“", "”", "‘", "’"}, {"\"", "\"", "'", "'"}, {"‘", "’", "“", "”"}, {"'", "'", "\"", "\""},
	{"„", "“", "‚", "‘"}, {"„", "”", "‚", "’"}, {"»", "«", "›", "‹"}, {"«", "»", "‹", "›"}, {"« ", " »", "“", "”"}, {"”", "”", "’", "’"},
	{"「", "」", "『", "』"}, {"〝", "〟", "『", "』"}, {"＂", "＂", "'", "'"},
	{"``", "''", "`", "'"}, {"``", "”", "‘", "’"}, {"''", "''", "“", "”"}, {",,", "''", "‚", "’"}, {",,", "“", "‚", "‘"}, {"<<", ">>", "“", "”"}, {"`", "'", "“", "”"}, {"´", "´", "“", "”"},
	{"❝", "❞", "❛", "❜"}, {"‟", "”", "‛", "’"}, {"″", "″", "‘", "’"}, {"״", "״", "'", "'"}, {"»", "»", "’", "’"}, {"\" ", " \"", "'", "'"},
}

// Whatever the marks, wherever they stand and whatever they hold, what is between them is
// read aloud and nothing else is.
func TestEveryMarkInEveryPlace(t *testing.T) {
	frames := []struct{ before, after string }{
		{"She wrote: ", " That was all of it."}, {"", " she said to the fishers."}, {"The log says ", ", and I agree with it."},
		{"I wasn't there; ", " (so says the log) and that's the truth."}, {"It didn't hold – ", " – or so they say."}, {"", ""}, {"He asked us in ‘92 ", "; nobody knew."},
		{"They call it “the lung” and wrote: ", " It's the keepers' hut."},
	}
	contents := []string{
		"The quay is rotten from end to end.", "Nobody mends it, and it isn't safe?", "Who mends the wall? We don't know! Nobody does…",
		"The keeper told us ⟨the wall won't hold⟩ and went home.", "It's 12 fathoms deep, as Poe's men say.", "nobody was on the quay that night",
	}
	for _, m := range everyMark {
		for _, f := range frames {
			for _, content := range contents {
				inner := strings.NewReplacer("⟨", m.innerOpen, "⟩", m.innerClose).Replace(content)
				text := f.before + m.open + inner + m.close + f.after
				want := f.before + "⟦" + m.open + inner + m.close + "⟧" + f.after
				if got := bracketed(text, ReadAloud(text, "")); got != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
			}
		}
	}
}

// A long quotation has a mark at the beginning of each of its paragraphs, or of the first
// alone; it goes on until it is closed, or to the end of the paragraph that has the last.
func TestEveryMarkOverParagraphs(t *testing.T) {
	paragraphs := []string{"The quay is rotten from end to end.", "Nobody mends it, and it isn't safe.", "We close it tonight, all of us."}
	for _, m := range everyMark {
		if strings.ContainsAny(m.open, "'`´ ") && len(m.open) < 3 && m.open != "``" && m.open != "''" {
			continue // a typewriter's apostrophe that is never closed is one
		}
		again := "⟦" + m.open + strings.Join(paragraphs, "\n\n"+m.open)
		wants := []string{again + m.close + "⟧ She went home.\n\nSo did I.", again + "⟧\n\nSo did I."}
		if !strings.ContainsAny(m.open, "‘") {
			wants = append(wants, "She wrote: ⟦"+m.open+strings.Join(paragraphs, "\n\n")+m.close+"⟧ She went home.")
		}
		for _, want := range wants {
			text := strings.NewReplacer("⟦", "", "⟧", "").Replace(want)
			if got := bracketed(text, ReadAloud(text, "")); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		}
	}
}

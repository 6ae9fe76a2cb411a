package marks

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// breaks says how the lines of a document end: where its paragraphs do, or where a line was
// full. In a text that was wrapped, a line that breaks although the next word would have
// fitted ends a paragraph; in one that was not, every line does.
type breaks struct {
	wrapped bool
	width   int // columns of a full line
	slack   int // columns that may stay free on a full line, besides the word that did not fit
	hang    int // columns before the lines that go on, where the first of a paragraph stands further out; else 0
}

const (
	breakSample  = 4000 // lines that are enough to tell the width
	widestPage   = 200  // columns; longer lines are paragraphs
	fullShare    = 70   // percent of the lines that go on in the next one which are nearly full, in a wrapped text
	nearlyFull   = 65   // percent of the width from which on a line counts as nearly full
	widthRank    = 98   // percentile of the lengths of full lines that is taken for the width, as a word may stick out
	exactShare   = 97   // percent of the full lines on which the next word would not fit, where they were wrapped exactly
	slackDivisor = 6    // part of the width that stays free where lines end by the look of the page
	hangShare    = 90   // percent of the lines that go on which stand at the same column, where they hang
	mostDeeper   = 5    // percent of all lines that may stand further in than those
)

// readBreaks tells how lines end from those that certainly go on in the next line: they do
// not end a sentence, and the next begins with a small letter.
func readBreaks(lines []layout.Line) breaks {
	var full, free []int     // the columns of such lines, and with the next word
	indents := map[int]int{} // of the lines that go on
	for i := 1; i < min(len(lines), breakSample); i++ {
		before, l := lines[i-1], lines[i]
		if l.Gap || l.Furniture || before.Furniture || !letters.StartsLower(l.Text) || letters.EndsSentence(before.Text) || strings.Contains(l.Text, ":") {
			continue
		}
		indents[l.Indent]++
		full = append(full, columns(before))
		free = append(free, columns(before)+1+firstWord(l.Text))
	}
	b := breaks{hang: readHang(lines, indents, len(full))}
	if len(full) == 0 {
		return b
	}
	sorted := slices.Sorted(slices.Values(full))
	width := sorted[(len(sorted)-1)*widthRank/100]
	nearly := len(sorted) - countBelow(sorted, width*nearlyFull/100)
	if width > widestPage || 100*nearly < fullShare*len(sorted) {
		return b
	}
	b.wrapped, b.width, b.slack = true, width, width/slackDivisor
	slices.Sort(free)
	if 100*(len(free)-countBelow(free, width+1)) >= exactShare*len(free) {
		b.slack = 0
	}
	return b
}

// readHang finds the column at which lines stand that go on, where nearly all do, hardly a line
// stands further in, and others stand further out: those begin paragraphs.
func readHang(lines []layout.Line, indents map[int]int, all int) int {
	hang := 0
	for indent, n := range indents {
		if 100*n >= hangShare*all {
			hang = indent
		}
	}
	deeper, out := 0, 0
	for _, l := range lines[:min(len(lines), breakSample)] {
		switch {
		case l.Furniture:
		case l.Indent > hang:
			deeper++
		case l.Indent < hang:
			out++
		}
	}
	if out < 2 || 100*deeper > mostDeeper*len(lines) {
		return 0
	}
	return hang
}

// countBelow counts the values below a limit in a sorted list.
func countBelow(sorted []int, limit int) int {
	n, _ := slices.BinarySearch(sorted, limit)
	return n
}

// ends reports whether a line ends a paragraph, as far as its length tells: the first word
// of the next would have fitted.
func (b breaks) ends(before layout.Line, next string) bool {
	return !b.wrapped || columns(before)+1+firstWord(next)+b.slack <= b.width
}

// columns is where a line ends, in characters from the margin.
func columns(l layout.Line) int { return l.Indent + utf8.RuneCountInString(l.Text) }

// firstWord is the length of the first word of a text in characters.
func firstWord(text string) int {
	word, _, _ := strings.Cut(text, " ")
	return utf8.RuneCountInString(word)
}

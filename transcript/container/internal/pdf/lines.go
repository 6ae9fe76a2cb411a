package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// row is the words on one baseline, from left to right.
type row []word

func (r row) left() float64  { return r[0].left }
func (r row) base() float64  { return r[0].base }
func (r row) right() float64 { return r[len(r)-1].right }

// pageLines is the lines of a page in reading order. Words that are rotated, such as
// a stamp along the margin, come last.
func pageLines(words []word) []content.Line {
	var lines []content.Line
	for rotation := range 4 {
		var same []word
		for _, w := range words {
			if w.rotation == rotation {
				same = append(same, w)
			}
		}
		lines = append(lines, rowLines(inOrder(rows(same), deepestColumns))...)
	}
	if len(lines) > 0 {
		lines[0].Page, lines[0].Gap = true, true
	}
	return lines
}

const sameRow = .4 // of the font size, by which baselines in a row may differ: superscripts stand higher

// rows divides words into rows, from top to bottom.
func rows(words []word) []row {
	slices.SortStableFunc(words, func(a, b word) int { return cmp.Compare(b.base, a.base) })
	var out []row
	for start := 0; start < len(words); {
		end := start + 1
		for end < len(words) && words[start].base-words[end].base <= sameRow*max(words[start].size, words[end].size, 1) {
			end++
		}
		r := row(words[start:end:end])
		slices.SortStableFunc(r, func(a, b word) int { return cmp.Compare(a.left, b.left) })
		out = append(out, r)
		start = end
	}
	return out
}

const (
	charPoints  = 6   // width in points of a character of typescript, in which indents are counted
	wideBlank   = 1.5 // of the font size: wider than the blank between two words
	mostBlanks  = 40  // that stand for a wide blank
	wideLeading = 1.3 // of the page's leading, beyond which a paragraph begins
)

// rowLines makes lines of rows that are in reading order.
func rowLines(rows []row) []content.Line {
	lines := make([]content.Line, len(rows))
	usual := leading(rows)
	for i, r := range rows {
		lines[i] = content.Line{Text: r.text(), Indent: max(0, int(math.Round(r.left()/charPoints))), Strong: r.strong()}
		if i > 0 {
			step := rows[i-1].base() - r.base()
			lines[i].Gap = step > wideLeading*usual || step < 0
		}
	}
	return lines
}

// leading is the median distance between baselines, in points; 0 for one row.
func leading(rows []row) float64 {
	var steps []float64
	for i := 1; i < len(rows); i++ {
		if step := rows[i-1].base() - rows[i].base(); step > 0 {
			steps = append(steps, step)
		}
	}
	if len(steps) == 0 {
		return 0
	}
	slices.Sort(steps)
	return steps[len(steps)/2]
}

// text joins the words of a row, with several blanks where they stand far apart, as
// behind labels and between the cells of a table.
func (r row) text() string {
	var b strings.Builder
	for i, w := range r {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", blanks(r[i-1], w)))
		}
		b.WriteString(w.text)
	}
	return b.String()
}

// blanks counts the blanks that stand for the room between two words.
func blanks(a, b word) int {
	room := b.left - a.right
	if room <= wideBlank*max(a.size, 1) {
		return 1
	}
	return min(mostBlanks, max(2, int(math.Round(room/charPoints))))
}

// strong counts the bytes of the bold words at the start of a row.
func (r row) strong() int {
	bold := 0
	for bold < len(r) && r[bold].bold {
		bold++
	}
	return len(r[:bold].text())
}

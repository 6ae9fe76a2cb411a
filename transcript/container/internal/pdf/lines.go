package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// Lines from the places of words: rows first, columns where a page has them.

// pdfRow are the words that stand on one line, from left to right.
type pdfRow []pdfWord

func (r pdfRow) left() float64  { return r[0].left }
func (r pdfRow) base() float64  { return r[0].base }
func (r pdfRow) right() float64 { return r[len(r)-1].right }

// pageLines are the lines of a page in reading order. Words that stand otherwise
// than most, a stamp at the margin, come last.
func pageLines(words []pdfWord) []content.Line {
	var lines []content.Line
	for turn := range 4 {
		var same []pdfWord
		for _, w := range words {
			if w.turn == turn {
				same = append(same, w)
			}
		}
		lines = append(lines, rowLines(inOrder(rows(same), pageColumns))...)
	}
	if len(lines) > 0 {
		lines[0].Page, lines[0].Gap = true, true
	}
	return lines
}

const sameRow = .4 // of a font's size, by which words of one row may stand higher

// rows divides words into rows, from top to bottom.
func rows(words []pdfWord) []pdfRow {
	slices.SortStableFunc(words, func(a, b pdfWord) int { return cmp.Compare(b.base, a.base) })
	var out []pdfRow
	for start := 0; start < len(words); {
		end := start + 1
		for end < len(words) && words[start].base-words[end].base <= sameRow*max(words[start].size, words[end].size, 1) {
			end++
		}
		row := pdfRow(words[start:end:end])
		slices.SortStableFunc(row, func(a, b pdfWord) int { return cmp.Compare(a.left, b.left) })
		out = append(out, row)
		start = end
	}
	return out
}

const (
	pageColumns = 3  // to the left of others
	columnRows  = 3  // of a column, at least, that stand beside the other
	columnWords = 3  // of a row in a column of prose; a table has fewer
	leastGutter = 9. // points between columns
	outerThird  = .3 // of the width, in which no column ends: what stands there is a number or a label
)

// inOrder puts rows into reading order: columns one after the other, between
// whatever runs across them.
func inOrder(rows []pdfRow, depth int) []pdfRow {
	at, ok := gutter(rows)
	if !ok || depth == 0 {
		return rows
	}
	var out, left, right []pdfRow
	flush := func() {
		out = append(out, inOrder(left, depth-1)...)
		out = append(out, inOrder(right, depth-1)...)
		left, right = nil, nil
	}
	for _, r := range rows {
		cut, across := splitAt(r, at)
		if across {
			flush()
			out = append(out, r)
			continue
		}
		if cut > 0 {
			left = append(left, r[:cut:cut])
		}
		if cut < len(r) {
			right = append(right, r[cut:])
		}
	}
	flush()
	return out
}

// splitAt is the first word right of a place; across reports that one stands on it.
func splitAt(r pdfRow, at float64) (cut int, across bool) {
	for cut < len(r) && r[cut].left < at {
		if r[cut].right > at {
			return cut, true
		}
		cut++
	}
	return cut, cut > 0 && cut < len(r) && r[cut].left-r[cut-1].right < leastGutter
}

// gutter finds the middle of the widest room between two columns of prose.
func gutter(rows []pdfRow) (at float64, ok bool) {
	left, right := math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		left, right = min(left, r.left()), max(right, r.right())
	}
	const step = leastGutter / 2
	widest, width := 0., 0.
	for x := left + outerThird*(right-left); x < right-outerThird*(right-left); x += step {
		if !isGutter(rows, x) {
			width = 0
			continue
		}
		if width += step; width > widest {
			widest, at = width, x-width/2
		}
	}
	return at + step/2, widest > 0
}

// isGutter reports whether columns of prose stand on both sides of a place, with
// fewer rows that run across it.
func isGutter(rows []pdfRow, at float64) bool {
	var sides [2]columnSide
	across, beside := 0, 0
	for _, r := range rows {
		cut, over := splitAt(r, at)
		if over {
			across++
			continue
		}
		sides[0].add(r[:cut])
		sides[1].add(r[cut:])
	}
	for _, r := range rows {
		if _, over := splitAt(r, at); !over && sides[0].spans(r.base()) && sides[1].spans(r.base()) {
			beside++
		}
	}
	return beside >= columnRows && beside > across && sides[0].isProse() && sides[1].isProse()
}

// columnSide is what stands on one side of a gutter.
type columnSide struct {
	rows, words int
	top, bottom float64
}

func (s *columnSide) add(row pdfRow) {
	if len(row) == 0 {
		return
	}
	if s.rows == 0 {
		s.top = row.base()
	}
	s.bottom = row.base()
	s.rows, s.words = s.rows+1, s.words+len(row)
}

func (s *columnSide) spans(base float64) bool { return s.bottom <= base && base <= s.top }

func (s *columnSide) isProse() bool { return s.rows >= columnRows && s.words >= columnWords*s.rows }

const (
	columnPoints = 6   // points that a column of typescript takes
	wideBlank    = 1.5 // of a font's size: more than the blank between two words
	mostBlanks   = 40
	wideLeading  = 1.3 // of the usual distance between lines
)

// rowLines makes lines of rows.
func rowLines(rows []pdfRow) []content.Line {
	lines := make([]content.Line, len(rows))
	usual := leading(rows)
	for i, r := range rows {
		lines[i] = content.Line{Text: r.text(), Indent: max(0, int(math.Round(r.left()/columnPoints))), Strong: r.strong()}
		if i > 0 {
			step := rows[i-1].base() - r.base()
			lines[i].Gap = step > wideLeading*usual || step < 0
		}
	}
	return lines
}

// leading is the usual distance between the lines of a page, in points.
func leading(rows []pdfRow) float64 {
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

// text joins the words of a row, with more than one blank where much room is
// between them.
func (r pdfRow) text() string {
	var b strings.Builder
	for i, w := range r {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", blanks(r[i-1], w)))
		}
		b.WriteString(w.text)
	}
	return b.String()
}

func blanks(a, b pdfWord) int {
	room := b.left - a.right
	if room <= wideBlank*max(a.size, 1) {
		return 1
	}
	return min(mostBlanks, max(2, int(math.Round(room/columnPoints))))
}

// strong counts the bytes of the words in bold at the start of a row.
func (r pdfRow) strong() int {
	bold := 0
	for bold < len(r) && r[bold].bold {
		bold++
	}
	return len(r[:bold].text())
}

package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// row is the words on one baseline, from left to right.
type row []word

func (r row) left() float64  { return r[0].left }
func (r row) base() float64  { return r[0].base }
func (r row) right() float64 { return r[len(r)-1].right }

// pageLines is the lines of a page in reading order. Words that are rotated, such as
// a stamp along the margin, come last.
func pageLines(words []word, withoutNoteNumbers bool) []content.Line {
	var lines []content.Line
	for rotation := range 4 {
		var same []word
		for _, w := range words {
			if w.rotation == rotation {
				same = append(same, w)
			}
		}
		all := rows(same)
		if withoutNoteNumbers {
			for i := range all {
				all[i] = all[i].withoutNoteNumbers()
			}
		}
		lines = append(lines, rowLines(inOrder(all, deepestColumns))...)
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

// withoutNoteNumbers is a row without the numbers of notes that stand by themselves; what
// stands close behind one goes on with the word before it. The first word stays: it may be the
// number of the note that the row belongs to.
func (r row) withoutNoteNumbers() row {
	kept := r[:1:1]
	for i := 1; i < len(r); i++ {
		w, before := r[i], &kept[len(kept)-1]
		if !w.raisedBehind(*before) || !content.IsNoteNumber(before.text, w.text) {
			kept = append(kept, w)
			continue
		}
		if i+1 < len(r) && r[i+1].left-w.right < closeBehind*before.size {
			i++
			before.text, before.right = before.text+r[i].text, r[i].right
		}
	}
	return kept
}

const closeBehind = .1 // of the font size, from which on there is a blank between words

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
		lines[i] = content.Line{Text: r.text(), Indent: max(0, int(math.Round(r.left()/charPoints))), Strong: r.strong(), Setting: r.setting()}
		if i > 0 {
			step := rows[i-1].base() - r.base()
			lines[i].Gap = step > wideLeading*usual || step < 0
		}
	}
	return lines
}

// setting is how a row is set.
func (r row) setting() *content.Setting {
	sizes := make([]float64, len(r))
	for i, w := range r {
		sizes[i] = w.size
	}
	slices.Sort(sizes)
	size := sizes[len(sizes)/2]
	s := &content.Setting{Left: r.left(), Right: r.right(), Base: r.base(), Size: size, Word: r[0].right - r[0].left + wordBlank*size}
	if first, _ := utf8.DecodeRuneInString(r[0].text); unicode.In(first, unspaced...) {
		s.Word = size
	}
	return s
}

// unspaced are the scripts that put no blanks between words, so that a line may end anywhere.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

const wordBlank = .25 // of the font size, as wide as most fonts have the blank between words

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

package pages

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/quotes"
)

// column is the margins of a column of text, in points.
type column struct{ left, right float64 }

const (
	sameEdge      = 3.  // points by which the beginnings of lines may differ that stand below each other
	widestIndent  = 60. // points; what begins further to the right is another column
	indented      = 6.  // points from which on a line is indented
	otherSize     = .08 // of the size of type, by which that of another paragraph differs
	wideLeading   = 1.3 // of the usual leading, beyond which a paragraph begins
	columnLines   = 4   // that tell where the lines of a column end
	leastMargin   = 7   // one line in so many, of a column, begins at its margin; the others are indented
	nearlyLongest = 9   // of ten lines, those that are shorter than the margin of a column
)

// measure finds the usual leadings, the margins of columns, and the indent of first lines. A
// column with few lines is taken to be as wide as most others.
func (d *document) measure() {
	steps := map[int][]float64{}
	for i, l := range d.lines {
		if i > 0 && d.lines[i-1].column == l.column && d.lines[i-1].part == l.part {
			steps[sizeKey(l.Size)] = append(steps[sizeKey(l.Size)], d.lines[i-1].Base-l.Base)
		}
	}
	d.leading = map[int]float64{}
	for size, all := range steps {
		slices.Sort(all)
		d.leading[size] = all[(len(all)-1)/2]
	}
	d.measureColumns()
	firsts := map[int]int{}
	for i, next := range d.lines {
		if next.part == text && next.above > 0 && !d.isApart(next) && d.indent(d.lines[i-1]) >= indented && d.indent(next) < sameEdge {
			firsts[int(d.indent(d.lines[i-1]))]++
		}
	}
	d.first = float64(mostFrequent(firsts))
}

// measureColumns finds the margins of the columns. What one does not tell, because it has few
// lines, or many that are indented, the others do.
func (d *document) measureColumns() {
	usual := column{left: marginOf(ofText(d.lines))} // the margins of most columns
	begins := func(l line) bool { return math.Abs(l.Left-usual.left) <= sameEdge }
	if flush := slices.DeleteFunc(ofText(d.lines), func(l line) bool { return !begins(l) }); len(flush) > 0 {
		usual.right = rightMarginOf(flush)
	}
	var widths []float64
	for start := 0; start < len(d.lines); {
		end := start + 1
		for end < len(d.lines) && d.lines[end].column == d.lines[start].column {
			end++
		}
		lines := ofText(d.lines[start:end])
		if len(lines) == 0 {
			lines = d.lines[start:end]
		}
		c := column{marginOf(lines), rightMarginOf(lines)}
		indents := usual.left < c.left && c.left < usual.left+widestIndent && c.right <= usual.right+sameEdge
		if indents || slices.ContainsFunc(lines, begins) {
			c.left = min(c.left, usual.left)
		}
		if d.columns = append(d.columns, c); len(lines) >= columnLines {
			widths = append(widths, c.right-c.left)
		}
		start = end
	}
	if len(widths) == 0 {
		for _, c := range d.columns {
			widths = append(widths, c.right-c.left)
		}
	}
	slices.Sort(widths)
	for i := range d.columns {
		c := &d.columns[i]
		c.right = max(c.right, c.left+widths[len(widths)/2])
	}
}

// ofText are the lines of the text itself.
func ofText(lines []line) []line {
	return slices.DeleteFunc(slices.Clone(lines), func(l line) bool { return l.part != text })
}

// marginOf is where lines begin that are not indented.
func marginOf(lines []line) float64 {
	lefts := map[int]int{}
	least, margin := math.Inf(1), math.Inf(1)
	for _, l := range lines {
		lefts[int(l.Left/sameEdge)]++
		least = min(least, l.Left)
	}
	for _, l := range lines {
		if n := lefts[int(l.Left/sameEdge)]; n > 1 && n*leastMargin >= len(lines) {
			margin = min(margin, l.Left)
		}
	}
	if math.IsInf(margin, 1) {
		return least
	}
	return margin
}

// rightMarginOf is where the long ones of lines end.
func rightMarginOf(lines []line) float64 {
	rights := make([]float64, len(lines))
	for i, l := range lines {
		rights[i] = l.Right
	}
	slices.Sort(rights)
	return rights[(len(rights)-1)*nearlyLongest/10]
}

// paragraphs joins the lines of a part.
func (d *document) paragraphs(of part) []Paragraph {
	var all []Paragraph
	var open []line
	flush := func() {
		if len(open) > 0 {
			all = append(all, d.paragraph(open, all))
		}
		open = nil
	}
	for _, l := range d.lines {
		if l.part != of {
			continue
		}
		if len(open) > 0 && d.divides(open, l) {
			flush()
		}
		open = append(open, l)
	}
	flush()
	return all
}

// divides reports whether a paragraph ends before the next line.
func (d *document) divides(open []line, next line) bool {
	former := open[len(open)-1]
	ends := endsSentence(former.text)
	deeper := d.indent(next) - d.indent(former)
	room := d.room(former) > next.Word+sameEdge // the next line's first word would have stood on this one
	if (len(open) > 1 || former.column != next.column && math.Abs(deeper) <= sameEdge) && d.indent(former) >= indented {
		room = d.room(former)-d.indent(former) > next.Word+sameEdge // a block quotation may end sooner than the column
	}
	switch {
	case math.Abs(former.Size-next.Size) > otherSize*former.Size:
		return ends || startsUpper(next.text)
	case next.part == footnote && noteStart.MatchString(next.text) && deeper > -indented:
		return true
	case former.column == next.column && d.isApart(next):
		return ends || startsUpper(next.text)
	case ends && (letters.IsListItem(next.text) || opensAgain(open, next)):
		return true
	case former.column != next.column:
		return ends && (room || d.isFirst(next) || math.Abs(deeper) >= indented && len(open) > 1)
	case len(open) == 1 && d.isFirst(former) && d.isFirst(next):
		return ends
	case deeper >= indented, deeper <= -indented && len(open) > 1:
		return ends || room
	}
	return ends && room
}

// endsSentence reports whether a text ends as a sentence does, before marks that close a
// quotation in any language, and not with a hyphen behind half a word.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "“«‹‘」』 ")
	stem, hyphen := strings.CutSuffix(s, "-")
	last, _ := utf8.DecodeLastRuneInString(stem)
	return letters.EndsSentence(s) && !(hyphen && (unicode.IsLetter(last) || unicode.IsDigit(last)))
}

// startsUpper reports whether the first letter of a text is a capital.
func startsUpper(s string) bool {
	i := strings.IndexFunc(s, unicode.IsLetter)
	if i < 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsUpper(first)
}

// indent is how far a line is from the margin of its column.
func (d *document) indent(l line) float64 { return l.Left - d.columns[l.column].left }

// isFirst reports whether a line is indented as the first lines of paragraphs are.
func (d *document) isFirst(l line) bool {
	return d.first > 0 && math.Abs(d.indent(l)-d.first) <= sameEdge
}

// room is how much of its column a line leaves free at its end.
func (d *document) room(l line) float64 { return d.columns[l.column].right - l.Right }

const longQuotation = 200 // lines, in which the mark is looked for that a quotation opens with

// opensAgain reports whether a quotation that a paragraph leaves open is opened again by the
// next line, as by each paragraph of a long quotation.
func opensAgain(open []line, next line) bool {
	first, _ := utf8.DecodeRuneInString(next.text)
	closers := quotes.Closers(first)
	if closers == "" || quotes.IsSingle(first) {
		return false
	}
	opened := 0
	for _, l := range open[max(0, len(open)-longQuotation):] {
		runes := []rune(l.text)
		for i, r := range runes {
			switch {
			case r == first && quotes.Opens(runes, i):
				opened++
			case strings.ContainsRune(closers, r) && quotes.Closes(runes, i):
				opened--
			}
		}
	}
	return opened > 0
}

// paragraph makes a paragraph of its lines, behind others.
func (d *document) paragraph(lines []line, before []Paragraph) Paragraph {
	p := Paragraph{Quote: d.isQuote(lines, before)}
	if p.Quote {
		d.quoted = lines
	}
	for _, l := range lines {
		p.Lines = append(p.Lines, l.plain())
	}
	return p
}

// isQuote reports whether a paragraph is a block quotation: indented as a whole, and led to
// by a colon, or set in smaller type, or ending before the margin as well. A single line may
// be a paragraph with its first line indented, unless it is set apart.
func (d *document) isQuote(lines []line, before []Paragraph) bool {
	if len(before) == 0 || letters.IsListItem(lines[0].text) {
		return false
	}
	last := before[len(before)-1]
	goesOn := last.Quote && math.Abs(d.indent(lines[len(lines)-1])-d.indent(d.quoted[len(d.quoted)-1])) <= sameEdge
	announced := goesOn || strings.HasSuffix(last.Lines[len(last.Lines)-1].Text, ":")
	narrow, small := len(lines) > 2, len(lines) > 1
	for i, l := range lines {
		if l.part != text || d.indent(l) < indented || i > 1 && math.Abs(d.indent(l)-d.indent(lines[1])) > sameEdge {
			return false
		}
		narrow = narrow && d.columns[l.column].right-l.Right >= indented
		small = small && l.Size < smallType*d.size
	}
	if len(lines) == 1 && d.isFirst(lines[0]) {
		return announced && (goesOn != d.isApart(lines[0]) || goesOn && opensAgain(d.quoted, lines[0]))
	}
	return announced || narrow || small
}

// isApart reports whether there is more room above a line than between the lines of a
// paragraph, as far as its column tells.
func (d *document) isApart(l line) bool {
	return l.above == 0 || l.above > wideLeading*d.leading[sizeKey(l.Size)]
}

// Package pages reads prose that was set on pages, as in a PDF: it makes paragraphs of
// lines by the places where they stand, joins what a page's end cuts in two, and sets aside
// what interrupts the text there, running heads, page numbers and footnotes.
//
// Package layout reads transcripts by the words of their lines alone, since most containers
// tell no more. Where places are known they tell more surely, and of two pages already.
package pages

import (
	"github.com/pullquote/pullquote/transcript/container/content"
)

// Paragraph is a paragraph of a document, or what interrupted the text.
type Paragraph struct {
	Lines []Line
	Quote bool // it is set off from the text, as block quotations are
}

// Line is a line of a paragraph.
type Line struct {
	Text string
	Page int // on which it stands, from 1
}

// Paragraphs are those of a text, in their order, and behind them those of its footnotes,
// then its running heads and page numbers, line by line: nothing is lost. Lines without a
// Setting are left out.
func Paragraphs(lines []content.Line) []Paragraph {
	d := newDocument(lines)
	d.setFurnitureAside()
	d.setFootnotesAside()
	d.setFurnitureAside() // once more: sentences go on behind footnotes, too
	d.measure()
	var all []Paragraph
	all = append(all, d.paragraphs(text)...)
	all = append(all, d.paragraphs(footnote)...)
	for _, l := range d.lines {
		if l.part == furniture {
			all = append(all, Paragraph{Lines: []Line{l.plain()}})
		}
	}
	return all
}

// part is what a line is of.
type part int

const (
	text part = iota
	footnote
	furniture
)

// line is a line with its place.
type line struct {
	content.Setting
	text   string
	page   int     // from 1
	column int     // of the document, from 0; each has lines below each other
	above  float64 // distance of the baseline above; 0 for the first line of a column
	part   part
}

func (l line) plain() Line { return Line{l.text, l.page} }

// document is the lines of a document, and what is usual in it.
type document struct {
	lines   []line
	size    float64         // of the type of most text
	leading map[int]float64 // distance of baselines that is usual for a size of type
	columns []column
	quoted  []line  // the last paragraph of a block quotation, up to here
	first   float64 // how far the first lines of most paragraphs are indented; 0 if they are not
}

func newDocument(lines []content.Line) *document {
	d := &document{}
	page, columns := 0, 0
	for _, l := range lines {
		if l.Page || page == 0 {
			page++
		}
		if l.Setting == nil {
			continue
		}
		next := line{Setting: *l.Setting, text: l.Text, page: page}
		if n := len(d.lines); n > 0 && (d.lines[n-1].page != page || d.lines[n-1].Base <= next.Base) {
			columns++
		} else if n > 0 {
			next.above = d.lines[n-1].Base - next.Base
		}
		next.column = columns
		d.lines = append(d.lines, next)
	}
	sizes := map[int]int{}
	for _, l := range d.lines {
		sizes[sizeKey(l.Size)] += len(l.text)
	}
	d.size = float64(mostFrequent(sizes)) / sizeSteps
	return d
}

const sizeSteps = 4 // of type to a point, in which sizes are told apart

func sizeKey(size float64) int { return int(size*sizeSteps + .5) }

// mostFrequent is the key with the highest count, the lowest of equals.
func mostFrequent(counts map[int]int) int {
	best, most := 0, 0
	for key, n := range counts {
		if n > most || n == most && key < best {
			best, most = key, n
		}
	}
	return best
}

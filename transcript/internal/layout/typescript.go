package layout

import (
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// A typescript is text whose lines were broken by hand to fit a page. With single or
// double spacing, its blank lines tell nothing of paragraphs, but its indents do:
//
//	        It was built, stone
//
//	    by stone, in those years.
//
//	        Then came the flood.

const (
	// Of a text whose blank lines tell its paragraphs, neither nearly all lines nor hardly
	// any follow a blank one.
	singleSpaced = 5  // percent of lines behind a blank one, at most: single spacing
	doubleSpaced = 90 // percent, at least: double spacing

	leastIndent  = 2  // columns that set the first line of a paragraph off
	widestIndent = 80 // columns; wider ones count as one
)

// indentParagraphs tells the paragraphs of a typescript by their indents, if its blank
// lines tell nothing.
func indentParagraphs(lines []Line) {
	margin, gaps, typed := typescript(lines)
	if !typed || gaps > singleSpaced && gaps < doubleSpaced {
		return
	}
	for i := range lines {
		if l := &lines[i]; !l.Furniture && i > 0 {
			l.Gap = l.Gap && gaps <= singleSpaced || l.Indent >= margin+leastIndent || l.Indent+leastIndent <= margin
		}
	}
}

const (
	shortestTypescript = 20  // lines, below which its habits do not show
	longestTyped       = 120 // bytes of a line of typescript; a longer line is a paragraph
	leastCut           = 3   // of a typescript, one line in so many ends within a sentence
)

// typescript reports whether a text is a typescript, at which column most of its lines
// begin, and how many of a hundred lines follow a blank one.
func typescript(lines []Line) (margin, gaps int, typed bool) {
	var columns [widestIndent + 1]int
	n, cut := 0, 0
	for _, l := range lines {
		if l.Furniture {
			continue
		}
		if l.Item || l.Code || l.Heading > 0 {
			return 0, 0, false // marked up, not typed
		}
		n++
		columns[min(l.Indent, widestIndent)]++
		if l.Gap {
			gaps++
		}
		if len(l.Text) <= longestTyped && !letters.EndsSentence(l.Text) {
			cut++
		}
	}
	for column, count := range columns {
		if count > columns[margin] {
			margin = column
		}
	}
	return margin, gaps * 100 / max(n, 1), n >= shortestTypescript && cut*leastCut >= n
}

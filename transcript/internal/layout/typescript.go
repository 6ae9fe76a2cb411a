package layout

import (
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// unspace tells the paragraphs of a typescript by their indents if its blank
// lines tell nothing: where they are between all lines, or none.
func unspace(lines []Line) {
	margin, gaps, typed := typescript(lines)
	if !typed || gaps > 5 && gaps < 90 {
		return
	}
	for i := range lines {
		if l := &lines[i]; !l.Aside && i > 0 {
			l.Gap = l.Gap && gaps <= 5 || l.Indent >= margin+leastIndent || l.Indent+leastIndent <= margin
		}
	}
}

const (
	leastIndent  = 2  // columns that set off the beginning of a paragraph
	widestIndent = 80 // columns
	fewLines     = 20
	longestTyped = 120 // bytes of a line of typescript
)

// typescript reports whether the lines of a text are broken to fit a width, at
// which column most of them begin, and how many of a hundred follow a blank one.
func typescript(lines []Line) (margin, gaps int, typed bool) {
	var columns [widestIndent + 1]int
	n, cut := 0, 0
	for _, l := range lines {
		if l.Aside {
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
	return margin, gaps * 100 / max(n, 1), n >= fewLines && cut*3 >= n
}

package htmlpage

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// Pages that programs make of documents have no elements for headings; what stands for one
// is a paragraph in bold capitals.

const (
	boldHeading    = 6  // the level of such a heading, which the page does not tell
	longestHeading = 80 // bytes
	fewestCapitals = 4  // letters, so that Q and A are none
)

// markHeadings makes headings of paragraphs in bold capitals that end as no sentence and no
// label does.
func markHeadings(lines []content.Line) {
	for i := range lines {
		alone := lines[i].Gap && (i+1 == len(lines) || lines[i+1].Gap)
		if alone && isBoldHeading(lines[i]) {
			lines[i].Heading = boldHeading
		}
	}
}

func isBoldHeading(l content.Line) bool {
	return l.Heading == 0 && l.Cells == nil && !l.Item && l.Strong == len(l.Text) && len(l.Text) >= fewestCapitals && len(l.Text) <= longestHeading &&
		strings.ToUpper(l.Text) == l.Text && strings.ToLower(l.Text) != l.Text &&
		!strings.ContainsAny(l.Text, ":\u2014") && !strings.ContainsAny(l.Text[len(l.Text)-1:], ".?!,")
}

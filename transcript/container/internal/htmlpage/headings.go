package htmlpage

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// Pages that programs make of documents have no elements for headings; what stands for one
// is a short paragraph in capitals, bold or not.

const (
	capitalHeading = 6  // the level of such a heading, which the page does not tell
	longestHeading = 80 // bytes
	fewestCapitals = 4  // letters, so that Q and A are none
	headingsOneIn  = 3  // bytes of a page, at most; where more are in capitals, so are the words
)

// markHeadings makes headings of paragraphs in capitals that end as no sentence and no
// label does.
func markHeadings(lines []content.Line) {
	var found []int
	all, capitals := 0, 0 // bytes
	for i, l := range lines {
		all += len(l.Text)
		if alone := l.Gap && (i+1 == len(lines) || lines[i+1].Gap); alone && isCapitalHeading(l) {
			found = append(found, i)
			capitals += len(l.Text)
		}
	}
	if capitals*headingsOneIn > all {
		found = bold(lines, found)
	}
	for _, i := range found {
		lines[i].Heading = capitalHeading
	}
}

// bold are those of some lines that are in bold type throughout.
func bold(lines []content.Line, some []int) []int {
	kept := some[:0]
	for _, i := range some {
		if lines[i].Strong == len(lines[i].Text) {
			kept = append(kept, i)
		}
	}
	return kept
}

func isCapitalHeading(l content.Line) bool {
	if l.Heading > 0 || l.Cells != nil || l.Item || l.Indent > 0 || l.Quote || l.Code || len(l.Text) > longestHeading || l.Strong > 0 && l.Strong < len(l.Text) {
		return false
	}
	letters := 0
	for _, r := range l.Text {
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= fewestCapitals && strings.ToUpper(l.Text) == l.Text && !strings.ContainsAny(l.Text, ":\u2014") && !strings.ContainsAny(l.Text[len(l.Text)-1:], ".?!,;)")
}

package people

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// Covers of hearings list the members in two columns, each with a state and perhaps an
// office. Read across, a state and the name beside it would make a name:
//
//	JANE ROE, Northland, Chair        JOHN POE, Southland

const columnGap = "   " // between the columns of a line, at least

// cells are the columns of a line, or all of it where it has one.
func cells(text string) []string {
	if !strings.Contains(text, columnGap) {
		return []string{text}
	}
	var found []string
	for _, cell := range strings.Split(text, columnGap) {
		if cell = strings.TrimSpace(cell); cell != "" {
			found = append(found, cell)
		}
	}
	return found
}

// readColumns adds the people to the cast who are listed in columns, with the part that one of
// them has in the event.
func (f *Front) readColumns(lines []layout.Line) {
	for _, l := range lines {
		list := cells(letters.Head(l.Text, longestRow))
		if len(list) < 2 {
			continue
		}
		for _, cell := range list {
			if name, _, ok := names.ReadPerson(cell); ok {
				f.addCast(name, partOf(cell))
			}
		}
	}
}

// partOf is the part in the event that a line gives to a person, behind a comma: chair of
// "Jane Roe, Northland, Chair". It is empty if there is none.
func partOf(text string) string {
	for _, word := range strings.Split(text, ",")[1:] {
		if part := labels.CastPart(strings.ToLower(strings.TrimSpace(word))); part != "" {
			return part
		}
	}
	return ""
}

package layout

import (
	"slices"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Debris is what paper brings into a transcript: line numbers, page numbers,
// running heads and feet, tables of contents, certificates, word indexes.
//
//	                     Harbour Committee               12
//	 1        MS. ROE:  It will hold, and we
//	 2   shall see to it.
//
// None of it was said, so none of it may stand in a turn, but none of it is
// lost: it comes into the canonical text behind the turn that it interrupts.

// SetFurnitureAside marks the lines of a document that are debris. Line numbers
// are taken off their lines and gathered, page by page, in lines of their own.
// isLabel tells the texts that may name a speaker, which no running head does.
func SetFurnitureAside(lines []Line, isLabel func(text string) bool) []Line {
	lines = takeLineNumbers(lines)
	findPageNumbers(lines)
	starts := pageStarts(lines)
	findRunningHeads(lines, starts, isLabel)
	findContents(lines)
	findWordIndex(lines, starts)
	findCertificate(lines)
	findKeys(lines)
	for i := range lines {
		lines[i].Aside = lines[i].Aside && !lines[i].Code
	}
	unspace(lines)
	return lines
}

// WithoutAsides are the lines of the talk.
func WithoutAsides(lines []Line) []Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return l.Aside })
}

const shortestPage = 4 // lines

// pageStarts are the places where pages begin, as far as the document shows:
// by its own marks or else by its page and line numbers, of which nobody knows
// whether they stand above or below.
func pageStarts(lines []Line) []int {
	var marked, numbered []int
	for i, l := range lines {
		if l.page {
			marked = append(marked, i)
		}
		if l.Aside && (len(numbered) == 0 || i-numbered[len(numbered)-1] >= shortestPage) {
			numbered = append(numbered, i)
		}
	}
	if len(marked) > 1 {
		return marked
	}
	return numbered
}

// findKeys marks the lines on which an editor's key has a value: _page: 12.
func findKeys(lines []Line) {
	for i, l := range lines {
		if !l.Code && len(l.Text) > 1 && l.Text[0] == '_' && isKey(l.Text) {
			lines[i].Aside = true
			if i+1 < len(lines) {
				lines[i+1].Gap = true
			}
		}
	}
}

const longestKey = 30 // bytes

func isKey(text string) bool {
	for i := 1; i < min(len(text), longestKey); i++ {
		switch c := text[i]; {
		case c == ':':
			return i > 1
		case c == ' ' || c == '_' || 'a' <= c && c <= 'z':
		default:
			return false
		}
	}
	return false
}

const (
	leastIndent  = 2  // columns that set off the beginning of a paragraph
	widestIndent = 80 // columns
	fewLines     = 20
	longestTyped = 120 // bytes of a line of typescript
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

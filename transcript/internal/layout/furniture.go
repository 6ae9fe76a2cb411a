package layout

// Page furniture is what paper brings into a transcript: line numbers, page numbers,
// running heads and feet, tables of contents, certificates, word indexes.
//
//	                     Harbour Committee               12
//	 1        MS. ROE:  It will hold, and we
//	 2   shall see to it.
//
// None of it was said, so none of it may stand in a turn, but none of it is lost: it
// comes into the canonical text behind the turn that it interrupts.

// SetFurnitureAside marks the lines of a document that are page furniture. Line numbers
// are taken off their lines and gathered in lines of their own, one a page. isLabel
// reports whether a text may name a speaker, because a line with a label is no running
// head.
func SetFurnitureAside(lines []Line, isLabel func(text string) bool) []Line {
	lines = takeLineNumbers(lines)
	findPageNumbers(lines)
	starts := pageStarts(lines)
	findRunningHeads(lines, starts, isLabel)
	findContents(lines)
	findWordIndex(lines, starts)
	findCertificate(lines)
	findEditorKeys(lines)
	for i := range lines {
		lines[i].Furniture = lines[i].Furniture && !lines[i].Code
	}
	indentParagraphs(lines)
	return lines
}

// pageStarts are the lines with which pages begin, as far as the document shows: by the
// page breaks of its container, or else by its page and line numbers, though nobody knows
// whether those stand at the top or at the foot.
func pageStarts(lines []Line) []int {
	var marked, numbered []int
	for i, l := range lines {
		if l.page {
			marked = append(marked, i)
		}
		if l.Furniture && (len(numbered) == 0 || i-numbered[len(numbered)-1] >= shortestPage) {
			numbered = append(numbered, i)
		}
	}
	if len(marked) > 1 {
		return marked
	}
	return numbered
}

const shortestPage = 4 // lines; numbers that are closer belong to one page

// findEditorKeys marks the lines on which an editor noted a value under a key that begins
// with an underscore: _page: 12.
func findEditorKeys(lines []Line) {
	for i, l := range lines {
		if !l.Code && len(l.Text) > 1 && l.Text[0] == '_' && isEditorKey(l.Text) {
			lines[i].Furniture = true
			if i+1 < len(lines) {
				lines[i+1].Gap = true
			}
		}
	}
}

// isEditorKey reports whether a text begins with such a key and a colon.
func isEditorKey(text string) bool {
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

const longestKey = 30 // bytes, the underscore included

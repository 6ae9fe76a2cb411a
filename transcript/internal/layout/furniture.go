package layout

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

const shortestPage = 4 // lines

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

const longestKey = 30 // bytes

package layout

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Court reporters number the lines of each page, from 1 to 25 or so, at the left or at
// the right. Lists and tables count, too, so a document has line numbers only if some page
// has many, and if they stand on a good part of its lines.

const (
	highestLineNumber = 60 // of a page
	surePage          = 10 // numbers in order on one page that are surely line numbers: hardly a list is as long
	widestBreak       = 4  // lines from one number to the next: some lines lack theirs, or are blank
	raggedEdge        = 3  // columns by which the places where the numbers of a page end may differ
	leastRightPages   = 2  // pages with numbers at the right, since a single one may be a table

	// One line in leastNumberShare has a number, from the first numbered line to the last. A
	// long document with a few numbered pages has lists, rather.
	leastNumberShare = 3
)

// takeLineNumbers takes the line numbers off the lines. Behind each page comes a line with
// its numbers, which is page furniture.
func takeLineNumbers(lines []Line) []Line {
	cut := cutNumber
	pages := numberedPages(lines, leftNumber)
	if len(pages) == 0 {
		cut = cutRightNumber
		if pages = numberedPages(lines, rightNumber); len(pages) < leastRightPages {
			return lines
		}
	}
	out := make([]Line, 0, len(lines)+len(pages))
	var numbers []string
	gap, page := false, false // of lines before this one that held no more than their number
	at := 0
	for i, l := range lines {
		page = page || l.page
		for at < len(pages) && i > pages[at].last() {
			out, numbers = appendNumbers(out, numbers), nil
			at++
		}
		if at < len(pages) && pages[at].has(i) {
			number, rest := cut(l.Text)
			numbers = append(numbers, number)
			if before, left := strings.CutSuffix(l.Text, rest); left {
				l.Indent += columnsOf(before)
				l.Strong -= len(before)
			}
			l.Text, l.Strong = rest, min(max(0, l.Strong), len(rest))
			if rest == "" {
				gap = true
				continue
			}
		}
		l.Gap, l.page = l.Gap || gap, page
		out = append(out, l)
		gap, page = false, false
	}
	return appendNumbers(out, numbers)
}

// appendNumbers adds the line numbers of a page as one line of page furniture.
func appendNumbers(lines []Line, numbers []string) []Line {
	if len(numbers) == 0 {
		return lines
	}
	return append(lines, Line{Text: strings.Join(numbers, " "), Gap: true, Furniture: true})
}

// numberedPage is a page, by its lines that have numbers.
type numberedPage struct {
	lines []int // their places in the document, in order
	value int   // the last number
	edge  int   // column where the first number ends
	next  int   // index of the first of lines that has not been asked for
}

// last is the last line of the page that has a number.
func (p *numberedPage) last() int { return p.lines[len(p.lines)-1] }

// has reports whether line i of the document has a number; it must be asked in order.
func (p *numberedPage) has(i int) bool {
	for p.next < len(p.lines) && p.lines[p.next] < i {
		p.next++
	}
	return p.next < len(p.lines) && p.lines[p.next] == i
}

// takes reports whether the number of line i, which ends at the column edge, is the next
// of the page. One number may be missing.
func (p *numberedPage) takes(i, value, edge int) bool {
	return value > p.value && value <= p.value+2 && i-p.last() <= widestBreak && abs(edge-p.edge) <= raggedEdge
}

// abs is n without its sign.
func abs(n int) int { return max(n, -n) }

// numberedPages finds the pages whose lines have numbers, if the document has line numbers
// at all. number reads the number of a line, 0 if it has none, and the column where it
// ends.
func numberedPages(lines []Line, number func(Line) (value, edge int)) []*numberedPage {
	var pages []*numberedPage
	var open *numberedPage
	sure, count := false, 0
	for i, l := range lines {
		value, edge := number(l)
		switch {
		case value == 0:
		case open != nil && open.takes(i, value, edge):
			open.lines, open.value = append(open.lines, i), value
			sure = sure || len(open.lines) >= surePage
			count++
		case value == 1, value == 2 && l.Gap && open != nil && (open.value > 2 || len(open.lines) == 1): // the first line is blank
			open = &numberedPage{lines: []int{i}, value: value, edge: edge}
			pages = append(pages, open)
		}
	}
	if !sure {
		return nil
	}
	kept := pages[:0]
	for _, p := range pages {
		if len(p.lines) > 1 {
			kept = append(kept, p)
			count++
		}
	}
	if span := kept[len(kept)-1].last() - kept[0].lines[0] + 1; count*leastNumberShare < span {
		return nil
	}
	return kept
}

// leftNumber is the number at the start of a line, 0 if there is none, and the column
// where it ends.
func leftNumber(l Line) (value, edge int) {
	if l.Text == "" || l.Text[0] < '1' || l.Text[0] > '9' {
		return 0, 0
	}
	number, rest := cutNumber(l.Text)
	if first, _ := utf8.DecodeRuneInString(l.Text[len(number):]); rest != "" && !unicode.IsSpace(first) {
		return 0, 0
	}
	return lineNumber(number), l.Indent + len(number)
}

// rightNumber is the number at the end of a line, behind several blanks, and the column
// where it ends. The rows of a table have none: their last cell may hold a number.
func rightNumber(l Line) (value, edge int) {
	if l.Text == "" || l.Cells || !letters.IsDigit(l.Text[len(l.Text)-1]) {
		return 0, 0
	}
	number, rest := cutRightNumber(l.Text)
	if rest != "" && letters.Blanks(l.Text[len(rest):]) < 2 {
		return 0, 0
	}
	return lineNumber(number), l.Indent + columnsOf(l.Text)
}

// lineNumber is the value of a line number; 0 if the text cannot be one.
func lineNumber(number string) int {
	if number == "" || len(number) > 2 || number[0] == '0' {
		return 0
	}
	value, _ := strconv.Atoi(number)
	if value > highestLineNumber {
		return 0
	}
	return value
}

// cutNumber takes a number and the white space after it off the start of a text.
func cutNumber(text string) (number, rest string) {
	rest = strings.TrimLeft(text, "0123456789")
	return text[:len(text)-len(rest)], strings.TrimLeftFunc(rest, unicode.IsSpace)
}

// cutRightNumber takes a number and the white space before it off the end of a
// text.
func cutRightNumber(text string) (number, rest string) {
	rest = strings.TrimRight(text, "0123456789")
	return text[len(rest):], strings.TrimRightFunc(rest, unicode.IsSpace)
}

// columnsOf counts the columns that a text takes, tabs expanded.
func columnsOf(text string) int {
	columns := 0
	for _, r := range text {
		if r == '\t' {
			columns += tabWidth - 1 - columns%tabWidth
		}
		columns++
	}
	return columns
}

const tabWidth = 8

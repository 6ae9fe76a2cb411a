package layout

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// takeLineNumbers takes the line numbers of court reporters off the lines: 1 to
// 25 or so, again on every page, at the left or at the right.
func takeLineNumbers(lines []Line) []Line {
	cut := cutNumber
	pages := numberedPages(lines, leftNumber)
	if len(pages) == 0 {
		cut = cutRightNumber
		if pages = numberedPages(lines, rightNumber); len(pages) < rightPages {
			return lines
		}
	}
	out := make([]Line, 0, len(lines)+len(pages))
	var numbers []string
	gap, page := false, false // of lines that held no more than their number
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

const (
	mostLineNumbers  = 60 // lines of a page
	surePage         = 10 // numbered lines in a row that no list explains
	mostBetween      = 4  // lines without a number between two with one
	numberTolerance  = 3  // columns by which numbers may stand out of their row
	rightPages       = 2  // pages that have numbers at the right, which a table may have, too
	leastNumberShare = 3  // one line of so many has a number, where lines have
)

// appendNumbers adds the numbers of a page as one line of debris.
func appendNumbers(lines []Line, numbers []string) []Line {
	if len(numbers) == 0 {
		return lines
	}
	return append(lines, Line{Text: strings.Join(numbers, " "), Gap: true, Aside: true})
}

// numberedPage are the lines of one page that have numbers.
type numberedPage struct {
	lines []int // in order
	value int   // of the last number
	edge  int   // column where the first number ends
	next  int   // of lines, the first that has not been asked for
}

func (p *numberedPage) last() int { return p.lines[len(p.lines)-1] }

// has reports whether line i has a number; it is asked in order.
func (p *numberedPage) has(i int) bool {
	for p.next < len(p.lines) && p.lines[p.next] < i {
		p.next++
	}
	return p.next < len(p.lines) && p.lines[p.next] == i
}

// takes reports whether a number that ends at a column goes on with the page.
func (p *numberedPage) takes(i, value, edge int) bool {
	return value > p.value && value <= p.value+2 && i-p.last() <= mostBetween && abs(edge-p.edge) <= numberTolerance
}

func abs(n int) int { return max(n, -n) }

// numberedPages finds the pages whose lines have numbers, if the document has
// such pages at all. It is told how to read a line's number, and the column where
// that ends; 0 if there is none.
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
		case value == 1:
			open = &numberedPage{lines: []int{i}, value: 1, edge: edge}
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

// leftNumber is the number at the start of a line.
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

// rightNumber is the number at the end of a line, behind a wide blank.
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

// lineNumber is the value of a line's number; 0 if no line has it.
func lineNumber(number string) int {
	if number == "" || len(number) > 2 || number[0] == '0' {
		return 0
	}
	value, _ := strconv.Atoi(number)
	if value > mostLineNumbers {
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

// columnsOf counts the columns that a text takes.
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

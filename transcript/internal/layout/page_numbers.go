package layout

import (
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// findPageNumbers marks page numbers: "- 12 -", "Page 12 of 40", and a bare
// number that interrupts a sentence or is one of a row. A number alone may be an
// answer, too.
func findPageNumbers(lines []Line) {
	previous := -1 // the last line with a bare number
	for i := range lines {
		number, decorated := pageNumber(lines[i].Text)
		if number == 0 || lines[i].Aside {
			continue
		}
		if decorated || i > 0 && !letters.EndsSentence(lines[i-1].Text) {
			lines[i].Aside = true
		}
		if previous >= 0 {
			if before, _ := pageNumber(lines[previous].Text); before+1 == number {
				lines[previous].Aside, lines[i].Aside = true, true
			}
		}
		previous = i
	}
}

// pageNumber reads a line that holds a number and no more than belongs to one
// of a page; 0 if it does not.
func pageNumber(s string) (n int, decorated bool) {
	if len(s) > 24 {
		return 0, false
	}
	core := strings.ToLower(strings.Trim(s, "-–— []"))
	number, named := strings.CutPrefix(core, "page ")
	digits := number[:len(number)-len(strings.TrimLeft(number, "0123456789"))]
	if digits == "" || len(digits) > 4 {
		return 0, false
	}
	n, _ = strconv.Atoi(digits)
	rest := strings.TrimSpace(number[len(digits):])
	if rest == "" {
		return n, named || core != strings.ToLower(s)
	}
	for _, link := range []string{"of ", "/"} {
		total, counted := strings.CutPrefix(rest, link)
		if counted && (named || link == "of ") && total != "" && strings.Trim(total, "0123456789 ") == "" {
			return n, named
		}
	}
	return 0, false
}

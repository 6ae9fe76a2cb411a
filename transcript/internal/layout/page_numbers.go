package layout

import (
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// findPageNumbers marks the lines that are page numbers: "- 12 -", "Page 12 of 40". A bare
// number may be an answer, too, so it counts only if it interrupts a sentence, or if the
// next bare number is the next higher.
func findPageNumbers(lines []Line) {
	previous := -1 // the last line that holds a number
	for i := range lines {
		number, decorated := PageNumber(lines[i].Text)
		if number == 0 || lines[i].Furniture {
			continue
		}
		if decorated || i > 0 && !letters.EndsSentence(lines[i-1].Text) {
			lines[i].Furniture = true
		}
		if previous >= 0 {
			if before, _ := PageNumber(lines[previous].Text); before+1 == number {
				lines[previous].Furniture, lines[i].Furniture = true, true
			}
		}
		previous = i
	}
}

// PageNumber reads a line that holds a number and nothing but what page numbers have beside
// them; n is 0 if it holds anything else. decorated reports whether there is something
// beside it, so that the number is hardly an answer.
func PageNumber(s string) (n int, decorated bool) {
	if len(s) > longestPageNumber {
		return 0, false
	}
	core := strings.ToLower(strings.Trim(s, "-–— []"))
	number, named := strings.CutPrefix(core, "page ")
	digits := number[:len(number)-len(strings.TrimLeft(number, "0123456789"))]
	if digits == "" || len(digits) > pageDigits {
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

const (
	longestPageNumber = 24 // bytes of a line: Page 1024 of 2048
	pageDigits        = 4  // of the highest page number
)

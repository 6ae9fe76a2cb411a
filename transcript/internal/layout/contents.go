package layout

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// findContents marks tables of contents: the lines below a heading such as CONTENTS, as
// long as they end with page numbers, and all lines with leaders.
func findContents(lines []Line) {
	for i := 0; i < len(lines); i++ {
		if hasLeader(lines[i].Text) {
			lines[i].Furniture = true
			continue
		}
		if c := lines[i].Text[0]; c < 'A' || c > 'Z' || !contentsHeadings[capitals(lines[i].Text)] {
			continue
		}
		end := i
		for j := i + 1; j < len(lines) && j-end <= contentsPatience; j++ {
			if endsWithPage(lines[j]) {
				end = j
			}
		}
		for ; end > i; i++ {
			lines[i].Furniture = true
		}
		lines[i].Furniture = lines[i].Furniture || endsWithPage(lines[i])
	}
}

// contentsHeadings are headings above tables of contents, without blanks.
var contentsHeadings = lexicon.Words("headings of contents")

const contentsPatience = 4 // lines from one with a page number to the next: long entries take several lines

// endsWithPage reports whether a line may end an entry of a table of contents, or is
// page furniture within it.
func endsWithPage(l Line) bool {
	last := l.Text[len(l.Text)-1]
	return l.Furniture || '0' <= last && last <= '9' || hasLeader(l.Text)
}

// hasLeader reports whether a text ends with a leader, a row of dots, and a number:
// Opening . . . . 2.
func hasLeader(text string) bool {
	stem := strings.TrimRight(text, "0123456789")
	return stem != text && strings.HasSuffix(strings.ReplaceAll(stem[max(0, len(stem)-leaderBytes):], " ", ""), "....")
}

const leaderBytes = 12 // within which a leader has four dots, with or without blanks between them

// capitals are the letters and digits of a heading in capitals, without blanks, since such
// headings are often spaced out: CONTENTS of C O N T E N T S. Of any other line they are
// empty.
func capitals(text string) string {
	if len(text) > longestTyped || strings.IndexFunc(text, unicode.IsLower) >= 0 {
		return ""
	}
	solid := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
	if strings.ToUpper(solid) != solid {
		return ""
	}
	return solid
}

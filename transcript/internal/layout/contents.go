package layout

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// findContents marks tables of contents: what follows such a heading, as long
// as lines end with pages, and lines with leaders to a page.
func findContents(lines []Line) {
	for i := 0; i < len(lines); i++ {
		if hasLeader(lines[i].Text) {
			lines[i].Aside = true
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
			lines[i].Aside = true
		}
		lines[i].Aside = lines[i].Aside || endsWithPage(lines[i])
	}
}

var contentsHeadings = lexicon.Words("headings of contents")

const contentsPatience = 4 // lines of contents in a row without a page

func endsWithPage(l Line) bool {
	last := l.Text[len(l.Text)-1]
	return l.Aside || '0' <= last && last <= '9' || hasLeader(l.Text)
}

// hasLeader reports whether a row of dots leads to a number.
func hasLeader(text string) bool {
	stem := strings.TrimRight(text, "0123456789")
	return stem != text && strings.HasSuffix(strings.ReplaceAll(stem[max(0, len(stem)-12):], " ", ""), "....")
}

// capitals are the letters of a heading, without what spaces them out, if all
// are capitals: CONTENTS of C O N T E N T S.
func capitals(text string) string {
	if len(text) > longestTyped {
		return ""
	}
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
	if strings.ToUpper(letters) != letters {
		return ""
	}
	return letters
}

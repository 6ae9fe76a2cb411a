package layout

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

const (
	indexSheet    = 40 // lines that are judged together where the pages are not known
	trailingPages = 3  // at the end that may follow a word index: a certificate, blank forms

	// A page of a word index has enough lines to judge by; at least half of them refer to
	// places, and those refer to one and a half places on average. Lines with a time before
	// the words have one number with a colon each.
	shortestIndex  = 11  // lines
	indexLineShare = 50  // percent of lines that refer to places
	indexReference = 150 // places that a hundred of those lines refer to
	longestEntry   = 12  // words of a line, its places included; more are speech
)

// findWordIndex marks the word index at the end of a transcript, whose lines list words
// with the pages and lines where they stand: harbour [2] 12:4 17:20. It looks from the end
// backwards, page by page.
func findWordIndex(lines []Line, starts []int) {
	if len(starts) == 0 {
		for i := 0; i < len(lines); i += indexSheet {
			starts = append(starts, i)
		}
	}
	first, end, patience := -1, len(lines), trailingPages
	for p := len(starts) - 1; p >= 0 && patience > 0; p-- {
		if isIndexPage(lines[starts[p]:end]) {
			first, patience = starts[p], 1
		} else {
			patience--
		}
		end = starts[p]
	}
	if first < 0 {
		return
	}
	for first < len(lines) && !lines[first].Furniture && references(lines[first].Text) == 0 {
		first++
	}
	for i := first; i < len(lines); i++ {
		lines[i].Furniture = true
	}
}

// isIndexPage reports whether lines are a page of a word index.
func isIndexPage(lines []Line) bool {
	referring, places, total := 0, 0, 0
	for _, l := range lines {
		if l.Furniture {
			continue
		}
		total++
		if n := references(l.Text); n > 0 && letters.WordCount(l.Text, longestEntry+1) <= longestEntry {
			referring++
			places += n
		}
	}
	return total >= shortestIndex && 100*referring >= indexLineShare*total && 100*places >= indexReference*referring
}

// references counts the places that a line refers to by page and line: 12:4,17 is one. A
// time of three parts, 00:12:04, is none.
func references(text string) int {
	n := 0
	if c, words, timed := LeadingClock(text); timed && (words != "" || c.EndMS != nil || !c.Bare) {
		text = words // a recording's time, or the range of one
	}
	for rest := text; ; {
		at := strings.IndexByte(rest, ':')
		if at < 0 {
			return n
		}
		after := strings.TrimLeft(rest[at+1:], "0123456789")
		place := at > 0 && letters.IsDigit(rest[at-1]) && len(after) < len(rest)-at-1
		if place && strings.HasPrefix(after, ":") {
			after = strings.TrimLeft(after[1:], "0123456789")
		} else if place {
			n++
		}
		rest = after
	}
}

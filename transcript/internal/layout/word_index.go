package layout

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// findWordIndex marks the concordance at the end of a transcript, whose lines
// name words with the pages and lines where they stand: harbour [2] 12:4 17:20.
func findWordIndex(lines []Line, starts []int) {
	if len(starts) == 0 {
		for i := 0; i < len(lines); i += sheet {
			starts = append(starts, i)
		}
	}
	first, end, patience := -1, len(lines), trailingPages
	for p := len(starts) - 1; p >= 0 && patience > 0; p-- {
		if isConcordance(lines[starts[p]:end]) {
			first, patience = starts[p], 1
		} else {
			patience--
		}
		end = starts[p]
	}
	if first < 0 {
		return
	}
	for first < len(lines) && !lines[first].Aside && references(lines[first].Text) == 0 {
		first++
	}
	for i := first; i < len(lines); i++ {
		lines[i].Aside = true
	}
}

const (
	sheet         = 40 // lines that are judged together where pages are unknown
	trailingPages = 3  // that may come after a word index
)

// isConcordance reports whether most lines refer to places, and more often than
// those of a text with times.
func isConcordance(lines []Line) bool {
	with, all, total := 0, 0, 0
	for _, l := range lines {
		if l.Aside {
			continue
		}
		total++
		if n := references(l.Text); n > 0 {
			with++
			all += n
		}
	}
	return total > fewLines/2 && with*2 >= total && all*2 >= with*3
}

// references counts the places, as page and line, that a line names: 12:4,17. A
// time of three parts, 00:12:04, is none.
func references(text string) int {
	n := 0
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

package layout

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

const (
	edgeLines   = 5   // of a page, among which running heads and feet are
	longestHead = 160 // bytes
	leastPages  = 3   // in a row, or nearly, that have the same head
)

// findRunningHeads marks the lines that stand at the edges of pages, the same on
// one page after the other but for numbers.
func findRunningHeads(lines []Line, starts []int, isLabel func(text string) bool) {
	heads := newHeadCounts()
	for page, start := range starts {
		eachEdge(lines, start, func(i int, above bool) bool {
			if !lines[i].Aside {
				heads.count(headKey(lines[i].Text, above, isLabel), page)
			}
			return true
		})
	}
	for _, start := range starts {
		eachEdge(lines, start, func(i int, above bool) bool {
			lines[i].Aside = lines[i].Aside || heads.isHead(headKey(lines[i].Text, above, isLabel))
			return lines[i].Aside
		})
	}
}

// eachEdge visits the first lines of a page, from its top, and the last ones of
// the page before, from its foot, as long as visit wants more of either.
func eachEdge(lines []Line, start int, visit func(i int, above bool) (more bool)) {
	for i := start; i < min(start+edgeLines, len(lines)) && visit(i, true); i++ {
	}
	for i := start - 1; i >= max(0, start-edgeLines) && visit(i, false); i-- {
	}
}

// headCounts counts on how many pages in a row a line stands.
type headCounts struct {
	of    map[string]*headCount
	limit int // of lines that are remembered before some are forgotten
}

type headCount struct{ page, row, best int }

const someHeads = 10_000

func newHeadCounts() *headCounts {
	return &headCounts{of: map[string]*headCount{}, limit: someHeads}
}

func (c *headCounts) count(key string, page int) {
	if key == "" {
		return
	}
	h := c.of[key]
	switch {
	case h == nil:
		h = &headCount{row: 1}
		c.of[key] = h
	case h.page == page:
		return
	case page-h.page <= 2: // on every page, or on every left one
		h.row++
	default:
		h.row = 1
	}
	h.page, h.best = page, max(h.best, h.row)
	if len(c.of) > c.limit {
		c.forget(page)
	}
}

// forget drops the lines that stood on too few pages and too long ago.
func (c *headCounts) forget(page int) {
	for key, h := range c.of {
		if h.best < leastPages && page-h.page > 2 {
			delete(c.of, key)
		}
	}
	c.limit = max(someHeads, 2*len(c.of))
}

// isHead reports whether a line stood on enough pages.
func (c *headCounts) isHead(key string) bool {
	h := c.of[key]
	return h != nil && h.best >= leastPages
}

// headKey is what all forms of a running head share; empty for a line that
// cannot be one, above all one with a label.
func headKey(text string, above bool, isLabel func(text string) bool) string {
	if len(text) > longestHead {
		return ""
	}
	if colon := strings.IndexByte(text, ':'); colon > 0 && colon+1 < len(text) && isLabel(text[:colon]) {
		return ""
	}
	key := make([]byte, 0, len(text)+1)
	key = append(key, '^')
	if !above {
		key[0] = '$'
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if '0' <= c && c <= '9' {
			c = '#'
		}
		if last := key[len(key)-1]; (c == '#' || c == ' ') && last == c {
			continue
		}
		key = append(key, c)
	}
	return string(key)
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

var contentsHeadings = lexicon.Words("headings of contents")

const contentsPatience = 4 // lines of contents in a row without a page

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

// hasLeader reports whether a row of dots leads to a number.
func hasLeader(text string) bool {
	stem := strings.TrimRight(text, "0123456789")
	return stem != text && strings.HasSuffix(strings.ReplaceAll(stem[max(0, len(stem)-12):], " ", ""), "....")
}

func endsWithPage(l Line) bool {
	last := l.Text[len(l.Text)-1]
	return l.Aside || '0' <= last && last <= '9' || hasLeader(l.Text)
}

const (
	sheet         = 40 // lines that are judged together where pages are unknown
	trailingPages = 3  // that may come after a word index
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

const certificateLines = 100 // at the end, among which a certificate begins

// findCertificate marks the certificate of whoever made the transcript.
func findCertificate(lines []Line) {
	for i := max(1, len(lines)-certificateLines); i < len(lines); i++ {
		if lines[i].Aside || !isCertificate(lines[i].Text) {
			continue
		}
		for ; i < len(lines); i++ {
			lines[i].Aside = true
		}
	}
}

var certifying = lexicon.Phrases("phrases of certificates")

func isCertificate(text string) bool {
	if len(text) > longestTyped {
		return false
	}
	if caps := capitals(text); strings.Contains(caps, "CERTIFICATE") || strings.Contains(caps, "CERTIFICATION") {
		return len(strings.Fields(text)) <= len("CERTIFICATION")+4
	}
	lower := strings.ToLower(text)
	return letters.ContainsAny(lower, certifying...)
}

package layout

import (
	"strings"
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

const (
	edgeLines   = 5   // of a page, among which running heads and feet are
	longestHead = 160 // bytes
	leastPages  = 3   // in a row, or nearly, that have the same head
)

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

func newHeadCounts() *headCounts {
	return &headCounts{of: map[string]*headCount{}, limit: someHeads}
}

const someHeads = 10_000

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

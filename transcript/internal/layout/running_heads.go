package layout

import (
	"strings"
)

const (
	edgeLines   = 5   // of a page, at its top and at its foot, among which running heads are
	longestHead = 160 // bytes
	leastPages  = 3   // in a row on which a running head stands; pages on one side may lack it
)

// findRunningHeads marks the running heads and feet: the lines at the edges of pages that
// are the same on one page after the other, numbers apart.
func findRunningHeads(lines []Line, starts []int, isLabel func(text string) bool) {
	heads := newHeadCounts()
	for page, start := range starts {
		eachEdge(lines, start, func(i int, above bool) bool {
			if !lines[i].Furniture {
				heads.count(headKey(lines[i].Text, above, isLabel), page)
			}
			return true
		})
	}
	for _, start := range starts {
		eachEdge(lines, start, func(i int, above bool) bool {
			lines[i].Furniture = lines[i].Furniture || heads.isHead(headKey(lines[i].Text, above, isLabel))
			return lines[i].Furniture
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

// headCounts counts on how many pages in a row each line stands, by its headKey. A large
// document has many lines, so those that can no longer be running heads are forgotten.
type headCounts struct {
	of    map[string]*headCount
	limit int // of lines, beyond which some are forgotten
}

// headCount counts the pages of one line.
type headCount struct {
	page int // the last page on which it stood
	row  int // pages in a row up to that one
	best int // the most pages in a row
}

// newHeadCounts counts nothing yet.
func newHeadCounts() *headCounts {
	return &headCounts{of: map[string]*headCount{}, limit: rememberedHeads}
}

const rememberedHeads = 10_000

// count counts a line on a page; pages come in order.
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
	case page-h.page <= 2: // on every page, or on every left-hand page
		h.row++
	default:
		h.row = 1
	}
	h.page, h.best = page, max(h.best, h.row)
	if len(c.of) > c.limit {
		c.forget(page)
	}
}

// forget drops the lines that stood on too few pages, the last of them too long ago.
func (c *headCounts) forget(page int) {
	for key, h := range c.of {
		if h.best < leastPages && page-h.page > 2 {
			delete(c.of, key)
		}
	}
	c.limit = max(rememberedHeads, 2*len(c.of))
}

// isHead reports whether a line stood on enough pages in a row to be a running head.
func (c *headCounts) isHead(key string) bool {
	h := c.of[key]
	return h != nil && h.best >= leastPages
}

// headKey is what a running head has in common on all pages: its text with # for its
// numbers, and whether it stands at the top (^) or at the foot ($). It is empty for a line
// that cannot be one: a long line, or one with a label, since the same speaker may begin
// several pages.
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

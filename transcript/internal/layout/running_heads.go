package layout

import (
	"strings"
)

const (
	edgeLines   = 5   // of a page, at its top and at its foot, among which running heads are
	longestHead = 160 // bytes
	titleLines  = 5   // of a document, among which its title is
	elsewhere   = 2   // times as many lines as at edges, the title and a chance included, from which on a line is no head
	leastPages  = 3   // in a row on which a running head stands; pages on one side may lack it
)

// findRunningHeads marks the running heads and feet: the lines at the edges of pages that
// are the same on one page after the other, numbers apart.
func findRunningHeads(lines []Line, starts []int, isLabel func(text string) bool) {
	heads := newHeadCounts()
	if len(starts) > 0 {
		front := lines[:min(titleLines, len(lines), starts[0])]
		isLabel = notInTitle(front, isLabel)
		for _, l := range front {
			heads.title(headKey(l.Text, true, isLabel))
		}
	}
	for page, start := range starts {
		eachEdge(lines, start, func(i int, above bool) bool {
			if !lines[i].Furniture {
				heads.count(headKey(lines[i].Text, above, isLabel), page)
			}
			return true
		})
	}
	heads.dropRepeated(lines, isLabel)
	for _, start := range starts {
		eachEdge(lines, start, func(i int, above bool) bool {
			lines[i].Furniture = lines[i].Furniture || heads.isHead(headKey(lines[i].Text, above, isLabel), i)
			return lines[i].Furniture
		})
	}
}

// notInTitle is isLabel but for what stands before a colon in the first lines of a document,
// which may be a title: "Harbour Forum: the Third Pump".
func notInTitle(front []Line, isLabel func(text string) bool) func(text string) bool {
	titles := map[string]bool{}
	for _, l := range front {
		before, _, _ := strings.Cut(l.Text, ":")
		titles[before] = true
	}
	return func(text string) bool { return !titles[text] && isLabel(text) }
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
	of     map[string]*headCount
	titles map[string]bool // the first lines of the document, by key without their place: a head often repeats the title
	limit  int             // of lines, beyond which some are forgotten
}

// headCount counts the pages of one line.
type headCount struct {
	page int // the last page on which it stood
	all  int // pages on which it stood
	row  int // pages in a row up to that one
	best int // the most pages in a row
}

// newHeadCounts counts nothing yet.
func newHeadCounts() *headCounts {
	return &headCounts{of: map[string]*headCount{}, titles: map[string]bool{}, limit: rememberedHeads}
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
	h.all++
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

// title notes one of the first lines of the document.
func (c *headCounts) title(key string) {
	if strings.Contains(key, " ") {
		c.titles[key[1:]] = true
	}
}

// dropRepeated forgets the lines that stand at other places more often than at the edges of
// pages: labels on lines of their own.
func (c *headCounts) dropRepeated(lines []Line, isLabel func(text string) bool) {
	total := map[string]int{} // lines of the keys that may be heads, without their place
	var starts [256]bool      // with which of them begin, since few other lines do
	for key := range c.of {
		if c.isHead(key, titleLines) && len(key) > 1 {
			total[key[1:]] = 0
			starts[key[1]] = true
		}
	}
	for _, l := range lines {
		if l.Text == "" || !starts[l.Text[0]] && !(starts['#'] && '0' <= l.Text[0] && l.Text[0] <= '9') {
			continue
		}
		if key := headKey(l.Text, true, isLabel); key != "" {
			if n, ok := total[key[1:]]; ok {
				total[key[1:]] = n + 1
			}
		}
	}
	for text, n := range total {
		edges := 0
		for _, place := range []string{"^", "$"} {
			if h := c.of[place+text]; h != nil {
				edges += h.all
			}
		}
		if n > elsewhere*edges {
			delete(c.of, "^"+text)
			delete(c.of, "$"+text)
		}
	}
}

// isHead reports whether a line stood on enough pages in a row to be a running head, or is
// the title once more, on line i.
func (c *headCounts) isHead(key string, i int) bool {
	h := c.of[key]
	return h != nil && (h.best >= leastPages || i >= titleLines && c.titles[key[1:]])
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

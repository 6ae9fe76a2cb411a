package pages

import (
	"math"
	"sort"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

const (
	edgeLines   = 3   // of a column, at its top and at its foot, among which running heads are
	samePlace   = 3.  // points by which the places of a head may differ from page to page
	longestHead = 160 // bytes
	facingPages = 2   // heads of left-hand and right-hand pages take turns
)

// setFurnitureAside marks running heads and feet, which stand at the same place of another
// page with the same words, numbers apart, and page numbers. A head of one page alone
// is known where a sentence goes on behind it.
func (d *document) setFurnitureAside() {
	spans := d.spans()
	heads := map[string][]placed{}
	for _, s := range spans {
		for _, at := range s.edges() {
			l := d.lines[at]
			key := headKey(l.text)
			heads[key] = append(heads[key], placed{l.page, l.Base})
		}
	}
	for i, s := range spans {
		for _, edge := range [][]int{s.top(), s.foot()} {
			for n, at := range edge {
				l := &d.lines[at]
				outermost := n == 0 && (l.isPageNumber() || d.interrupts(spans, i, at))
				if !outermost && !(l.isHead(heads) && (n == 0 || d.leansTo(edge[n-1], at))) {
					break
				}
				l.part = furniture
			}
		}
	}
}

// span is the lines of a column of a page, from its first up to its end.
type span struct{ first, end int }

// spans are the columns in their order. Heads and notes stand above and below each.
func (d *document) spans() []span {
	var all []span
	for i, l := range d.lines {
		if i == 0 || d.lines[i-1].column != l.column {
			all = append(all, span{i, i})
		}
		all[len(all)-1].end = i + 1
	}
	return all
}

// top is the first lines of a column, from its edge inwards; a column keeps a line of text.
func (s span) top() []int {
	var at []int
	for i := s.first; i < min(s.first+edgeLines, s.end-1); i++ {
		at = append(at, i)
	}
	return at
}

// foot is the last lines of a column, from its edge inwards.
func (s span) foot() []int {
	var at []int
	for i := s.end - 1; i >= max(s.end-edgeLines, s.first+1); i-- {
		at = append(at, i)
	}
	return at
}

func (s span) edges() []int { return append(s.top(), s.foot()...) }

// placed is a place on a page.
type placed struct {
	page int
	base float64
}

// isHead reports whether a line stands at the same place of a page nearby, too.
func (l line) isHead(heads map[string][]placed) bool {
	if len(l.text) > longestHead || !strings.ContainsFunc(l.text, isWordRune) {
		return false
	}
	all := heads[headKey(l.text)]
	near := sort.Search(len(all), func(i int) bool { return all[i].page >= l.page-facingPages })
	for _, other := range all[near:] {
		if other.page > l.page+facingPages {
			break
		}
		if other.page != l.page && math.Abs(other.base-l.Base) <= samePlace {
			return true
		}
	}
	return false
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (l line) isPageNumber() bool {
	n, _ := layout.PageNumber(l.text)
	return n > 0
}

// interrupts reports whether the first or last line of a column stands between two lines of a
// sentence, apart from them.
func (d *document) interrupts(spans []span, i, at int) bool {
	s, l := spans[i], d.lines[at]
	var before, after, beside int // the line on either side, and the one in the same column
	switch {
	case at == s.first && i > 0:
		before, after, beside = d.lastText(spans[i-1]), at+1, at+1
	case at == s.end-1 && i+1 < len(spans):
		before, after, beside = at-1, spans[i+1].first, at-1
	default:
		return false
	}
	apart := math.Abs(l.Base - d.lines[beside].Base)
	return apart > apartLeading*l.Size && len(l.text) <= longestHead && !endsSentence(d.lines[before].text) && letters.StartsLower(d.lines[after].text)
}

const apartLeading = 1.8 // times its size, beyond which a head is set apart from the text

// lastText is the last line of a column that is not furniture.
func (d *document) lastText(s span) int {
	for i := s.end - 1; i > s.first; i-- {
		if d.lines[i].part == text {
			return i
		}
	}
	return s.first
}

// leansTo reports whether a line stands nearer to the head before it, on its way from the edge
// of the page, than to the line behind: two pages may begin with the same few words of text.
func (d *document) leansTo(head, at int) bool {
	behind := at + at - head
	distance := func(a, b int) float64 { return math.Abs(d.lines[a].Base - d.lines[b].Base) }
	return distance(head, at) < distance(at, behind)
}

// headKey is what a running head has in common on all pages: its text with # for numbers.
func headKey(text string) string {
	var b strings.Builder
	number := false
	for _, r := range text {
		if unicode.IsDigit(r) {
			if !number {
				b.WriteByte('#')
			}
			number = true
			continue
		}
		number = false
		b.WriteRune(r)
	}
	return b.String()
}

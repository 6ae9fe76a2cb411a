package pdf

import "math"

const (
	deepestColumns = 3       // how often columns may be divided into columns
	columnRows     = 3       // that a column has at least, and that stand beside the other column
	columnWords    = 3       // a row has in a column of prose; cells of a table have fewer
	leastGutter    = 9.      // width in points of the blank between columns
	widestPage     = 14_400. // points that a page may measure (ISO 32000, annex C); what stands farther apart is no print
	outerPart      = .3      // of the width on each side, in which no column ends: line numbers and labels stand there
)

// inOrder puts rows into reading order: columns one after the other, between rows
// that run across them.
func inOrder(rows []row, depth int) []row {
	at, ok := gutter(rows)
	if !ok || depth == 0 {
		return rows
	}
	var out, left, right []row
	flush := func() {
		out = append(out, inOrder(left, depth-1)...)
		out = append(out, inOrder(right, depth-1)...)
		left, right = nil, nil
	}
	for _, r := range rows {
		cut, across := splitAt(r, at)
		if across {
			flush()
			out = append(out, r)
			continue
		}
		if cut > 0 {
			left = append(left, r[:cut:cut])
		}
		if cut < len(r) {
			right = append(right, r[cut:])
		}
	}
	flush()
	return out
}

// splitAt is the index of the first word right of a place; across reports that a word
// or too narrow a blank stands there.
func splitAt(r row, at float64) (cut int, across bool) {
	for cut < len(r) && r[cut].left < at {
		if r[cut].right > at {
			return cut, true
		}
		cut++
	}
	return cut, cut > 0 && cut < len(r) && r[cut].left-r[cut-1].right < leastGutter
}

// gutter finds the middle of the widest blank between two columns of prose.
func gutter(rows []row) (at float64, ok bool) {
	left, right := math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		left, right = min(left, r.left()), max(right, r.right())
	}
	if !(right-left <= widestPage) {
		return 0, false
	}
	const step = leastGutter / 2
	widest, width := 0., 0.
	for x := left + outerPart*(right-left); x < right-outerPart*(right-left); x += step {
		if !isGutter(rows, x) {
			width = 0
			continue
		}
		if width += step; width > widest {
			widest, at = width, x-width/2
		}
	}
	return at + step/2, widest > 0
}

// isGutter reports whether columns of prose stand on both sides of a place, beside
// each other in more rows than run across it.
func isGutter(rows []row, at float64) bool {
	var sides [2]columnSide
	across, beside := 0, 0
	for _, r := range rows {
		cut, over := splitAt(r, at)
		if over {
			across++
			continue
		}
		sides[0].add(r[:cut])
		sides[1].add(r[cut:])
	}
	for _, r := range rows {
		if _, over := splitAt(r, at); !over && sides[0].spans(r.base()) && sides[1].spans(r.base()) {
			beside++
		}
	}
	return beside >= columnRows && beside > across && sides[0].isProse() && sides[1].isProse()
}

// columnSide is what stands on one side of a gutter, between two baselines.
type columnSide struct {
	rows, words int
	top, bottom float64
}

func (s *columnSide) add(r row) {
	if len(r) == 0 {
		return
	}
	if s.rows == 0 {
		s.top = r.base()
	}
	s.bottom = r.base()
	s.rows, s.words = s.rows+1, s.words+len(r)
}

// spans reports whether a baseline is among those of this side.
func (s *columnSide) spans(base float64) bool { return s.bottom <= base && base <= s.top }

func (s *columnSide) isProse() bool { return s.rows >= columnRows && s.words >= columnWords*s.rows }

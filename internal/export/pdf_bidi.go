package export

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// visual puts the glyphs of a line into visual order, from left to right (Unicode
// Bidirectional Algorithm, Annex 9). The parts of the paragraph, such as a quotation
// and the prose beside it, follow each other in the paragraph's direction; the glyphs
// of a part are ordered by the direction of that part.
func visual(line []glyph, rightToLeft bool) []glyph {
	var parts [][]glyph
	for i, g := range line {
		if i == 0 || g.of != line[i-1].of {
			parts = append(parts, nil)
		}
		last := len(parts) - 1
		parts[last] = append(parts[last], g)
	}
	if rightToLeft {
		slices.Reverse(parts)
	}
	for i, part := range parts {
		if slices.ContainsFunc(part, runsRightToLeft) {
			parts[i] = reorder(part, isRightToLeft(part[0].of.text))
		}
	}
	return slices.Concat(parts...)
}

func runsRightToLeft(g glyph) bool {
	properties, _ := bidi.LookupRune(g.r)
	return properties.Class() == bidi.R || properties.Class() == bidi.AL || properties.Class() == bidi.AN
}

// levelRun is a run of one embedding level, its glyphs in visual order: level 0 runs
// from left to right, 1 from right to left, and 2 from left to right within level 1.
type levelRun struct {
	level  int
	glyphs []glyph
}

// reorder orders glyphs by their levels (Unicode Annex 9, rule L2).
func reorder(glyphs []glyph, rightToLeft bool) []glyph {
	runs := levelRuns(glyphs, rightToLeft)
	for level := 2; level > 0; level-- {
		for start := 0; start < len(runs); start++ {
			end := start
			for end < len(runs) && runs[end].level >= level {
				end++
			}
			slices.Reverse(runs[start:end])
			start = end
		}
	}
	var all []glyph
	for _, r := range runs {
		all = append(all, r.glyphs...)
	}
	return all
}

// levelRuns divides glyphs by their embedding levels. Package bidi tells only the
// direction of each run; the levels follow from it, as none is deeper than 2.
func levelRuns(glyphs []glyph, rightToLeft bool) []levelRun {
	direction := "\u200E" // a mark that gives the text its direction
	if rightToLeft {
		direction = "\u200F"
	}
	var paragraph bidi.Paragraph
	if _, err := paragraph.SetString(direction + textOfGlyphs(glyphs)); err != nil {
		return []levelRun{{0, glyphs}}
	}
	ordering, err := paragraph.Order()
	if err != nil {
		return []levelRun{{0, glyphs}}
	}
	var runs []levelRun
	for i := range ordering.NumRuns() {
		run := ordering.Run(i)
		start, end := run.Pos() // in characters, with the mark; end is the last
		part := glyphs[max(0, start-1):end]
		switch {
		case run.Direction() == bidi.RightToLeft:
			runs = append(runs, levelRun{1, reversed(part)})
		case rightToLeft:
			runs = append(runs, levelRun{2, part})
		default:
			if n := number(part); i > 0 && n > 0 { // a number after text from right to left is of level 2 (rules W7 and I1)
				runs = append(runs, levelRun{2, part[:n]})
				part = part[n:]
			}
			if len(part) > 0 {
				runs = append(runs, levelRun{0, part})
			}
		}
	}
	return runs
}

// number counts the glyphs of the number that begins a text.
func number(glyphs []glyph) int {
	n := 0
	for i, g := range glyphs {
		properties, _ := bidi.LookupRune(g.r)
		switch properties.Class() {
		case bidi.EN, bidi.AN, bidi.ET:
			n = i + 1
		case bidi.ES, bidi.CS, bidi.NSM:
		default:
			return n
		}
	}
	return n
}

// reversed turns glyphs round. Marks stay behind the letters that they belong to,
// and brackets mirror.
func reversed(glyphs []glyph) []glyph {
	var out []glyph
	for end := len(glyphs); end > 0; {
		start := end - 1
		for start > 0 && unicode.Is(unicode.Mn, glyphs[start].r) {
			start--
		}
		for _, g := range glyphs[start:end] {
			if mirrored := []rune(bidi.ReverseString(string(g.r))); len(mirrored) == 1 {
				g.r = mirrored[0]
			}
			out = append(out, g)
		}
		end = start
	}
	return out
}

func textOfGlyphs(glyphs []glyph) string {
	var b strings.Builder
	for _, g := range glyphs {
		b.WriteRune(g.r)
	}
	return b.String()
}

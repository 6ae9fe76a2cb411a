package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Labels in the middle of a line: text that lost its line ends, so that a label
// follows the sentence before it, or is glued to it:
//
//	Did it hold? ROE: It did.POE: Good.
//
// They count if they stand at the start of lines elsewhere, or are in capitals
// and come again.

// splitMidline divides lines before such labels; found is false if there are
// none.
func splitMidline(t *labelledText) (split []line, found bool) {
	known := knownLabels(t)
	for i, l := range t.lines {
		var starts []int
		if !l.code {
			starts = midlineStarts(l.text, t.marks[i], known)
		}
		if len(starts) == 0 {
			if found {
				split = append(split, l)
			}
			continue
		}
		if !found {
			split, found = append(split, t.lines[:i]...), true
		}
		from := 0
		for n, at := range append(starts, len(l.text)) {
			piece := line{text: strings.TrimSpace(l.text[from:at]), gap: l.gap || n > 0, indent: l.indent}
			if piece.text != "" {
				split = append(split, piece)
			}
			from = at
		}
	}
	return split, found
}

// knownLabels are the labels that may be looked for within lines.
func knownLabels(t *labelledText) map[string]int {
	known, discovered := map[string]int{}, map[string]int{}
	for i, m := range t.marks {
		if m.kind == lineTurn && m.label.text != "" && (m.label.upper || m.label.part != partNamed || len(m.label.name.titles) > 0 || m.label.name.full()) {
			known[m.label.text]++
		}
		if !t.lines[i].code {
			discover(t.lines[i].text, discovered)
		}
	}
	for text, n := range discovered {
		if n > 2 {
			known[text] += n
		}
	}
	return known
}

// discover counts the words in capitals before the colons within a text, every
// run of them that may be the label.
func discover(text string, counts map[string]int) {
	for from := 0; ; {
		i := strings.IndexByte(text[from:], ':')
		if i < 0 || len(counts) > mostLabels {
			return
		}
		at := from + i
		from = at + 1
		if at == 0 || !isCapital(text[at-1]) {
			continue
		}
		for _, start := range labelStarts(text[:at]) {
			label := text[start:at]
			if !isShouted(label) {
				break
			}
			if followsSentence(text[:start]) {
				counts[label]++
			}
		}
	}
}

func isCapital(b byte) bool { return b >= 'A' && b <= 'Z' }

// isShouted reports whether a text is words in capitals, titles apart, that
// could be a label.
func isShouted(text string) bool {
	words := strings.Fields(text)
	for _, w := range words {
		if !isAllCaps(w) && !isTitle(w) && w != "The" && !isInitial(w) {
			return false
		}
	}
	bareWord := strings.ToLower(strings.Trim(text, "."))
	return len(words) > 0 && len(text) > 2 && !fieldLabels[bareWord] && !proseLabels[bareWord]
}

const midlineWords = 5 // that a label within a line has at most

// labelStarts are the places at which a label that ends with the text may begin,
// the last word first.
func labelStarts(text string) []int {
	var starts []int
	end := len(text)
	for range midlineWords {
		at := strings.LastIndexFunc(text[:end], unicode.IsSpace) + 1
		if glue := strings.LastIndexAny(text[at:end], ".?!,;…”\")]—0123456789"); glue >= 0 && at+glue+1 < end {
			_, size := utf8.DecodeRuneInString(text[at+glue:])
			if start := at + glue + size; start < end {
				starts = append(starts, start)
			}
		}
		if at < end {
			starts = append(starts, at)
		}
		end = len(strings.TrimRightFunc(text[:at], unicode.IsSpace))
		if end == 0 {
			break
		}
	}
	return starts
}

// midlineStarts are the places in a line, its start apart, where a known label
// begins.
func midlineStarts(text string, m mark, known map[string]int) []int {
	var starts []int
	from := 0
	if m.label != nil {
		from = max(0, len(text)-len(m.rest))
	}
	for last := 0; ; {
		i := strings.IndexByte(text[from:], ':')
		if i < 0 {
			return starts
		}
		at := from + i
		from = at + 1
		best, bestCount := -1, 0
		for _, start := range labelStarts(text[:at]) {
			if start <= last {
				break
			}
			if n := known[text[start:at]]; n > 0 && n >= bestCount && followsSentence(text[:start]) {
				best, bestCount = start, n
			}
		}
		if best > 0 {
			starts, last = append(starts, best), at
		}
	}
}

// followsSentence reports whether a label may come after a text: behind the end
// of a sentence, a stage direction, or glued to a word or number.
func followsSentence(before string) bool {
	trimmed := strings.TrimRightFunc(before, unicode.IsSpace)
	if trimmed == "" {
		return true
	}
	last, closed := lastRune(trimmed)
	if closed || strings.ContainsRune(".?!…—。！？", last) {
		return true
	}
	end, _ := utf8.DecodeLastRuneInString(trimmed)
	return len(trimmed) == len(before) && !unicode.IsUpper(end) || unicode.IsDigit(end) && len(trimmed) < 100
}

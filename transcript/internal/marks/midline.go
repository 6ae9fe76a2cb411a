package marks

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// A text that lost the ends of its lines has labels in the middle of lines, behind the
// sentence of the speaker before, or even glued to it:
//
//	Did it hold? ROE: It did.POE: Good.
//
// Such a label counts if it begins lines elsewhere, or if it is in capitals and stands
// within lines several times. If one of several words does, so does each name in full.

// splitMidline divides lines before such labels; found is false if there are none.
func splitMidline(t *Text) (split []layout.Line, found bool) {
	known := knownLabels(t)
	for i, l := range t.Lines {
		var starts []int
		if !l.Code {
			starts = midlineStarts(l.Text, t.Marks[i], known)
		}
		if len(starts) == 0 {
			if found {
				split = append(split, l)
			}
			continue
		}
		if !found {
			split, found = append(split, t.Lines[:i]...), true
		}
		from := 0
		for n, at := range append(starts, len(l.Text)) {
			piece := layout.Line{Text: strings.TrimSpace(l.Text[from:at]), Gap: l.Gap || n > 0, Indent: l.Indent}
			if piece.Text != "" {
				split = append(split, piece)
			}
			from = at
		}
	}
	return split, found
}

const leastMidline = 3 // times that words in capitals must stand before colons within lines to be a label

// knownLabels are the texts of the labels that are looked for within lines, with how often
// they were seen.
func knownLabels(t *Text) map[string]int {
	known, discovered := map[string]int{}, map[string]int{}
	for i, m := range t.Marks {
		if m.Kind == LineTurn && m.Label.Text != "" && (m.Label.Upper || m.Label.Part != labels.PartNamed || len(m.Label.Name.Titles) > 0 || m.Label.Name.Full()) {
			known[m.Label.Text]++
		}
		if !t.Lines[i].Code {
			discover(t.Lines[i].Text, discovered)
		}
	}
	proven := false
	for text, n := range discovered {
		if n >= leastMidline {
			known[text] += n
			proven = proven || strings.Contains(text, " ")
		}
	}
	for text, n := range discovered {
		if proven && n < leastMidline && isFullLabel(text) {
			known[text] += n
		}
	}
	return known
}

// isFullLabel reports whether a text in capitals can hardly be anything but a label: a given
// name and a surname, or a title and a name.
func isFullLabel(text string) bool {
	name := labels.ReadName(text)
	return labels.HasForm(text) && name.IsName() && (name.Full() || name.Titled())
}

// discover counts the words in capitals before the colons within a text: of one colon,
// every run of words before it, since any of them may be the label.
func discover(text string, counts map[string]int) {
	for from := 0; ; {
		i := strings.IndexByte(text[from:], ':')
		if i < 0 {
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

// isCapital reports whether a byte is a capital of ASCII.
func isCapital(b byte) bool { return b >= 'A' && b <= 'Z' }

// isShouted reports whether a text consists of words in capitals, titles apart, that could
// be a label.
func isShouted(text string) bool {
	words := 0
	for w := range strings.FieldsSeq(text) {
		if !letters.IsAllCaps(w) && !lexicon.IsTitle(w) && w != "The" && !lexicon.IsInitial(w) {
			return false
		}
		words++
	}
	return words > 0 && len(text) > 2 && !labels.NamesNobody(strings.ToLower(strings.Trim(text, ".")))
}

// midlineStarts are the bytes of a line at which known labels begin, its start apart. Of
// several that end at the same colon, it takes the one that was seen most often, and of
// those the longest.
func midlineStarts(text string, m Mark, known map[string]int) []int {
	var starts []int
	from := 0
	if m.Label != nil {
		from = max(0, len(text)-len(m.Rest))
	}
	for last := 0; ; {
		i := strings.IndexByte(text[from:], ':')
		if i < 0 {
			return starts
		}
		at := from + i
		from = at + 1
		if at > 0 && text[at-1] == ':' {
			continue
		}
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

// labelStarts are the bytes at which a label that ends with the text may begin: before each
// of its last words, the last one first, and within a word, behind the punctuation to which
// the label is glued.
func labelStarts(text string) []int {
	var starts []int
	end := len(text)
	least := max(0, end-labels.LongestLabel) // a label cannot begin before
	for least > 0 && least < end && !utf8.RuneStart(text[least]) {
		least++
	}
	for range midlineWords {
		at := least + strings.LastIndexFunc(text[least:end], unicode.IsSpace) + 1
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
		if end <= least {
			break
		}
	}
	return starts
}

const midlineWords = 5 // of a label within a line, at most

const shortBefore = 100 // bytes of a text that may end with a number and a blank before a label

// followsSentence reports whether a label may follow a text within a line: behind the end of
// a sentence or a stage direction, or glued to a word, or behind a number near the line's
// start.
func followsSentence(before string) bool {
	trimmed := strings.TrimRightFunc(before, unicode.IsSpace)
	if trimmed == "" {
		return true
	}
	last, closed := letters.LastRune(trimmed)
	if closed || letters.IsFinal(last) {
		return true
	}
	end, _ := utf8.DecodeLastRuneInString(trimmed)
	return len(trimmed) == len(before) && !unicode.IsUpper(end) || unicode.IsDigit(end) && len(trimmed) < shortBefore
}

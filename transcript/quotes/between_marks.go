package quotes

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/sentence"
)

// betweenMarks finds the speech between quotation marks, in code points as its paragraphs.
func betweenMarks(text []rune, paragraphs []sentence.Span) []sentence.Span {
	return walk(text, paragraphs).spans
}

func walk(text []rune, paragraphs []sentence.Span) *walker {
	w := &walker{text: text, unclosed: -1, unopened: -1}
	for _, p := range paragraphs {
		w.paragraph(p.Start, p.End)
	}
	return w
}

// walker passes the marks of a turn once, with those that are open on a stack.
type walker struct {
	text  []rune
	spans []sentence.Span

	start, end int   // of the paragraph
	marks      []int // where its marks stand
	open       []int // those that have opened a quotation which is not closed yet
	unclosed   int   // the one that an earlier paragraph left open; -1 for none

	straight  bool // a straight mark has opened or closed a quotation in the turn
	closer    rune // the first that closed what none of the turn has opened
	unopened  int  // where in spans that one stands which no mark has opened; -1 for none
	overreach int  // how many marks that none has opened closed no speech
}

// deepest bounds how deep quotations stand in each other. Where there are more, the
// marks are no quotation marks, and to look through them for each takes long.
const deepest = 8

// paragraph passes the marks of one paragraph.
func (w *walker) paragraph(start, end int) {
	w.start, w.end, w.marks, w.open = start, end, marksIn(w.text, start, end), w.open[:0]
	if len(w.marks) == 0 {
		return
	}
	closesLater, measures, spaced := w.closedLater(), w.measures(), w.spaced()
	for n, i := range w.marks {
		switch {
		case measures[n], IsPlural(w.text, i) && closesLater[n]:
			continue
		case w.closes(i), w.closesEarlier(i):
		case Closers(w.text[i]) != "" && (Opens(w.text, i) || spaced[n]) && len(w.open) < deepest:
			w.open = append(w.open, i)
			if w.unclosed >= 0 && w.text[w.unclosed] == w.text[i] {
				w.unclosed = -1
			}
		case w.closesOnly(i):
			w.closesTurn(i)
		default:
			continue
		}
		w.straight = w.straight || w.text[i] == '"'
	}
	w.leave()
}

// marksIn is where quotation marks stand, without the apostrophes within words.
func marksIn(text []rune, start, end int) []int {
	var marks []int
	for i := start; i < end; i++ {
		if !isMark(text[i]) {
			continue
		}
		apostrophe := strings.ContainsRune(singles, text[i]) && unicode.IsLetter(neighbour(text, i-1)) && unicode.IsLetter(neighbour(text, i+1))
		if !apostrophe {
			marks = append(marks, i)
		}
	}
	return marks
}

// isMark reports whether a character opens or closes quotations.
func isMark(r rune) bool {
	switch r {
	case '’', '」', '』', '〞', '〟':
		return true
	}
	return Closers(r) != ""
}

// singles are marks that may be apostrophes.
const singles = "'’‘‚"

// closedLater tells of each mark whether of the single ones behind it one closes before
// any opens.
func (w *walker) closedLater() []bool {
	later, closes := make([]bool, len(w.marks)), false
	for n := len(w.marks) - 1; n >= 0; n-- {
		later[n] = closes
		switch i := w.marks[n]; {
		case !strings.ContainsRune(singles, w.text[i]):
		case Opens(w.text, i):
			closes = false
		case Closes(w.text, i):
			closes = true
		}
	}
	return later
}

// closes ends the innermost quotation that the mark at i closes. What stands open within
// it was none.
func (w *walker) closes(i int) bool {
	for n := len(w.open) - 1; n >= 0; n-- {
		if w.pairs(w.open[n], i) {
			w.add(w.open[n], i)
			w.open = w.open[:n]
			return true
		}
	}
	return false
}

// closesEarlier ends a quotation that an earlier paragraph has left open, and that ran on
// through paragraphs without a mark.
func (w *walker) closesEarlier(i int) bool {
	if w.unclosed < 0 || Opens(w.text, i) || !w.pairs(w.unclosed, i) {
		return false
	}
	w.spans = append(w.spans, sentence.Span{Start: w.opening(w.unclosed), End: w.final(i + 1)})
	w.unclosed = -1
	return true
}

// pairs reports whether the mark at i closes what the mark at open opens. Some marks
// close in one language and open in another; one that opens has a space before it only.
func (w *walker) pairs(open, i int) bool {
	if !strings.ContainsRune(Closers(w.text[open]), w.text[i]) || !Closes(w.text, i) {
		return false
	}
	return !strings.ContainsRune("“‘", w.text[i]) || !isSpace(neighbour(w.text, i-1)) || isSpace(neighbour(w.text, i+1))
}

// isSpace takes either end of a text, where there is no character, for white space.
func isSpace(r rune) bool { return r == 0 || unicode.IsSpace(r) }

// measures tells of each mark whether it stands for inches or feet: it follows a digit,
// and a later mark closes what is quoted before a next one opens. That of feet may be
// an apostrophe as well, so that nothing may stand between.
func (w *walker) measures() []bool {
	measures, closes := make([]bool, len(w.marks)), map[rune]bool{}
	var next rune // the mark behind, if it closes
	for n := len(w.marks) - 1; n >= 0; n-- {
		i := w.marks[n]
		mark, number := w.text[i], unicode.IsDigit(neighbour(w.text, i-1))
		measures[n] = number && (strings.ContainsRune(`"”`, mark) && closes[mark] || strings.ContainsRune("'’", mark) && next == mark)
		next = 0
		switch {
		case Opens(w.text, i):
			closes[mark] = false
		case Closes(w.text, i) && !number:
			closes[mark], next = true, mark
		}
	}
	return measures
}

// spaced tells of each mark whether it has white space on either side, and the next of its
// sort closes, as where every word and mark is set apart.
func (w *walker) spaced() []bool {
	spaced, closes := make([]bool, len(w.marks)), map[rune]bool{}
	for n := len(w.marks) - 1; n >= 0; n-- {
		i := w.marks[n]
		before, after := isSpace(neighbour(w.text, i-1)), neighbour(w.text, i+1)
		spaced[n] = strings.ContainsRune("\"＂”", w.text[i]) && before && isSpace(after) && closes[w.text[i]]
		closes[w.text[i]] = before && !unicode.IsLetter(after) && !unicode.IsDigit(after)
	}
	return spaced
}

// closesOnly reports whether the mark at i, which closes nothing here, can do nothing else:
// it is no apostrophe, follows no number, and stands where no word begins.
func (w *walker) closesOnly(i int) bool {
	before, after := neighbour(w.text, i-1), neighbour(w.text, i+1)
	switch mark := w.text[i]; {
	case strings.ContainsRune("」』〟", mark):
		return true
	case mark == '"' && w.straight, unicode.IsDigit(before), unicode.IsLetter(after), unicode.IsDigit(after):
		return false
	case mark == '»':
		return true
	case mark == '“' && len(w.open) > 0:
		return false
	default:
		return strings.ContainsRune("”“\"«›", mark) && !isSpace(before)
	}
}

// closesTurn ends at i a quotation that began before the turn.
func (w *walker) closesTurn(i int) {
	switch {
	case w.unopened >= 0:
		w.spans[w.unopened].End = w.final(i + 1)
	case w.overreach == deepest:
	case isSpeech(nil, w.text[:i+1]):
		w.closer, w.unopened = w.text[i], len(w.spans)
		w.spans = append(w.spans, sentence.Span{Start: 0, End: w.final(i + 1)})
	default:
		w.overreach++
	}
}

// leave ends a paragraph: what it leaves open holds to its end. A single mark that is
// never closed is an apostrophe, unless it opens the paragraph, as in a long quotation.
func (w *walker) leave() {
	for _, i := range w.open {
		opensLong := i == w.start && w.text[i] == '‘' && unicode.IsUpper(neighbour(w.text, i+1))
		if !IsSingle(w.text[i]) || opensLong {
			w.add(i, w.end-1)
			w.unclosed = i
			return
		}
	}
}

// reach is how far before a mark is read for what leads to it, in code points: a verb.
const reach = 60

// add keeps what stands between the marks at open and end if it is speech, with the final
// punctuation behind it.
func (w *walker) add(open, end int) {
	if !isSpeech(w.text[max(w.start, open-reach):open], w.text[open+1:end+1]) {
		return
	}
	end = w.final(end + 1)
	for isSpace(w.text[end-1]) {
		end--
	}
	w.spans = append(w.spans, sentence.Span{Start: w.opening(open), End: end})
}

// opening is where the mark at open begins.
func (w *walker) opening(open int) int {
	if neighbour(w.text, open-1) == joint {
		return open - 1
	}
	return open
}

// final is where the punctuation ends that stands behind a mark.
func (w *walker) final(end int) int {
	for end < w.end && strings.ContainsRune(".?!…"+string(joint), w.text[end]) {
		end++
	}
	return end
}

package quotes

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/sentence"
)

// betweenMarks finds the speech between quotation marks, in code points as its paragraphs.
func betweenMarks(text []rune, paragraphs []sentence.Span) []sentence.Span {
	w := walker{text: text, unclosed: -1}
	for _, p := range paragraphs {
		w.paragraph(p.Start, p.End)
	}
	return w.spans
}

// walker passes the marks of a turn once, with those that are open on a stack.
type walker struct {
	text  []rune
	spans []sentence.Span

	start, end int   // of the paragraph
	marks      []int // where its marks stand
	open       []int // those that have opened a quotation which is not closed yet
	unclosed   int   // the one that an earlier paragraph left open; -1 for none
}

// deepest bounds how deep quotations stand in each other. Where there are more, the
// marks are no quotation marks, and to look through them for each takes long.
const deepest = 8

// paragraph passes the marks of one paragraph.
func (w *walker) paragraph(start, end int) {
	w.start, w.end, w.marks, w.open = start, end, marksIn(w.text, start, end), w.open[:0]
	closesLater := w.closedLater()
	for n, i := range w.marks {
		switch {
		case w.measures(n), IsPlural(w.text, i) && closesLater[n]:
		case w.closes(i), w.closesEarlier(i):
		case Closers(w.text[i]) != "" && Opens(w.text, i) && len(w.open) < deepest:
			w.open = append(w.open, i)
			if w.unclosed >= 0 && w.text[w.unclosed] == w.text[i] {
				w.unclosed = -1
			}
		}
	}
	w.leave()
}

// marksIn is where quotation marks stand, without the apostrophes within words.
func marksIn(text []rune, start, end int) []int {
	var marks []int
	for i := start; i < end; i++ {
		apostrophe := strings.ContainsRune(singles, text[i]) && unicode.IsLetter(neighbour(text, i-1)) && unicode.IsLetter(neighbour(text, i+1))
		if !apostrophe && (Closers(text[i]) != "" || strings.ContainsRune("’」』〞〟", text[i])) {
			marks = append(marks, i)
		}
	}
	return marks
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
	w.spans = append(w.spans, sentence.Span{Start: w.unclosed, End: i + 1})
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

// measures reports whether the nth mark stands for inches or feet: it follows a digit,
// and the next mark closes what is quoted.
func (w *walker) measures(n int) bool {
	i := w.marks[n]
	if !strings.ContainsRune(`"'”’`, w.text[i]) || !unicode.IsDigit(neighbour(w.text, i-1)) || n+1 == len(w.marks) {
		return false
	}
	next := w.marks[n+1]
	return w.text[next] == w.text[i] && Closes(w.text, next) && !Opens(w.text, next) && !unicode.IsDigit(w.text[next-1])
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
	for end++; end < w.end && strings.ContainsRune(".?!…", w.text[end]); end++ {
	}
	for isSpace(w.text[end-1]) {
		end--
	}
	w.spans = append(w.spans, sentence.Span{Start: open, End: end})
}

package answer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/quotes"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// standing are the quotations of points that can stand by themselves.
func standing(points []point) (stand []point) {
	for _, p := range points {
		if e, ok := p.standing(); ok {
			stand = append(stand, point{e, p.kind})
		}
	}
	return stand
}

// standing is an excerpt that can stand by itself: what is in brackets at its ends, which
// others call or the stenographer saw, is left out; and where it is not certain that its first
// sentence begins where the text was divided, or a colon leads to it, it begins with the
// sentence before, which may say the contrary; where it says little by itself, with what it leans
// on; and where another's words were announced just before ("I will read it out."), with the
// announcement. ok is false if nothing else is left.
func (e excerpt) standing() (excerpt, bool) {
	runes, spans := e.hit.runes, e.hit.sentences()
	start, end := e.span.Start-e.hit.Start, e.span.End-e.hit.Start
	of := func(i int) string { return e.hit.words(spans[i]) }
	first, last := sentence.Touching(spans, sentence.Span{Start: start, End: end})
	if first < 0 {
		return e, true
	}
	from, to := first, last
	for from <= to && isAside(of(from)) {
		from++
	}
	for to >= from && isAside(of(to)) {
		to--
	}
	if from > to {
		return e, false
	}
	if from != first {
		start = spans[from].Start
	}
	if to != last {
		end = spans[to].End
	}
	if from > 0 && start == spans[from].Start && saysLittle(string(runes[start:end])) {
		from = leansOn(from, of)
		start = spans[from].Start
	}
	for from > 0 && end-spans[from-1].Start <= longestQuotation && start == spans[from].Start && !endsForCertain(of(from-1), string(runes[spans[from-1].End:spans[from].Start]), of(from)) {
		from--
		start = spans[from].Start
	}
	if start == spans[from].Start {
		for at := quotes.Announcement(runes, spans, from); at >= 0 && end-spans[at].Start <= longestQuotation; at = quotes.Announcement(runes, spans, at) {
			from, start = at, spans[at].Start
		}
	}
	e.aloud = e.aloud && (start == e.span.Start-e.hit.Start && end == e.span.End-e.hit.Start)
	return e.respan(start, end), true
}

// leansOn is the sentence that sentence i, which says little, leans on: the question before it,
// its speaker's own or one that is called, with what the stenographer saw between them. Where
// there is none a yes or no leans on the sentence before. It is i where nothing is.
func leansOn(i int, sentence func(i int) string) int {
	called := i
	for before := i - 1; before >= 0; before-- {
		text := sentence(before)
		switch aside := isAside(text); {
		case aside && strings.ContainsAny(text, questionMarks):
			called = before
		case !aside && (called < i || isAsking(text) || assents(sentence(i))):
			return before
		case !aside:
			return i
		}
	}
	return called
}

// longestQuotation is how many code points what goes before a quotation may make it have: four
// times what a sentence may. It is longer only where nothing ends, and then no more of it tells
// what the words mean.
const longestQuotation = 4 * sentence.Longest

// isAside reports whether a sentence stands in brackets whole: (Laughter.) [Voice: Shame!]
func isAside(text string) bool {
	text = strings.TrimRight(strings.TrimSpace(text), ".!?")
	if len(text) < 2 {
		return false
	}
	closes := map[byte]string{'(': ")", '[': "]"}[text[0]]
	return closes != "" && strings.Index(text, closes) == len(text)-1
}

// endsForCertain reports whether a sentence certainly ends where the next is taken to begin:
// not behind an abbreviation, a colon or an opening dash, and not behind an exclamation or a
// question within a sentence that turns the meaning of what follows.
func endsForCertain(text, between, next string) bool {
	text = strings.TrimSpace(text)
	closed := strings.TrimRight(text, "”\"’'»)]")
	mark, _ := utf8.DecodeLastRuneInString(closed)
	switch {
	case mark == ':' || mark == ',' || mark == ';' || mark == '–' || mark == '—':
		return false
	case strings.Contains(between, "\n"):
		return true
	case utf8.RuneCountInString(text) >= sentence.Longest: // it was divided for its length
		return false
	case mark == '.':
		last := closed[strings.LastIndexAny(closed, "\t\n\f\r (")+1:]
		return !abbreviated.MatchString(last) && !(beforeNumber.MatchString(last) && startsNumber.MatchString(next))
	case mark == '!' || mark == '?':
		for _, w := range tokensOf(text) {
			if w.turns() {
				return false
			}
		}
	}
	return true
}

// abbreviated is a word that may be an abbreviation: a letter, letters with full stops between
// them, or one that is known.
var abbreviated = regexp.MustCompile(`(?i)^(?:\pL|(?:\pL{1,3}\.)+\pL{1,3}|` + lexicon.Any("abbreviations that may end sentences") + `|` + lexicon.Any("abbreviations within sentences") + `)\.$`)

// A number may follow some abbreviations that are words as well: no. 10.
var (
	beforeNumber = regexp.MustCompile(`(?i)^` + lexicon.Any("abbreviations before numbers") + `\.$`)
	startsNumber = regexp.MustCompile(`(?i)^[\s(]*(?:\d|[ivx]{2,}\b|` + lexicon.Any("number words") + `\b)`)
)

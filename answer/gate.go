package answer

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// A marker is where a model wants a quotation: [s4], [s4-s6], [s4, s9].
const (
	number = `[sS]?\s*\d{1,6}`
	marker = `[“"‘'«]?\\?[\[(【［]\s*[sS]\s*\d{1,6}(\s*(?:[-–—‑,;…]|\band\b|\bto\b)\s*` + number + `)*\s*\\?[\])】］][”"’'»]?`
)

var (
	markers = regexp.MustCompile(marker)
	// markerRuns are the numbers inside a marker, single or from-to.
	markerRuns = regexp.MustCompile(`[sS]?\s*(\d{1,6})(\s*(?:[-–—‑…]|\bto\b)\s*[sS]?\s*(\d{1,6}))?`)
	// ownNumber is one of a model that numbers citations itself, ownNumbers with the blanks before.
	ownNumber   = regexp.MustCompile(`\[\d{1,3}\]`)
	ownNumbers  = regexp.MustCompile(`\s*` + ownNumber.String())
	quoteTags   = regexp.MustCompile(`(?i)</?(?:q|blockquote|cite)\b[^>]*>`)
	linkTargets = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)|<[^>]*>|https?://\S+`)
	// unescaped takes the marks of JSON and of Markdown out.
	unescaped = strings.NewReplacer(`\"`, `"`, `\'`, `'`, "**", "", "__", "")
)

// part is a part of a statement: prose, or the quotation that stands there.
type part struct {
	prose  string
	quote  *excerpt
	before func() string // whom the parts before the quotation credit; nil where that was not read yet
}

// A statement of a model's is read as quotations, each run of them behind the words that lead
// to it. Of it are shown the quotations, behind the program's introductions, and of the words
// what passes the gate (lead).
type statement struct {
	led    []led
	tail   string // the words behind the last quotation
	reason Reason // why something of it is withheld; empty where nothing is
}

// led are quotations with the model's words before them.
type led struct {
	words         string
	quotes        []excerpt
	misattributed bool // the statement credits the first of them to another
}

// read finds the quotations of a model's statement. Every number becomes the sentence that it
// points at, and every quotation that the model wrote itself is found in one turn shown, and
// widened to whole sentences. What is not there, or is credited to another, is left out.
//
// It is pure: the same text and sentences give the same result.
func (s *shown) read(text string) statement {
	parts, reason := s.resolve(plain(text))
	parts, literal := s.locate(parts)
	st := s.stated(parts)
	st.reason = cmp.Or(reason, literal, st.reason)
	if len(st.led) == 0 {
		st.reason = cmp.Or(st.reason, ReasonUnsupported)
	}
	return st
}

// stated divides the parts of a statement at its quotations.
func (s *shown) stated(parts []part) statement {
	var st statement
	words, open := "", false // the words since the last quotation, and whether one may follow it
	for i, p := range parts {
		if p.quote == nil {
			words += p.prose
			open = open && strings.TrimSpace(words) == ""
			continue
		}
		before := p.before
		if before == nil {
			before = s.creditedBefore(parts[:i])
		}
		misattributed := s.misattributes(creditedIn(before, parts[i+1:]), p.quote.hit.Hit)
		if misattributed {
			st.reason = ReasonMisattributed
		}
		if open {
			last := &st.led[len(st.led)-1]
			last.quotes = append(last.quotes, *p.quote)
		} else {
			st.led = append(st.led, led{words, []excerpt{*p.quote}, misattributed})
		}
		words, open = "", true
	}
	st.tail = words
	return st
}

// plain takes out of a model's clean text what would be active where it is shown, and
// the citation numbers that are the program's to give.
func plain(text string) string {
	text = quoteTags.ReplaceAllString(unescaped.Replace(text), `"`)
	if strings.ContainsRune(text, '<') || strings.Contains(text, "](") || strings.Contains(text, "://") {
		text = linkTargets.ReplaceAllString(text, "$1")
	}
	if ownNumber.MatchString(text) { // which is soon told, as it begins with a bracket
		text = ownNumbers.ReplaceAllString(text, "")
	}
	return words.OneLine(text)
}

// resolve replaces the numbers by the sentences that they point at. Those that point at none
// are left out.
func (s *shown) resolve(text string) (parts []part, reason Reason) {
	if !strings.ContainsFunc(text, opensMarker) {
		return []part{{prose: text}}, ""
	}
	at := 0
	for _, m := range markers.FindAllStringIndex(text, -1) {
		parts = append(parts, part{prose: text[at:m[0]]})
		at = m[1]
		quotes, why := s.quotesOf(text[m[0]:m[1]])
		reason = cmp.Or(reason, why)
		for i, q := range quotes {
			if i > 0 {
				parts = append(parts, part{prose: " "})
			}
			parts = append(parts, part{quote: &q})
		}
	}
	return append(parts, part{prose: text[at:]}), reason
}

// opensMarker reports whether a character may begin a marker, but for the marks around it.
func opensMarker(r rune) bool { return r == '[' || r == '(' || r == '【' || r == '［' }

// quotesOf are the quotations that one marker calls for: runs of sentences, each
// within one turn. Runs that follow upon each other become one quotation.
func (s *shown) quotesOf(marker string) (quotes []excerpt, reason Reason) {
	for _, m := range markerRuns.FindAllStringSubmatch(marker, -1) {
		first, last, why := s.runOf(m[1], m[3])
		if why != "" {
			reason = cmp.Or(reason, why)
			continue
		}
		for n := first; n <= last; n++ { // some of the turn may be left out between them
			quotes = appendRun(quotes, s.sentence(n))
		}
	}
	return quotes, reason
}

// appendRun appends a quotation, which becomes one with the last if it follows upon it.
func appendRun(quotes []excerpt, e excerpt) []excerpt {
	if n := len(quotes); n > 0 && quotes[n-1].meets(e) {
		quotes[n-1] = e.respan(quotes[n-1].span.Start-e.hit.Start, e.span.End-e.hit.Start)
		return quotes
	}
	return append(quotes, e)
}

// runOf reads the numbers of a run of one turn's sentences, of which the second may be empty.
func (s *shown) runOf(from, to string) (first, last int, reason Reason) {
	first, _ = strconv.Atoi(from)
	last, err := strconv.Atoi(to)
	if err != nil {
		last = first
	}
	switch {
	case first < 1 || last < first || last > len(s.sentences) || last-first >= s.runSentences:
		return 0, 0, ReasonFabricated
	case s.sentences[first-1].hit != s.sentences[last-1].hit:
		return 0, 0, ReasonStitched
	}
	return first, last, ""
}

// sentence is the sentence of a number as a quotation.
func (s *shown) sentence(number int) excerpt {
	shown := s.sentences[number-1]
	return s.quote(shown.hit, shown.span)
}

// meets reports whether another excerpt of the same turn follows, with nothing but
// white space between.
func (e excerpt) meets(next excerpt) bool {
	if turnOf(e.hit.Hit) != turnOf(next.hit.Hit) || e.span.End > next.span.Start {
		return false
	}
	between := e.hit.runes[e.span.End-e.hit.Start : next.span.Start-e.hit.Start]
	return strings.TrimSpace(string(between)) == ""
}

// quote is a span of a hit as a quotation.
func (s *shown) quote(hit int, span sentence.Span) excerpt {
	h := s.texts[hit]
	return h.excerpt(h.within(span))
}

// whole is a span of a hit widened to whole sentences: words out of one may say the contrary.
func (s *shown) whole(hit int, span sentence.Span) sentence.Span {
	h := s.texts[hit]
	sentences := h.sentences()
	first, last := sentence.Touching(sentences, h.within(span))
	if first < 0 {
		return span
	}
	return sentence.Span{Start: min(span.Start, h.Start+sentences[first].Start), End: max(span.End, h.Start+sentences[last].End)}
}

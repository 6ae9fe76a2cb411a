package answer

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// A marker is where a model wants a quotation: [s4], [s4-s6], [s4, s9].
const (
	number = `[sS]?\s*\d{1,6}`
	marker = `[“"‘'«]?\[\s*[sS]\s*\d{1,6}(\s*[-–—‑,;]\s*` + number + `)*\s*\][”"’'»]?`
)

var (
	markers = regexp.MustCompile(marker)
	// markerRuns are the numbers inside a marker, single or from-to.
	markerRuns = regexp.MustCompile(`[sS]?\s*(\d{1,6})(\s*[-–—‑]\s*[sS]?\s*(\d{1,6}))?`)
	// ownNumbers are those of a model that numbers citations itself.
	ownNumbers  = regexp.MustCompile(`\s*\[\d{1,3}\]`)
	quoteTags   = regexp.MustCompile(`(?i)</?(?:q|blockquote|cite)\b[^>]*>`)
	linkTargets = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)|<[^>]*>|https?://\S+`)
)

// part is a part of a statement: prose, or the quotation that stands there.
type part struct {
	prose string
	quote *excerpt
}

// check is the gate that a model's statement has to pass: it turns the statement into
// parts that may be shown. Every number becomes the sentence that it points at, every
// quotation that the model wrote itself is found in one turn shown, and the speaker
// named is the turn's own. What fails is a reason to withhold the whole statement.
//
// It is pure: the same text and sentences give the same result.
func (s *shown) check(text string) ([]part, Reason) {
	parts, reason := s.resolve(plain(text))
	if reason != "" {
		return nil, reason
	}
	if parts, reason = s.locate(parts); reason != "" {
		return nil, reason
	}
	quoted := false
	for i, p := range parts {
		quoted = quoted || p.quote != nil
		if p.quote != nil && s.misattributes(parts, i) {
			return nil, ReasonMisattributed
		}
	}
	if !quoted {
		return nil, ReasonUnsupported
	}
	return parts, ""
}

// plain takes out of a model's text what would be active where it is shown, and
// the citation numbers that are the program's to give.
func plain(text string) string {
	text = html.UnescapeString(text)
	text = strings.NewReplacer(`\"`, `"`, `\'`, `'`, "**", "", "__", "").Replace(text)
	text = quoteTags.ReplaceAllString(text, `"`)
	text = linkTargets.ReplaceAllString(text, "$1")
	return words.OneLine(ownNumbers.ReplaceAllString(text, ""))
}

// resolve replaces the numbers by the sentences that they point at.
func (s *shown) resolve(text string) ([]part, Reason) {
	var parts []part
	at := 0
	for _, m := range markers.FindAllStringIndex(text, -1) {
		parts = append(parts, part{prose: text[at:m[0]]})
		at = m[1]
		quotes, reason := s.quotesOf(text[m[0]:m[1]])
		if reason != "" {
			return nil, reason
		}
		for i, q := range quotes {
			if i > 0 {
				parts = append(parts, part{prose: " "})
			}
			parts = append(parts, part{quote: &q})
		}
	}
	return append(parts, part{prose: text[at:]}), ""
}

// quotesOf are the quotations that one marker calls for: runs of sentences, each
// within one turn. Runs that follow upon each other become one quotation.
func (s *shown) quotesOf(marker string) ([]excerpt, Reason) {
	var quotes []excerpt
	for _, m := range markerRuns.FindAllStringSubmatch(marker, -1) {
		first, last, reason := s.runOf(m[1], m[3])
		if reason != "" {
			return nil, reason
		}
		for n := first; n <= last; n++ { // some of the turn may be left out between them
			quotes = appendRun(quotes, s.sentence(n))
		}
	}
	return quotes, ""
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
	if turnOf(e.hit) != turnOf(next.hit) || e.span.End > next.span.Start {
		return false
	}
	between := []rune(e.hit.Text)[e.span.End-e.hit.Start : next.span.Start-e.hit.Start]
	return strings.TrimSpace(string(between)) == ""
}

// quote is a span of a hit as a quotation.
func (s *shown) quote(hit int, span sentence.Span) excerpt {
	h := s.hits[hit]
	return excerpt{hit: h}.respan(span.Start-h.Start, span.End-h.Start)
}

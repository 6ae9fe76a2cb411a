package answer

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript"
)

// marker is where a model wants a quotation: [s4], [s4-s6], [s4, s9].
const (
	number = `[sS]?\s*\d{1,6}`
	marker = `[“"‘'«]?\[\s*[sS]\s*\d{1,6}(\s*[-–—‑,;]\s*` + number + `)*\s*\][”"’'»]?`
)

var (
	markers     = regexp.MustCompile(marker)
	markerRuns  = regexp.MustCompile(`[sS]?\s*(\d{1,6})(\s*[-–—‑]\s*[sS]?\s*(\d{1,6}))?`)
	ownNumbers  = regexp.MustCompile(`\s*\[\d{1,3}\]`) // a model that numbers citations itself
	quoteTags   = regexp.MustCompile(`(?i)</?(?:q|blockquote|cite)\b[^>]*>`)
	linkTargets = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)|<[^>]*>|https?://\S+`)
)

// part is a part of a statement: prose, or the quotation that stands there.
type part struct {
	prose string
	quote *excerpt
}

// check turns a statement of a model into parts that may be shown: every number
// becomes the sentence that it points at, every quotation that the model wrote
// itself is found in one turn shown, and the speaker named is the turn's own.
// What fails is a reason to withhold the whole statement.
//
// It is pure: the same text and sentences give the same result.
func (s *shown) check(text string) ([]part, Reason) {
	text = plain(text)
	parts, reason := s.resolve(text)
	if reason != "" {
		return nil, reason
	}
	parts, reason = s.locate(parts)
	if reason != "" {
		return nil, reason
	}
	if !slices.ContainsFunc(parts, func(p part) bool { return p.quote != nil }) {
		return nil, ReasonUnsupported
	}
	for i, p := range parts {
		if p.quote == nil {
			continue
		}
		if s.misattributes(parts, i) {
			return nil, ReasonMisattributed
		}
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
	return oneLine(ownNumbers.ReplaceAllString(text, ""))
}

// resolve replaces the numbers by the sentences that they point at.
func (s *shown) resolve(text string) ([]part, Reason) {
	var parts []part
	at := 0
	for _, m := range markers.FindAllStringIndex(text, -1) {
		parts = append(parts, part{prose: text[at:m[0]]})
		at = m[1]
		quotes, reason := s.point(text[m[0]:m[1]])
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

// point are the quotations that one marker calls for: runs of sentences, each
// within one turn.
func (s *shown) point(marker string) ([]excerpt, Reason) {
	var quotes []excerpt
	for _, m := range markerRuns.FindAllStringSubmatch(marker, -1) {
		first, _ := strconv.Atoi(m[1])
		last := first
		if m[3] != "" {
			last, _ = strconv.Atoi(m[3])
		}
		if first < 1 || last < first || last > len(s.sentences) || last-first >= s.runSentences {
			return nil, ReasonFabricated
		}
		from, to := s.sentences[first-1], s.sentences[last-1]
		if from.hit != to.hit {
			return nil, ReasonStitched
		}
		if n := len(quotes); n > 0 && quotes[n-1].hit.Turn == s.hits[from.hit].Turn &&
			quotes[n-1].hit.TranscriptID == s.hits[from.hit].TranscriptID && quotes[n-1].span.End <= from.span.Start && s.follows(quotes[n-1].span.End, from) {
			quotes[n-1] = s.quote(from.hit, transcript.Span{Start: quotes[n-1].span.Start, End: to.span.End})
			continue
		}
		quotes = append(quotes, s.quote(from.hit, transcript.Span{Start: from.span.Start, End: to.span.End}))
	}
	return quotes, ""
}

// follows reports whether nothing but white space is between end and a sentence.
func (s *shown) follows(end int, next shownSentence) bool {
	h := s.hits[next.hit]
	return strings.TrimSpace(string([]rune(h.Text)[end-h.Start:next.span.Start-h.Start])) == ""
}

// quote is a span of a hit as a quotation.
func (s *shown) quote(hit int, span transcript.Span) excerpt {
	h := s.hits[hit]
	return excerpt{hit: h}.respan(span.Start-h.Start, span.End-h.Start)
}

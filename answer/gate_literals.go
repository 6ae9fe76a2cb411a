package answer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/internal/marks"
	"github.com/pullquote/pullquote/internal/words"
)

// literal is a quotation that a model wrote itself: the characters of its prose from the mark
// that opens it to the one that closes it, and what stands between them.
type literal struct {
	start, end int // with the marks
	words      string
}

// literals finds the quotations in prose. ok is false when a mark has no counterpart: then it
// cannot be said what is quoted.
func literals(prose []rune) (found []literal, ok bool) {
	for _, s := range marks.Find([][]rune{prose}) {
		if s.State != marks.Closed {
			return nil, false
		}
		in := s.Inside[0]
		found = append(found, literal{s.Start, s.End, string(prose[in.Start:in.End])})
	}
	return found, true
}

// locate replaces the quotations that the model wrote itself by the record's
// words, where those are the same. The others are left out.
func (s *shown) locate(parts []part) (located []part, reason Reason) {
	for i, p := range parts {
		if p.quote != nil {
			located = append(located, p)
			continue
		}
		if i == 0 {
			p.prose = mailQuoted(p.prose)
		}
		var why Reason
		located, why = s.locateIn(p.prose, located, parts[i+1:])
		reason = cmp.Or(reason, why)
	}
	return located, reason
}

// mailQuoted puts marks around a line that quotes as mail does, by a “>”.
func mailQuoted(text string) string {
	if !strings.HasPrefix(text, ">") {
		return text
	}
	return "“" + strings.TrimSpace(strings.TrimLeft(text, "> ")) + "”"
}

// locateIn appends prose to the parts before it, its quotations replaced by the
// record's words. Prose of which it cannot be said what is quoted is left out.
func (s *shown) locateIn(text string, before, after []part) (located []part, reason Reason) {
	prose := []rune(text)
	found, ok := literals(prose)
	if !ok {
		return before, ReasonFabricated
	}
	at := 0
	for _, l := range found {
		if words.Count(l.words) < fewestQuoted {
			continue // it may stand anywhere
		}
		before = append(before, part{prose: string(prose[at:l.start])})
		rest := append([]part{{prose: string(prose[l.end:])}}, after...)
		credits := s.creditedBefore(before)
		quote, why := s.find(l.words, credits, rest)
		if quote != nil {
			before = append(before, part{quote: quote, before: credits})
		}
		reason = cmp.Or(reason, why)
		at = l.end
	}
	return append(before, part{prose: string(prose[at:])}), reason
}

// fewestQuoted is how many words a model has to quote to be understood: fewer are a term, or a
// word that it doubts.
const fewestQuoted = 3

// find finds where the record has a quotation, read with the prose around it.
func (s *shown) find(quote string, before func() string, after []part) (*excerpt, Reason) {
	quote = strings.Trim(quote, "‘’‚' ") // of a quotation within one
	matches := s.turns.Locate(quote)
	if len(matches) == 0 {
		return nil, s.whyNot(quote)
	}
	name := creditedIn(before, after)
	fits := slices.DeleteFunc(slices.Clone(matches), func(m quotation.Match) bool { return s.misattributes(name, s.hits[m.Hit]) })
	switch {
	case len(fits) == 0:
		return nil, ReasonMisattributed
	case s.differ(fits):
		return nil, ReasonAmbiguous
	}
	e := s.quote(fits[0].Hit, s.whole(fits[0].Hit, fits[0].Span))
	e.status = fits[0].Status
	return &e, ""
}

// differ reports whether places are of different speakers: then it is open whose
// words are quoted.
func (s *shown) differ(matches []quotation.Match) bool {
	first := s.hits[matches[0].Hit]
	return slices.ContainsFunc(matches, func(m quotation.Match) bool {
		h := s.hits[m.Hit]
		return h.Speaker != first.Speaker || h.Speaker == "" && turnOf(h) != turnOf(first)
	})
}

// whyNot names what is wrong with a quotation that no turn has.
func (s *shown) whyNot(quote string) Reason {
	switch s.turns.Explain(DraftQuote{Text: quote}).Status {
	case StatusAltered:
		return ReasonAltered
	case StatusStitched:
		return ReasonStitched
	}
	return ReasonFabricated
}

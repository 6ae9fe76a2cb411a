package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer/quotation"
)

// doubleMarks are the marks that only quotations have. Every second one closes
// what the one before it has opened, whichever it is: models mix them up.
const doubleMarks = "\"“”„‟〝〞〟＂«»‹›「」『』《》〈〉`"

// literal is a quotation that a model wrote itself: the words between two marks,
// as byte offsets of the marks' insides and outsides.
type literal struct {
	start, end           int // with the marks
	innerStart, innerEnd int
}

// literals finds the quotations in prose. ok is false when a mark has no
// counterpart: then it cannot be said what is quoted. A single mark closes as
// late as it can, since one before may be a possessive.
func literals(prose string) (found []literal, ok bool) {
	var open, single *literal // end is still 0
	closeSingle := func() {
		if single != nil && single.end > 0 {
			found, single = append(found, *single), nil
		}
	}
	for i, r := range prose {
		next := i + len(string(r))
		switch {
		case strings.ContainsRune(doubleMarks, r) && open == nil:
			closeSingle()
			open = &literal{start: i, innerStart: next}
		case strings.ContainsRune(doubleMarks, r):
			open.innerEnd, open.end = i, next
			found, open, single = append(found, *open), nil, nil
		case open != nil: // single marks inside are the quotation's own
		case singleOpens(prose, i, r) && (single == nil || single.end > 0):
			closeSingle()
			single = &literal{start: i, innerStart: next}
		case single != nil && singleCloses(prose, next, r):
			single.innerEnd, single.end = i, next
		}
	}
	closeSingle()
	return found, open == nil && single == nil
}

// singleOpens reports whether the mark at i opens a quotation: it stands before
// a word and not in one, as an apostrophe does.
func singleOpens(prose string, i int, r rune) bool {
	if !strings.ContainsRune("‘‚'", r) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(prose[:i])
	after, size := utf8.DecodeRuneInString(prose[i+len(string(r)):])
	return !unicode.IsLetter(before) && !unicode.IsDigit(before) && size > 0 && !unicode.IsSpace(after)
}

// singleCloses reports whether the mark before next closes one.
func singleCloses(prose string, next int, r rune) bool {
	after, _ := utf8.DecodeRuneInString(prose[next:])
	return strings.ContainsRune("’‘'", r) && !unicode.IsLetter(after) && !unicode.IsDigit(after)
}

// locate replaces the quotations that the model wrote itself by the record's
// words, where those are the same. A line that quotes as mail does is one.
func (s *shown) locate(parts []part) ([]part, Reason) {
	var located []part
	for i, p := range parts {
		if p.quote != nil {
			located = append(located, p)
			continue
		}
		text := p.prose
		if i == 0 && strings.HasPrefix(text, ">") {
			text = "“" + strings.TrimSpace(strings.TrimLeft(text, "> ")) + "”"
		}
		found, ok := literals(text)
		if !ok {
			return nil, ReasonFabricated
		}
		at := 0
		for _, l := range found {
			located = append(located, part{prose: text[at:l.start]})
			rest := append([]part{{prose: text[l.end:]}}, parts[i+1:]...)
			quote, reason := s.find(text[l.innerStart:l.innerEnd], located, rest)
			if reason != "" {
				return nil, reason
			}
			located = append(located, part{quote: quote})
			at = l.end
		}
		located = append(located, part{prose: text[at:]})
	}
	return located, ""
}

// find finds where the record has a quotation, read with the prose around it.
func (s *shown) find(quote string, before, after []part) (*excerpt, Reason) {
	quote = strings.Trim(quote, "‘’‚' ") // of a quotation within one
	matches := s.turns.Locate(quote)
	if len(matches) == 0 {
		return nil, s.whyNot(quote)
	}
	fits := slices.DeleteFunc(slices.Clone(matches), func(m quotation.Match) bool {
		e := s.quote(m.Hit, m.Span)
		statement := slices.Concat(before, []part{{quote: &e}}, after)
		return s.misattributes(statement, len(before))
	})
	switch {
	case len(fits) == 0:
		return nil, ReasonMisattributed
	case s.differ(fits):
		return nil, ReasonAmbiguous
	}
	e := s.quote(fits[0].Hit, fits[0].Span)
	e.status = fits[0].Status
	return &e, ""
}

// differ reports whether places are of different speakers: then it is open whose
// words are quoted.
func (s *shown) differ(matches []quotation.Match) bool {
	first := s.hits[matches[0].Hit]
	return slices.ContainsFunc(matches, func(m quotation.Match) bool {
		h := s.hits[m.Hit]
		return h.Speaker != first.Speaker || h.Speaker == "" && (h.TranscriptID != first.TranscriptID || h.Turn != first.Turn)
	})
}

// whyNot names what is wrong with a quotation that no turn has.
func (s *shown) whyNot(quote string) Reason {
	switch s.turns.Judge(DraftQuote{Text: quote}).Status {
	case StatusAltered:
		return ReasonAltered
	case StatusStitched:
		return ReasonStitched
	}
	return ReasonFabricated
}

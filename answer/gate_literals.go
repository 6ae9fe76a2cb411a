package answer

import (
	"cmp"
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

// literalScanner finds the literals in prose. A literal whose end is 0
// has no closing mark yet.
type literalScanner struct {
	prose  string
	found  []literal
	open   *literal // between double marks
	single *literal // between single marks, one of which may be an apostrophe
}

// literals finds the quotations in prose. ok is false when a mark has no
// counterpart: then it cannot be said what is quoted.
func literals(prose string) (found []literal, ok bool) {
	s := literalScanner{prose: prose}
	for i, r := range prose {
		s.read(i, r)
	}
	s.closeSingle()
	return s.found, s.open == nil && s.single == nil
}

// read reads the character at i. A single mark closes as late as it can, since one
// before may be a possessive.
func (s *literalScanner) read(i int, r rune) {
	next := i + len(string(r))
	switch double := strings.ContainsRune(doubleMarks, r); {
	case double && s.open == nil:
		s.closeSingle()
		s.open = &literal{start: i, innerStart: next}
	case double:
		s.open.innerEnd, s.open.end = i, next
		s.found, s.open, s.single = append(s.found, *s.open), nil, nil
	case s.open != nil: // single marks inside are the quotation's own
	case singleOpens(s.prose, i, r) && (s.single == nil || s.single.end > 0):
		s.closeSingle()
		s.single = &literal{start: i, innerStart: next}
	case s.single != nil && singleCloses(s.prose, next, r):
		s.single.innerEnd, s.single.end = i, next
	}
}

// closeSingle adds the literal between single marks to those found, if it has a closing mark.
func (s *literalScanner) closeSingle() {
	if s.single != nil && s.single.end > 0 {
		s.found, s.single = append(s.found, *s.single), nil
	}
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
func (s *shown) locateIn(prose string, before, after []part) (located []part, reason Reason) {
	found, ok := literals(prose)
	if !ok {
		return before, ReasonFabricated
	}
	at := 0
	for _, l := range found {
		before = append(before, part{prose: prose[at:l.start]})
		rest := append([]part{{prose: prose[l.end:]}}, after...)
		quote, why := s.find(prose[l.innerStart:l.innerEnd], before, rest)
		if quote != nil {
			before = append(before, part{quote: quote})
		}
		reason = cmp.Or(reason, why)
		at = l.end
	}
	return append(before, part{prose: prose[at:]}), reason
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
	switch s.turns.Judge(DraftQuote{Text: quote}).Status {
	case StatusAltered:
		return ReasonAltered
	case StatusStitched:
		return ReasonStitched
	}
	return ReasonFabricated
}

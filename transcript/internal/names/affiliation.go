package names

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// Affiliation passes the affiliation behind a name: ", Harbour Radio.", "with the Ferry
// Times", ", a reporter for ...", "(Harbour Radio)". There is none where a verb shows that
// the person is spoken of.
func (r *Reader) Affiliation() (string, bool) {
	start := r.At
	if r.Last().After == "" {
		_ = r.Take("here", "again", "also") || r.TakeAny("and i'm", "and i am")
	}
	var org string
	var ok bool
	switch {
	case r.Last().After == "":
		org, ok = r.tied(false)
	case r.Last().Comma():
		org, ok = r.behindComma()
	case strings.Contains(r.Last().After, "("):
		org, _ = r.organisation()
		ok = org != ""
	}
	spokenOf := !r.Last().EndsSentence() && verbsOfOthers[r.Peek(0).Folded]
	if !ok || spokenOf {
		r.At = start
		return "", false
	}
	return org, true
}

var (
	// capacities are what people are for an organisation: reporter in "a reporter with the
	// Ferry Times".
	capacities = lexicon.Words("capacities")

	// verbsOfOthers follow the name of somebody who is spoken of.
	verbsOfOthers = lexicon.Union(lexicon.Set(lexicon.SayingVerbs(lexicon.Third, lexicon.Past)), lexicon.Words("verbs after somebody spoken of"))
)

var behindName = lexicon.Phrases("words behind a name in introductions")

// behindComma reads the affiliation that a comma or dash separates from the name. It does
// not go back where there is none.
func (r *Reader) behindComma() (string, bool) {
	claims := false
	for r.Take(behindName...) {
		claims = claims || r.Last().Is("i'm", "am")
	}
	if org, ok := r.capacity(); ok {
		return org, true
	}
	if org, ok := r.tied(true); ok {
		return org, true
	}
	if claims && r.Peek(0).Is("a", "an", "the") {
		return "", false // what they are, not to which organisation they belong: I'm the harbour master
	}
	org, closed := r.organisation()
	if org == "" || !closed || isRegion(org) || strings.Contains(r.Last().After, "?") {
		return "", false
	}
	return org, !r.goesOnAsList()
}

// goesOnAsList reports whether more names follow, with commas between them, so that the
// first name was no introduction but one of a list.
func (r *Reader) goesOnAsList() bool {
	rest := *r
	for range 2 {
		if !rest.Last().Comma() {
			return false
		}
		if name, _ := rest.organisation(); name == "" || isRegion(name) {
			return false
		}
	}
	return true
}

// capacity passes what somebody is, and reads the organisation behind it: "a reporter with
// the Ferry Times", "Harbour correspondent for ...".
func (r *Reader) capacity() (string, bool) {
	start := r.At
	r.Take("a", "an", "the")
	for i := 0; i < capacityWords && r.Peek(0).After == ""; i++ {
		if IsCapacity(r.Peek(0).Text) {
			r.At++
			if org, ok := r.tied(true); ok {
				return org, true
			}
			break
		}
		if tieWords[r.Peek(0).Folded] || orgStops[r.Peek(0).Folded] {
			break
		}
		r.At++
	}
	r.At = start
	return "", false
}

const capacityWords = 5 // "senior foreign affairs correspondent": within them the capacity stands

// IsCapacity reports whether a word says what somebody is for an organisation: reporter,
// editor, director.
func IsCapacity(word string) bool { return capacities[word] }

// tied reads "from Harbour Radio": a preposition and an employer. Prepositions other than
// "from" and "with" count only behind a comma, or where the clause ends with the employer's
// name. A country is passed, but is no affiliation.
func (r *Reader) tied(behindComma bool) (string, bool) {
	start := r.At
	sure := r.Take("from", "with")
	if sure || r.Take("of", "at", "for", "representing") {
		org, closed := r.organisation()
		if org != "" && (sure || behindComma || closed) {
			if isRegion(org) {
				org = ""
			}
			return org, true
		}
	}
	r.At = start
	return "", false
}

var tieWords = lexicon.Words("ties to organisations")

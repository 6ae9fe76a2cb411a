package names

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// Affiliation reads what follows a name: ", Harbour Radio.", "with the Ferry
// Times", ", a reporter for ...", "(Harbour Radio)".
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
	spokenOf := !r.Last().EndsSentence() && saidOf[r.Peek(0).Folded]
	if !ok || spokenOf {
		r.At = start
		return "", false
	}
	return org, true
}

var (
	// Capacities are what people say they are when they say whose.
	Capacities = lexicon.Words("capacities")

	// saidOf are verbs that follow the name of somebody who is spoken of.
	saidOf = lexicon.Union(lexicon.Set(lexicon.SayingVerbs(lexicon.Third, lexicon.Past)), lexicon.Words("verbs after somebody spoken of"))
)

// behindComma reads what a comma or dash separates from the name.
func (r *Reader) behindComma() (string, bool) {
	claims := false
	for r.Take("and", "also", "i'm", "i", "am", "i've", "reporting", "calling", "writing", "here") {
		claims = claims || r.Last().Is("i'm", "am")
	}
	if org, ok := r.capacity(); ok {
		return org, true
	}
	if org, ok := r.tied(true); ok {
		return org, true
	}
	if claims && r.Peek(0).Is("a", "an", "the") {
		return "", false // what they are, not whose
	}
	org, closed := r.organisation()
	if org == "" || !closed || isRegion(org) || strings.Contains(r.Last().After, "?") {
		return "", false
	}
	return org, !r.goesOnAsList()
}

// goesOnAsList reports whether more names follow, with commas between them, so
// that the first was not an introduction but one of many.
func (r *Reader) goesOnAsList() bool {
	rest := *r
	for items := 0; items < 2; items++ {
		if !rest.Last().Comma() {
			return false
		}
		if name, _ := rest.organisation(); name == "" || isRegion(name) {
			return false
		}
	}
	return true
}

// capacity reads "a reporter with the Ferry Times", "Harbour correspondent for
// ..." and, of those who say "I'm", "with the Ferry Times".
func (r *Reader) capacity() (string, bool) {
	start := r.At
	r.Take("a", "an", "the")
	for i := 0; i < 5 && r.Peek(0).After == ""; i++ {
		if Capacities[r.Peek(0).Text] {
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

// tied reads "from Harbour Radio". Other prepositions tie only behind a comma
// or where the clause ends with the organisation. A country is no affiliation.
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

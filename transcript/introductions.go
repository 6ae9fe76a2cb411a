package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// identity is what is known of a person. An introduction gives it: "Jane Roe,
// Harbour Radio", "My name is Jane Roe, I'm with the Ferry Times", "This is Jane Roe
// from ...".
type identity struct{ name, affiliation string }

const (
	introductionBytes   = 500 // of a turn's start, in which an introduction stands
	introductionClauses = 5
	courtesyLength      = 12 // words that a courtesy has at most
)

// introduced reads an introduction at the start of a turn. It would rather miss
// one than take other words for a name: whoever asks without a name stays
// unnamed, but nobody is given another's words.
func introduced(text string) (identity, bool) {
	text = skipNotes(text)
	if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune("\"“‘«", first) {
		return identity{}, false // somebody else's words
	}
	r := newReader(head(text, introductionBytes))
	var found identity
	opening := true // nothing but courtesies so far
	for clause := 0; clause < introductionClauses && !r.done(); clause++ {
		start := r.at
		polite := r.takeCourtesies()
		in, ok := r.introduction(opening)
		found.name = firstOf(found.name, in.name)
		found.affiliation = firstOf(found.affiliation, in.affiliation)
		if found.name != "" && (found.affiliation != "" || !ok) {
			break
		}
		r.takeSentence(start)
		opening = opening && (ok || polite && r.at-start <= courtesyLength)
	}
	return found, found.name != ""
}

// skipNotes passes stage directions at the start: (Via interpreter.)
func skipNotes(text string) string {
	for strings.HasPrefix(text, "(") || strings.HasPrefix(text, "[") {
		end := strings.IndexAny(text[:min(len(text), 100)], ")]")
		if end < 0 {
			break
		}
		text = strings.TrimLeftFunc(text[end+1:], unicode.IsSpace)
	}
	return text
}

var courtesyWords = wordSet(`hi hello hey yes yeah okay ok so well sure thanks thank you good morning afternoon evening day
	everyone everybody all sir ma'am madam very much again great right please um uh both folks and there`)

// takeCourtesies passes "Hi.", "Good morning, Mr. Roe, and thank you,".
func (r *reader) takeCourtesies() bool {
	start := r.at
	for !r.done() {
		switch w := r.peek(0); {
		case courtesyWords[w.folded]:
			r.at++
		case isTitle(w.text) && r.at > start && r.takeAddress():
		default:
			return r.at > start
		}
		if r.last().endsSentence() {
			return true
		}
	}
	return r.at > start
}

// takeAddress passes Mr. Roe, Madam Secretary, Ambassador.
func (r *reader) takeAddress() bool {
	start := r.at
	r.takeTitles()
	if r.last().after == "" {
		r.name()
	}
	if r.last().after != "" {
		return true
	}
	r.at = start
	return false
}

// introduction reads one at this place. A bare name counts only in the opening,
// and so do "this is" and "it's", which begin other sentences too.
func (r *reader) introduction(opening bool) (identity, bool) {
	start := r.at
	var in identity
	var ok bool
	switch {
	case r.takeNaming():
		in, ok = r.named()
	case r.takeAny("i work for", "i work with", "i work at", "i write for", "i report for", "i represent", "i'm representing"):
		in.affiliation, _ = r.organisation()
		ok = in.affiliation != ""
	case r.takeAny("i'm", "i am", "i've"):
		in, ok = r.claimed(opening)
	case opening && r.takeAny("this is", "it's", "it is"):
		in, ok = r.claimed(opening)
	case opening && r.take("this"):
		in, ok = r.bareName()
	case opening && r.peek(0).is("from", "with"):
		in.affiliation, ok = r.tied(true)
	case opening:
		in, ok = r.bareName()
	}
	if !ok {
		r.at = start
		return identity{}, false
	}
	return in, true
}

// takeNaming goes on behind "my name is", if that stands in this sentence.
func (r *reader) takeNaming() bool {
	start := r.at
	for !r.done() && (r.at == start || !r.last().endsSentence()) {
		if r.takeAny("my name is", "my name's", "the name is", "the name's") {
			return true
		}
		r.at++
	}
	r.at = start
	return false
}

// named reads what follows "my name is": a first name alone will do, unless it
// is corrected at once: "Jane – Jane Roe".
func (r *reader) named() (identity, bool) {
	name, ok := r.name()
	if !ok {
		return identity{}, false
	}
	if r.last().comma() {
		if whole, ok := r.fullName(); ok && strings.HasPrefix(whole, name) {
			name = whole
		} else if ok {
			r.at -= len(strings.Fields(whole))
		}
	}
	affiliation, _ := r.affiliation()
	return identity{name, affiliation}, true
}

// claimed reads what follows "I'm" and "this is": a name with what it belongs
// to, in the opening a full name alone, or what the speaker belongs to.
func (r *reader) claimed(opening bool) (identity, bool) {
	if affiliation, ok := r.capacity(); ok {
		return identity{affiliation: affiliation}, true
	}
	if affiliation, ok := r.tied(true); ok {
		return identity{affiliation: affiliation}, true
	}
	for r.take("reporter", "correspondent", "journalist", "also", "again", "actually", "just") {
	}
	name, ok := r.name()
	if !ok {
		return identity{}, false
	}
	if affiliation, ok := r.affiliation(); ok {
		return identity{name, affiliation}, true
	}
	alone := r.last().after != "" && !strings.Contains(r.last().after, "?")
	return identity{name: name}, opening && alone && strings.Contains(name, " ")
}

// bareName reads "Jane Roe, Harbour Radio." and "Jane Roe with Harbour Radio".
// A first name alone counts only behind a comma, where its capital is not that
// of a sentence's first word.
func (r *reader) bareName() (identity, bool) {
	behindComma := r.last().comma()
	name, ok := r.name()
	if !ok {
		return identity{}, false
	}
	tie := r.last().after == "" && r.peek(0).is("from", "with")
	if !strings.Contains(name, " ") && !(behindComma && tie) {
		return identity{}, false
	}
	affiliation, _ := r.affiliation()
	return identity{name, affiliation}, affiliation != ""
}

var (
	// capacities are what people say they are when they say whose.
	capacities = wordSet(`reporter correspondent journalist editor columnist producer anchor student fellow professor
		researcher freelancer stringer chief host writer blogger analyst attorney lawyer member representative president
		director manager head founder chairman chair spokesman spokeswoman secretary resident`)

	// saidOf are verbs that follow the name of somebody who is spoken of.
	saidOf = wordSet(`said says told tells has had is was were wrote writes announced argued argues claims claimed thinks
		believes wants will would`)
)

// affiliation reads what follows a name: ", Harbour Radio.", "with the Ferry
// Times", ", a reporter for ...", "(Harbour Radio)".
func (r *reader) affiliation() (string, bool) {
	start := r.at
	if r.last().after == "" {
		_ = r.take("here", "again", "also") || r.takeAny("and i'm", "and i am")
	}
	var org string
	var ok bool
	switch {
	case r.last().after == "":
		org, ok = r.tied(false)
	case r.last().comma():
		org, ok = r.behindComma()
	case strings.Contains(r.last().after, "("):
		org, _ = r.organisation()
		ok = org != ""
	}
	spokenOf := !r.last().endsSentence() && saidOf[r.peek(0).folded]
	if !ok || spokenOf {
		r.at = start
		return "", false
	}
	return org, true
}

// behindComma reads what a comma or dash separates from the name.
func (r *reader) behindComma() (string, bool) {
	claims := false
	for r.take("and", "also", "i'm", "i", "am", "i've", "reporting", "calling", "writing", "here") {
		claims = claims || r.last().is("i'm", "am")
	}
	if org, ok := r.capacity(); ok {
		return org, true
	}
	if org, ok := r.tied(true); ok {
		return org, true
	}
	if claims && r.peek(0).is("a", "an", "the") {
		return "", false // what they are, not whose
	}
	org, closed := r.organisation()
	if org == "" || !closed || isRegion(org) || strings.Contains(r.last().after, "?") {
		return "", false
	}
	return org, !r.goesOnAsList()
}

// goesOnAsList reports whether more names follow, with commas between them, so
// that the first was not an introduction but one of many.
func (r *reader) goesOnAsList() bool {
	rest := *r
	for items := 0; items < 2; items++ {
		if !rest.last().comma() {
			return false
		}
		if name, _ := rest.organisation(); name == "" || isRegion(name) {
			return false
		}
	}
	return true
}

// tied reads "from Harbour Radio". Other prepositions tie only behind a comma
// or where the clause ends with the organisation. A country is no affiliation.
func (r *reader) tied(behindComma bool) (string, bool) {
	start := r.at
	sure := r.take("from", "with")
	if sure || r.take("of", "at", "for", "representing") {
		org, closed := r.organisation()
		if org != "" && (sure || behindComma || closed) {
			if isRegion(org) {
				org = ""
			}
			return org, true
		}
	}
	r.at = start
	return "", false
}

// capacity reads "a reporter with the Ferry Times", "Harbour correspondent for
// ..." and, of those who say "I'm", "with the Ferry Times".
func (r *reader) capacity() (string, bool) {
	start := r.at
	r.take("a", "an", "the")
	for i := 0; i < 5 && r.peek(0).after == ""; i++ {
		if capacities[r.peek(0).text] {
			r.at++
			if org, ok := r.tied(true); ok {
				return org, true
			}
			break
		}
		if tieWords[r.peek(0).folded] || orgStops[r.peek(0).folded] {
			break
		}
		r.at++
	}
	r.at = start
	return "", false
}

var tieWords = wordSet(`from with of at for representing`)

// handover reads one. "Go to" and the like also go to subjects and places, so
// a name after them needs an affiliation.
func (r *reader) handover() (identity, bool) {
	sure := r.takeAny("question comes from", "question is from", "question from", "question will come from")
	if !sure && !r.takeAny("go to", "turn to", "call on", "hear from", "next is", "up is", "will have") {
		return identity{}, false
	}
	r.takePhrase("the line of")
	r.takeTitles()
	name, ok := r.fullName()
	if !ok {
		return identity{}, false
	}
	org, tied := r.affiliation()
	return identity{name, org}, tied || sure
}

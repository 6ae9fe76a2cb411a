package names

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Person is what is known of a person. An introduction gives it: "Jane Roe,
// Harbour Radio", "My name is Jane Roe, I'm with the Ferry Times", "This is Jane Roe
// from ...".
type Person struct{ Name, Affiliation string }

const (
	IntroductionBytes   = 500 // of a turn's start, in which an introduction stands
	introductionClauses = 5
	courtesyLength      = 12 // words that a courtesy has at most
)

// Introduced reads an introduction at the start of a turn. It would rather miss
// one than take other words for a name: whoever asks without a name stays
// unnamed, but nobody is given another's words.
func Introduced(text string) (Person, bool) {
	text = SkipNotes(text)
	if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune("\"“‘«", first) {
		return Person{}, false // somebody else's words
	}
	r := NewReader(letters.Head(text, IntroductionBytes))
	var found Person
	opening := true // nothing but courtesies so far
	for clause := 0; clause < introductionClauses && !r.Done(); clause++ {
		start := r.At
		polite := r.TakeCourtesies()
		in, ok := r.introduction(opening)
		found.Name = cmp.Or(found.Name, in.Name)
		found.Affiliation = cmp.Or(found.Affiliation, in.Affiliation)
		if found.Name != "" && (found.Affiliation != "" || !ok) {
			break
		}
		r.takeSentence(start)
		opening = opening && (ok || polite && r.At-start <= courtesyLength)
	}
	return found, found.Name != ""
}

// SkipNotes passes stage directions at the start: (Via interpreter.)
func SkipNotes(text string) string {
	for strings.HasPrefix(text, "(") || strings.HasPrefix(text, "[") {
		end := strings.IndexAny(text[:min(len(text), 100)], ")]")
		if end < 0 {
			break
		}
		text = strings.TrimLeftFunc(text[end+1:], unicode.IsSpace)
	}
	return text
}

var courtesyWords = lexicon.Words("courtesies")

// TakeCourtesies passes "Hi.", "Good morning, Mr. Roe, and thank you,".
func (r *Reader) TakeCourtesies() bool {
	start := r.At
	for !r.Done() {
		switch w := r.Peek(0); {
		case courtesyWords[w.Folded]:
			r.At++
		case lexicon.IsTitle(w.Text) && r.At > start && r.takeAddress():
		default:
			return r.At > start
		}
		if r.Last().EndsSentence() {
			return true
		}
	}
	return r.At > start
}

// takeAddress passes Mr. Roe, Madam Secretary, Ambassador.
func (r *Reader) takeAddress() bool {
	start := r.At
	r.TakeTitles()
	if r.Last().After == "" {
		r.Name()
	}
	if r.Last().After != "" {
		return true
	}
	r.At = start
	return false
}

var workingFor = lexicon.Phrases("phrases before an employer")

// introduction reads one at this place. A bare name counts only in the opening,
// and so do "this is" and "it's", which begin other sentences too.
func (r *Reader) introduction(opening bool) (Person, bool) {
	start := r.At
	var in Person
	var ok bool
	switch {
	case r.takeNaming():
		in, ok = r.named()
	case r.TakeAny(workingFor...):
		in.Affiliation, _ = r.organisation()
		ok = in.Affiliation != ""
	case r.TakeAny("i'm", "i am", "i've"):
		in, ok = r.claimed(opening)
	case opening && r.TakeAny("this is", "it's", "it is"):
		in, ok = r.claimed(opening)
	case opening && r.Take("this"):
		in, ok = r.bareName()
	case opening && r.Peek(0).Is("from", "with"):
		in.Affiliation, ok = r.tied(true)
	case opening:
		in, ok = r.bareName()
	}
	if !ok {
		r.At = start
		return Person{}, false
	}
	return in, true
}

var naming = lexicon.Phrases("phrases before a name")

// takeNaming goes on behind "my name is", if that stands in this sentence.
func (r *Reader) takeNaming() bool {
	start := r.At
	for !r.Done() && (r.At == start || !r.Last().EndsSentence()) {
		if r.TakeAny(naming...) {
			return true
		}
		r.At++
	}
	r.At = start
	return false
}

// named reads what follows "my name is": a first name alone will do, unless it
// is corrected at once: "Jane – Jane Roe".
func (r *Reader) named() (Person, bool) {
	name, ok := r.Name()
	if !ok {
		return Person{}, false
	}
	if r.Last().Comma() {
		if whole, ok := r.FullName(); ok && strings.HasPrefix(whole, name) {
			name = whole
		} else if ok {
			r.At -= len(strings.Fields(whole))
		}
	}
	affiliation, _ := r.Affiliation()
	return Person{name, affiliation}, true
}

// claimed reads what follows "I'm" and "this is": a name with what it belongs
// to, in the opening a full name alone, or what the speaker belongs to.
func (r *Reader) claimed(opening bool) (Person, bool) {
	if affiliation, ok := r.capacity(); ok {
		return Person{Affiliation: affiliation}, true
	}
	if affiliation, ok := r.tied(true); ok {
		return Person{Affiliation: affiliation}, true
	}
	for r.Take("reporter", "correspondent", "journalist", "also", "again", "actually", "just") {
	}
	name, ok := r.Name()
	if !ok {
		return Person{}, false
	}
	if affiliation, ok := r.Affiliation(); ok {
		return Person{name, affiliation}, true
	}
	alone := r.Last().After != "" && !strings.Contains(r.Last().After, "?")
	return Person{Name: name}, opening && alone && strings.Contains(name, " ")
}

// bareName reads "Jane Roe, Harbour Radio." and "Jane Roe with Harbour Radio".
// A first name alone counts only behind a comma, where its capital is not that
// of a sentence's first word.
func (r *Reader) bareName() (Person, bool) {
	behindComma := r.Last().Comma()
	name, ok := r.Name()
	if !ok {
		return Person{}, false
	}
	tie := r.Last().After == "" && r.Peek(0).Is("from", "with")
	if !strings.Contains(name, " ") && !(behindComma && tie) {
		return Person{}, false
	}
	affiliation, _ := r.Affiliation()
	return Person{name, affiliation}, affiliation != ""
}

var (
	// Capacities are what people say they are when they say whose.
	Capacities = lexicon.Words("capacities")

	// saidOf are verbs that follow the name of somebody who is spoken of.
	saidOf = lexicon.Union(lexicon.Set(lexicon.SayingVerbs(lexicon.Third, lexicon.Past)), lexicon.Words("verbs after somebody spoken of"))
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

var tieWords = lexicon.Words("ties to organisations")

var questionFrom = lexicon.Phrases("phrases before an asker")

var goingTo = lexicon.Phrases("phrases before somebody called on")

// Handover reads one. "Go to" and the like also go to subjects and places, so
// a name after them needs an affiliation.
func (r *Reader) Handover() (Person, bool) {
	sure := r.TakeAny(questionFrom...)
	if !sure && !r.TakeAny(goingTo...) {
		return Person{}, false
	}
	r.takePhrase("the line of")
	r.TakeTitles()
	name, ok := r.FullName()
	if !ok {
		return Person{}, false
	}
	org, tied := r.Affiliation()
	return Person{name, org}, tied || sure
}

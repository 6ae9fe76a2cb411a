package names

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

const (
	// IntroductionBytes is how much of a turn's start, or of its end, may hold an
	// introduction.
	IntroductionBytes = 500

	introductionClauses = 5  // of that start, among which the introduction is
	courtesyLength      = 12 // words of a clause that begins with a courtesy and is nothing else
)

// Introduced reads how people introduce themselves at the start of a turn: "Jane Roe,
// Harbour Radio", "My name is Jane Roe, I'm with the Ferry Times". It would rather miss an
// introduction than take other words for a name: whoever asks without a name stays
// unnamed, but nobody is given another's words.
func Introduced(text string) (Person, bool) { return introduced(text, false) }

// Claimed reads how people say of themselves who they are, where others are introduced and
// given the floor as well: a bare name, "Jane Roe, Harbour Radio", may be somebody else's, and
// so may be that of "This is Jane Roe, our diver".
func Claimed(text string) (Person, bool) { return introduced(text, true) }

// introduced is Introduced, or Claimed where only claims count.
func introduced(text string, claims bool) (Person, bool) {
	text = SkipNotes(text)
	if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune("\"“‘«", first) {
		return Person{}, false // the words of somebody who is quoted
	}
	r := NewReader(letters.Head(text, IntroductionBytes))
	r.claims = claims
	var found Person
	opening := true // nothing but courtesies and introductions so far
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

// Returning reads the full name that people say who have told it before: "Jane Roe again. Why now?"
// Whoever is no more than mentioned so would have another's words, so it counts only for those
// who are known to speak.
func Returning(text string) (name string, ok bool) {
	r := NewReader(letters.Head(SkipNotes(text), IntroductionBytes))
	r.TakeCourtesies()
	if r.TakeAny("this is", "it's", "it is") {
		r.TakeAny(beforeName...)
	}
	if name, ok = r.FullName(); !ok || r.Last().After != "" && !r.Last().Comma() || !r.TakeAny(again...) {
		return "", false
	}
	return name, r.Last().After != "" && !strings.Contains(r.Last().After, "?") && !r.Peek(0).Is("she", "he")
}

var again = lexicon.Phrases("words behind the name of who speaks again")

// SkipNotes is a text without the stage directions at its start: (Via interpreter.)
func SkipNotes(text string) string {
	for strings.HasPrefix(text, "(") || strings.HasPrefix(text, "[") {
		end := strings.IndexAny(text[:min(len(text), longestNote)], ")]")
		if end < 0 {
			break
		}
		text = strings.TrimLeftFunc(text[end+1:], unicode.IsSpace)
	}
	return text
}

const longestNote = 100 // bytes of a stage direction, its brackets included

// introduction passes one clause of an introduction. A bare name counts only in the
// opening, and so do "this is" and "it's", which begin other sentences, too.
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
		ok = ok && (!r.claims || r.presentsSpeaker(in))
	case opening && r.claims && !r.Peek(0).Is("from", "with"):
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

// presentsSpeaker reports whether the person of whom a clause says "this is" is the speaker:
// an affiliation is tied to the name, or the sentence ends with it and the next is not about
// somebody else.
func (r *Reader) presentsSpeaker(in Person) bool {
	if in.Name == "" || in.Affiliation != "" && !r.Last().Comma() {
		return true
	}
	return r.Last().EndsSentence() && !spokenOf[r.Peek(0).Folded]
}

var spokenOf = lexicon.Words("owners")

var workingFor = lexicon.Phrases("phrases before an employer")

// takeNaming passes the words up to and including "my name is", if those stand in this
// sentence.
func (r *Reader) takeNaming() bool {
	start := r.At
	for !r.Done() && (r.At == start || !r.Last().EndsSentence()) && !saying[r.Peek(0).Folded] {
		if r.TakeAny(naming...) {
			return true
		}
		r.At++
	}
	r.At = start
	return false
}

// saying are verbs behind which a name is that of somebody who is quoted: He said, my name is
// Jane Roe.
var saying = lexicon.Set(lexicon.SayingVerbs(lexicon.Third, lexicon.Past))

var naming = lexicon.Phrases("phrases before a name")

// named reads what follows "my name is". A given name alone will do; if the full name
// corrects it at once, as in "Jane – Jane Roe", that is taken.
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

var beforeName = lexicon.Phrases("words before a name in introductions")

// claimed reads what follows "I'm" and "this is": a name with an affiliation, an
// affiliation alone, or, in the opening, a full name alone.
func (r *Reader) claimed(opening bool) (Person, bool) {
	if affiliation, ok := r.capacity(); ok {
		return Person{Affiliation: affiliation}, true
	}
	if affiliation, ok := r.tied(true); ok {
		return Person{Affiliation: affiliation}, true
	}
	for r.Take(beforeName...) {
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

// bareName reads a name that nothing announces, and so needs an affiliation: "Jane Roe,
// Harbour Radio." or "Jane Roe with Harbour Radio". A given name alone counts only behind
// a comma, where its capital is not that of a sentence's first word.
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
	return Person{name, affiliation}, affiliation != "" && r.speaksAsAsker()
}

// speaksAsAsker reports whether what follows a bare name and its house leaves them the speaker's own: the sentence
// ends there and the next is not about them, or goes on with a place, in the first person or with a question. Whoever
// is absent is named so, too: Jane Roe, Harbour Radio, could not come.
func (r *Reader) speaksAsAsker() bool {
	if r.Last().EndsSentence() {
		return !r.Peek(0).Is("she", "he")
	}
	for i := range mostBehindHouse {
		switch w := r.Peek(i); {
		case w.Text == "" || behindHouse[w.Folded]:
			return true
		case auxiliaries[w.Folded]: // could you tell us, is it true
			return askedAbout[r.Peek(i+1).Folded]
		case !w.Capital() && !placeLinks[w.Folded]:
			return false
		case w.EndsSentence():
			return true
		}
	}
	return false
}

const mostBehindHouse = 6 // words that may stand between a house and what its reporter says: in Port Vale, Portugal, and

var (
	behindHouse = lexicon.Words("words behind an asker's house")
	auxiliaries = lexicon.Words("auxiliaries")
	askedAbout  = lexicon.Union(lexicon.Words("pronouns of persons, subjects"), lexicon.Words("second person"), lexicon.Words("words that begin a noun"), map[string]bool{"it": true, "there": true})
	placeLinks  = lexicon.Words("links behind an asker's house")
)

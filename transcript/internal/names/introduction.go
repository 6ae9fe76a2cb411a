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

var workingFor = lexicon.Phrases("phrases before an employer")

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

var naming = lexicon.Phrases("phrases before a name")

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

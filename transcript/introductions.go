package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// introduction is how somebody is named: "Jane Roe, Harbour Radio", "My name is
// Jane Roe, I'm with the Ferry Times", "This is Jane Roe from ...".
type introduction struct {
	name        string
	affiliation string
}

const (
	introductionBytes   = 500 // of a turn's start, in which an introduction stands
	introductionClauses = 5
)

// introduced reads an introduction at the start of a turn. It would rather miss
// one than take other words for a name: whoever asks without a name stays
// unnamed, but nobody is given another's words.
func introduced(text string) (introduction, bool) {
	r := newReader(head(skipNotes(text), introductionBytes))
	var found introduction
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
		opening = opening && (polite || ok)
		r.takeSentence(start)
	}
	return found, found.name != ""
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// head is the start of a text, cut at white space.
func head(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	if cut := strings.LastIndexFunc(text[:n], unicode.IsSpace); cut > 0 {
		return text[:cut]
	}
	return text[:n]
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
		case courtesyWords[w.folded()]:
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
func (r *reader) introduction(opening bool) (introduction, bool) {
	start := r.at
	var in introduction
	var ok bool
	switch {
	case r.takeNaming():
		in, ok = r.named()
	case r.takePhrase("i'm") || r.takePhrase("i am") || r.takePhrase("i've"):
		in, ok = r.claimed(opening)
	case opening && (r.takePhrase("this is") || r.takePhrase("it's") || r.takePhrase("it is")):
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
		return introduction{}, false
	}
	return in, true
}

func (r *reader) takeNaming() bool {
	for _, phrase := range []string{"my name is", "my name's", "and my name is", "the name is", "the name's"} {
		if r.takePhrase(phrase) {
			return true
		}
	}
	return false
}

// named reads what follows "my name is": a first name alone will do.
func (r *reader) named() (introduction, bool) {
	name, ok := r.name()
	if !ok {
		return introduction{}, false
	}
	affiliation, _ := r.affiliation()
	return introduction{name, affiliation}, true
}

// claimed reads what follows "I'm" and "this is": a name with what it belongs
// to, in the opening a full name alone, or what the speaker belongs to.
func (r *reader) claimed(opening bool) (introduction, bool) {
	if affiliation, ok := r.capacity(); ok {
		return introduction{affiliation: affiliation}, true
	}
	for r.take("reporter", "correspondent", "journalist", "also", "again", "actually", "just") {
	}
	name, ok := r.name()
	if !ok {
		return introduction{}, false
	}
	if affiliation, ok := r.affiliation(); ok {
		return introduction{name, affiliation}, true
	}
	alone := r.last().after != "" && !strings.Contains(r.last().after, "?")
	return introduction{name: name}, opening && alone && strings.Contains(name, " ")
}

// bareName reads "Jane Roe, Harbour Radio." and "Jane Roe with Harbour Radio".
// A first name alone counts after a comma, where its capital is no sentence's.
func (r *reader) bareName() (introduction, bool) {
	inSentence := r.last().comma()
	name, ok := r.name()
	if !ok || !inSentence && !strings.Contains(name, " ") {
		return introduction{}, false
	}
	single := !strings.Contains(name, " ")
	if single && !(r.last().after == "" && r.peek(0).is("from", "with")) {
		return introduction{}, false
	}
	affiliation, ok := r.affiliation()
	if !ok || !tieWords[affiliation] && isRegion(affiliation) && r.last().after != "" && !r.tiedBy("from") {
		return introduction{}, false
	}
	return introduction{name, affiliation}, true
}

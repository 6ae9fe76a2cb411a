package transcript

import (
	"strings"
)

// reader reads names and their company from words.
type reader struct {
	words []word
	at    int
}

func newReader(text string) *reader { return &reader{words: scanWords(text)} }

func (r *reader) done() bool { return r.at >= len(r.words) }

// peek is the word i places on; behind the last there is an empty one.
func (r *reader) peek(i int) word {
	if r.at+i >= len(r.words) {
		return word{after: "."}
	}
	return r.words[r.at+i]
}

// last is the word before the reader.
func (r *reader) last() word {
	if r.at == 0 {
		return word{}
	}
	return r.words[r.at-1]
}

// take passes the next word if it is one of texts.
func (r *reader) take(texts ...string) bool {
	if r.done() || !r.peek(0).is(texts...) {
		return false
	}
	r.at++
	return true
}

// takePhrase passes the next words if they are these, one blank between them.
func (r *reader) takePhrase(phrase string) bool {
	i := 0
	for rest := phrase; rest != ""; i++ {
		var want string
		want, rest, _ = strings.Cut(rest, " ")
		if r.peek(i).folded != want {
			return false
		}
	}
	r.at += i
	return true
}

// takeAny passes the first of the phrases that is next.
func (r *reader) takeAny(phrases ...string) bool {
	for _, phrase := range phrases {
		if r.takePhrase(phrase) {
			return true
		}
	}
	return false
}

// takeSentence goes on behind the end of the sentence that began at start.
func (r *reader) takeSentence(start int) {
	for !r.done() && (r.at == start || !r.last().endsSentence()) {
		r.at++
	}
}

// takeTitles passes the titles before a name: Deputy Assistant Secretary of State.
func (r *reader) takeTitles() bool {
	start := r.at
	for !r.done() && (isTitle(r.peek(0).text) || r.at > start && goesOnOffice(r.peek(0).text)) {
		r.at++
		if r.last().after != "" {
			break
		}
	}
	return r.at > start
}

const maxNameWords = 5

// name reads a person's name: a few capitalised words, particles included.
// Acronyms are none, unless all of the name is in capitals.
func (r *reader) name() (string, bool) {
	start := r.at
	for r.at-start < maxNameWords && !r.done() {
		w := r.peek(0)
		if !r.isInName(start) {
			break
		}
		r.at++
		if w.after != "" {
			break
		}
	}
	for r.at > start && particles[r.last().folded] && !r.last().capital() {
		r.at--
	}
	if !isName(r.words[start:r.at]) {
		r.at = start
		return "", false
	}
	return join(r.words[start:r.at]), true
}

// isInName reports whether the next word may be part of the name that begins at
// start.
func (r *reader) isInName(start int) bool {
	w, next := r.peek(0), r.peek(1)
	switch {
	case isNameWord(w.text):
		return true
	case r.at > start:
		return particles[w.folded] && w.after == "" || familyNames[w.folded] && w.capital()
	}
	named := isNameWord(next.text) || familyNames[next.folded]
	return givenNames[w.folded] && w.capital() && w.after == "" && named && !isRegion(next.text)
}

func isName(words []word) bool {
	if len(words) == 0 || len(words) > maxNameWords {
		return false
	}
	caps, initials := 0, 0
	for _, w := range words {
		switch {
		case isInitial(w.text):
			initials++
		case isAllCaps(w.text) && !strings.Contains(w.text, "."):
			caps++
		}
	}
	last := words[len(words)-1]
	return (caps == 0 || caps+initials == len(words)) && !isInitial(last.text) && !particles[last.folded]
}

// fullName reads a name of at least two words.
func (r *reader) fullName() (string, bool) {
	start := r.at
	if name, ok := r.name(); ok && strings.Contains(name, " ") {
		return name, true
	}
	r.at = start
	return "", false
}

package names

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Reader reads names and their company from words.
type Reader struct {
	Words []Word
	At    int
}

func NewReader(text string) *Reader { return &Reader{Words: Scan(text)} }

func (r *Reader) Done() bool { return r.At >= len(r.Words) }

// Peek is the word i places on; behind the last there is an empty one.
func (r *Reader) Peek(i int) Word {
	if r.At+i >= len(r.Words) {
		return Word{After: "."}
	}
	return r.Words[r.At+i]
}

// Last is the word before the reader.
func (r *Reader) Last() Word {
	if r.At == 0 {
		return Word{}
	}
	return r.Words[r.At-1]
}

// Take passes the next word if it is one of texts.
func (r *Reader) Take(texts ...string) bool {
	if r.Done() || !r.Peek(0).Is(texts...) {
		return false
	}
	r.At++
	return true
}

// takePhrase passes the next words if they are these, one blank between them.
func (r *Reader) takePhrase(phrase string) bool {
	i := 0
	for rest := phrase; rest != ""; i++ {
		var want string
		want, rest, _ = strings.Cut(rest, " ")
		if r.Peek(i).Folded != want {
			return false
		}
	}
	r.At += i
	return true
}

// TakeAny passes the first of the phrases that is next.
func (r *Reader) TakeAny(phrases ...string) bool {
	for _, phrase := range phrases {
		if r.takePhrase(phrase) {
			return true
		}
	}
	return false
}

// takeSentence goes on behind the end of the sentence that began at start.
func (r *Reader) takeSentence(start int) {
	for !r.Done() && (r.At == start || !r.Last().EndsSentence()) {
		r.At++
	}
}

// TakeTitles passes the titles before a name: Deputy Assistant Secretary of State.
func (r *Reader) TakeTitles() bool {
	start := r.At
	for !r.Done() && (lexicon.IsTitle(r.Peek(0).Text) || r.At > start && lexicon.GoesOnOffice(r.Peek(0).Text)) {
		r.At++
		if r.Last().After != "" {
			break
		}
	}
	return r.At > start
}

const MaxNameWords = 5

// Name reads a person's name: a few capitalised words, particles included.
// Acronyms are none, unless all of the name is in capitals.
func (r *Reader) Name() (string, bool) {
	start := r.At
	for r.At-start < MaxNameWords && !r.Done() {
		w := r.Peek(0)
		if !r.isInName(start) {
			break
		}
		r.At++
		if w.After != "" {
			break
		}
	}
	for r.At > start && lexicon.Particles[r.Last().Folded] && !r.Last().Capital() {
		r.At--
	}
	if !isName(r.Words[start:r.At]) {
		r.At = start
		return "", false
	}
	return Join(r.Words[start:r.At]), true
}

// isInName reports whether the next word may be part of the name that begins at
// start.
func (r *Reader) isInName(start int) bool {
	w, next := r.Peek(0), r.Peek(1)
	switch {
	case lexicon.IsNameWord(w.Text):
		return true
	case r.At > start:
		return lexicon.Particles[w.Folded] && w.After == "" || lexicon.FamilyNames[w.Folded] && w.Capital()
	}
	named := lexicon.IsNameWord(next.Text) || lexicon.FamilyNames[next.Folded]
	return lexicon.GivenNames[w.Folded] && w.Capital() && w.After == "" && named && !isRegion(next.Text)
}

func isName(words []Word) bool {
	if len(words) == 0 || len(words) > MaxNameWords {
		return false
	}
	caps, initials := 0, 0
	for _, w := range words {
		switch {
		case lexicon.IsInitial(w.Text):
			initials++
		case letters.IsAllCaps(w.Text) && !strings.Contains(w.Text, "."):
			caps++
		}
	}
	last := words[len(words)-1]
	return (caps == 0 || caps+initials == len(words)) && !lexicon.IsInitial(last.Text) && !lexicon.Particles[last.Folded]
}

// FullName reads a name of at least two words.
func (r *Reader) FullName() (string, bool) {
	start := r.At
	if name, ok := r.Name(); ok && strings.Contains(name, " ") {
		return name, true
	}
	r.At = start
	return "", false
}

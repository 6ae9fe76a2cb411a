package names

import (
	"strings"
)

// Reader moves over words and reads names, and what stands beside names. A method that
// does not find what it names leaves the reader where it was, unless it says otherwise.
type Reader struct {
	Words []Word
	At    int // index of the next word

	claims bool // of introductions, only what people say of themselves counts
}

// NewReader is a reader at the start of a text.
func NewReader(text string) *Reader { return &Reader{Words: Scan(text)} }

// Done reports whether no word is left.
func (r *Reader) Done() bool { return r.At >= len(r.Words) }

// Peek is the word i places behind the next one, which is at 0. Behind the last word
// there are empty ones that end a sentence.
func (r *Reader) Peek(i int) Word {
	if r.At+i >= len(r.Words) {
		return Word{After: "."}
	}
	return r.Words[r.At+i]
}

// Last is the word that was passed last; an empty one at the start.
func (r *Reader) Last() Word {
	if r.At == 0 {
		return Word{}
	}
	return r.Words[r.At-1]
}

// Take passes the next word if it is one of texts, which are in small letters.
func (r *Reader) Take(texts ...string) bool {
	if r.Done() || !r.Peek(0).Is(texts...) {
		return false
	}
	r.At++
	return true
}

// TakeAny passes the first of the phrases that comes next.
func (r *Reader) TakeAny(phrases ...string) bool {
	for _, phrase := range phrases {
		if r.takePhrase(phrase) {
			return true
		}
	}
	return false
}

// takePhrase passes the next words if they are those of a phrase, which has single blanks.
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

// takeSentence passes the rest of the sentence that began at start.
func (r *Reader) takeSentence(start int) {
	for !r.Done() && (r.At == start || !r.Last().EndsSentence()) {
		r.At++
	}
}

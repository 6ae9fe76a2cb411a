package names

import (
	"strings"
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

// TakeAny passes the first of the phrases that is next.
func (r *Reader) TakeAny(phrases ...string) bool {
	for _, phrase := range phrases {
		if r.takePhrase(phrase) {
			return true
		}
	}
	return false
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

// takeSentence goes on behind the end of the sentence that began at start.
func (r *Reader) takeSentence(start int) {
	for !r.Done() && (r.At == start || !r.Last().EndsSentence()) {
		r.At++
	}
}

package names

import (
	"github.com/pullquote/pullquote/internal/lexicon"
)

// TakeCourtesies passes courtesies up to the end of their sentence: "Hi.", "Good morning,
// Mr. Roe, and thank you,".
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

var courtesyWords = lexicon.Words("courtesies")

// takeAddress passes how somebody is addressed, if punctuation follows: Mr. Roe, Madam
// Secretary, Ambassador.
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

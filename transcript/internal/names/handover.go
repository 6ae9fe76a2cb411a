package names

import (
	"github.com/pullquote/pullquote/internal/lexicon"
)

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

var questionFrom = lexicon.Phrases("phrases before an asker")

var goingTo = lexicon.Phrases("phrases before somebody called on")

package names

import (
	"github.com/pullquote/pullquote/internal/lexicon"
)

// Handover passes the words with which a moderator gives somebody the floor by name: "Our
// next question comes from Jane Roe of the Ferry Times." People also "go to" subjects and
// places, so a name behind such words needs an affiliation.
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

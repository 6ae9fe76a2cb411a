package people

import (
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// roster is a list of people, each once, who are looked up by what a short label has of their
// names. All look-ups take the same time however long the list is.
type roster struct {
	people   []string
	known    map[string]string   // the people by names.Key
	given    map[string][]string // by given name, folded
	initials map[string][]string // by initials, folded; also by the first and the last of three and more
	letters  map[string][]string // by the first letter, folded
}

func newRoster() *roster {
	return &roster{known: map[string]string{}, given: map[string][]string{}, initials: map[string][]string{}, letters: map[string][]string{}}
}

// add adds a person unless a variant of the name is there: Jane Roe, Jane A. Roe.
func (r *roster) add(name string) {
	key := names.Key(name)
	if key == "" || r.known[key] != "" {
		return
	}
	r.known[key] = name
	r.people = append(r.people, name)
	given, initials := names.GivenName(name), names.InitialsOf(name)
	r.given[given] = appendFew(r.given[given], name)
	r.initials[initials] = appendFew(r.initials[initials], name)
	if short := withoutMiddle(initials); short != initials {
		r.initials[short] = appendFew(r.initials[short], name)
	}
	letter := lexicon.Fold(name)[:1]
	r.letters[letter] = appendFew(r.letters[letter], name)
}

// has reports whether a variant of a name is in the list.
func (r *roster) has(name string) bool { return r.known[names.Key(name)] != "" }

// appendFew adds one of those who may be meant to a list that need not have them all: with
// two, nobody is named.
func appendFew(list []string, name string) []string {
	if len(list) == mostMeant {
		return list
	}
	return append(list, name)
}

const mostMeant = 8 // people whom a warning lists for one label, at most

package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// How much a name weighs in the search for who is interviewed.
const (
	titleWeight    = 4 // in the title, each time
	namedWeight    = 1 // in full in the introduction, each time
	mostIntroduced = 5 // for all times that the introduction speaks of the person, at most
	leastSubject   = 3 // of the one who is interviewed: a name that stands there once or twice is not enough
)

// findSubject finds who is interviewed: of the full names in the title and the
// introduction, the authors' apart, the one that weighs most. Between two of equal weight it
// does not choose.
func (f *Front) findSubject() string {
	title := f.title
	if publication := f.titlePublication(); publication != "" {
		_, title, _ = strings.Cut(title, publication)
	}
	var guests []guest
	for _, name := range names.FullNames(title) {
		guests = f.weigh(guests, name, titleWeight)
	}
	for _, name := range names.FullNames(f.introduction) {
		guests = f.weigh(guests, name, namedWeight)
	}
	var best guest
	tied := false
	for _, g := range guests {
		g.weight += min(mostIntroduced, f.timesIntroduced(g.name))
		switch {
		case g.weight > best.weight:
			best, tied = g, false
		case g.weight == best.weight:
			tied = true
		}
	}
	if tied || best.weight < leastSubject {
		return ""
	}
	return best.name
}

// guest is somebody who may be the one who is interviewed.
type guest struct {
	name   string
	weight int
}

// weigh adds weight to the guest of a name. Where the title has a trade before the name, as
// in "Weaver Jane Roe", the introduction's "Jane Roe" is the name.
func (f *Front) weigh(guests []guest, name string, weight int) []guest {
	for _, author := range f.authors {
		if names.Same(author, name) {
			return guests
		}
	}
	for i, g := range guests {
		if names.Same(g.name, name) {
			guests[i].weight += weight
			return guests
		}
		if strings.HasSuffix(g.name, " "+name) {
			guests[i] = guest{name, g.weight + weight}
			return guests
		}
	}
	return append(guests, guest{name, weight})
}

// timesIntroduced counts how often the introduction has the surname, and how often the full
// name behind "spoke with" or the like.
func (f *Front) timesIntroduced(name string) int {
	words := strings.Fields(name)
	n := strings.Count(f.introduction, words[len(words)-1])
	for _, phrase := range spokenWith {
		n += strings.Count(f.introduction, phrase+name)
	}
	return n
}

var spokenWith = lexicon.Phrases("phrases before the guest")

package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// findSubject finds who is interviewed: of the full names in title and
// introduction the one of whom both speak most. Between two of equal weight it
// does not choose.
func (f *Front) findSubject() string {
	title := f.title
	if publication := f.titlePublication(); publication != "" {
		_, title, _ = strings.Cut(title, publication)
	}
	var guests []guest
	for _, name := range names.FullNames(title) {
		guests = f.weigh(guests, name, 4)
	}
	for _, name := range names.FullNames(f.introduction) {
		guests = f.weigh(guests, name, 1)
	}
	var best guest
	tied := false
	for _, g := range guests {
		g.weight += min(5, f.timesIntroduced(g.name))
		switch {
		case g.weight > best.weight:
			best, tied = g, false
		case g.weight == best.weight:
			tied = true
		}
	}
	if tied || best.weight < 3 {
		return ""
	}
	return best.name
}

// guest is somebody who may be the one interviewed.
type guest struct {
	name   string
	weight int
}

// weigh adds weight to a name. Where a title has a trade before the name, as in
// "Weaver Jane Roe", the introduction's "Jane Roe" is the name.
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

// timesIntroduced counts the surname in the introduction, and once more for
// each "spoke with" before the name.
func (f *Front) timesIntroduced(name string) int {
	words := strings.Fields(name)
	n := strings.Count(f.introduction, words[len(words)-1])
	for _, phrase := range spokenWith {
		n += strings.Count(f.introduction, phrase+name)
	}
	return n
}

var spokenWith = lexicon.Phrases("phrases before the guest")

package people

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// identifyShort says for whom a label stands that is a surname, a given name or initials, and
// notes a doubt if that is nobody, or may be several people.
func (n *namer) identifyShort(l *labels.Label) names.Person {
	found := n.byInitials(l)
	if len(found) == 0 {
		found = persons(n.mentions.of(l.Name))
	}
	if given := l.Name.Words[0]; len(found) == 0 && len(l.Name.Titles) == 0 && !lexicon.Particles[lexicon.Bare(given)] {
		found = persons(n.byGivenName(given))
	}
	switch len(found) {
	case 1:
		return names.Person{Name: found[0].Name, Affiliation: cmp.Or(l.Name.Affiliation, found[0].Affiliation)}
	case 0:
		n.doubts[l] = noFullName
	default:
		n.doubts[l] = "may be " + alternatives(found)
	}
	return names.Person{Name: printedName(l.Text), Affiliation: l.Name.Affiliation}
}

// byInitials lists the people for whom initials may stand: those of whom the document says
// so, or else those of the cast who have these initials, middle names apart.
func (n *namer) byInitials(l *labels.Label) []names.Person {
	if len(l.Name.Words) != 1 || len(l.Name.Titles) > 0 || !isInitials(l.Name.Words[0]) {
		return nil
	}
	label := lexicon.Fold(l.Name.Words[0])
	if listed := n.front.initials[label]; len(listed) > 0 {
		return listed
	}
	members := n.front.cast.initials[label]
	if len(members) == 0 && len(label) == 1 {
		members = n.front.cast.letters[label]
	}
	return persons(members)
}

// withoutMiddle are the first and the last of somebody's initials.
func withoutMiddle(initials string) string {
	if len(initials) < 3 {
		return initials
	}
	return initials[:1] + initials[len(initials)-1:]
}

// byGivenName lists the people who have a given name, of the cast and of the labels that are
// full names.
func (n *namer) byGivenName(given string) []string {
	given = lexicon.Fold(given)
	list := slices.Clone(n.front.cast.given[given])
	for _, bearer := range n.bearers.given[given] {
		if !n.front.cast.has(bearer) {
			list = appendFew(list, bearer)
		}
	}
	return list
}

// persons are the people of a list of names.
func persons(list []string) []names.Person {
	var out []names.Person
	for _, name := range list {
		out = append(out, names.Person{Name: name})
	}
	return out
}

// alternatives joins the names of people of whom one is meant.
func alternatives(people []names.Person) string {
	list := make([]string, len(people))
	for i, p := range people {
		list[i] = p.Name
	}
	return strings.Join(list, " or ")
}

// printedName is the name in a label with the usual capitals, without note and affiliation.
// Initials stay as they are.
func printedName(label string) string {
	name, _, _ := strings.Cut(labels.WithoutNote(label), ",")
	if len(name) <= printedInitials {
		return name
	}
	return names.TitleCase(name)
}

const printedInitials = 3 // bytes of a label that is rather initials than a name, at most

package people

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// identifyShort resolves a surname, a given name or initials.
func (n *namer) identifyShort(l *labels.Label) names.Person {
	found := n.byInitials(l)
	if len(found) == 0 {
		found = identities(n.mentions.of(l.Name))
	}
	if len(found) == 0 && len(l.Name.Titles) == 0 {
		found = identities(n.byGivenName(l.Name.Words[0]))
	}
	switch len(found) {
	case 1:
		return names.Person{Name: found[0].Name, Affiliation: cmp.Or(l.Name.Affiliation, found[0].Affiliation)}
	case 0:
		n.doubts[l] = noFullName
	default:
		n.doubts[l] = l.Text + " may be " + joinNames(found)
	}
	return names.Person{Name: printedName(l.Text), Affiliation: l.Name.Affiliation}
}

// byInitials finds the people for whom initials stand: those of whom the
// document says so, else those of its cast who have them.
func (n *namer) byInitials(l *labels.Label) []names.Person {
	if len(l.Name.Words) != 1 || len(l.Name.Titles) > 0 || !isInitials(l.Name.Words[0]) {
		return nil
	}
	letters := lexicon.Fold(l.Name.Words[0])
	if listed := n.front.initials[letters]; len(listed) > 0 {
		return listed
	}
	var list []string
	for _, member := range n.front.cast {
		if initials := names.InitialsOf(member); initials == letters || len(letters) > 1 && withoutMiddle(initials) == letters {
			list = names.AddName(list, member)
		}
	}
	if len(list) == 0 && len(letters) == 1 {
		list = n.byFirstLetter(letters)
	}
	return identities(list)
}

// withoutMiddle are the first and the last of initials.
func withoutMiddle(initials string) string {
	if len(initials) < 3 {
		return initials
	}
	return initials[:1] + initials[len(initials)-1:]
}

// byFirstLetter finds those of the cast whose name begins with a letter.
func (n *namer) byFirstLetter(letter string) []string {
	var list []string
	for _, member := range n.front.cast {
		if strings.HasPrefix(lexicon.Fold(member), letter) {
			list = names.AddName(list, member)
		}
	}
	return list
}

// byGivenName finds the people of the cast, and those with full labels, who have
// a given name.
func (n *namer) byGivenName(given string) []string {
	var list []string
	given = lexicon.Fold(given)
	for _, member := range n.front.cast {
		if names.GivenName(member) == given {
			list = names.AddName(list, member)
		}
	}
	for _, l := range n.order {
		if l.Name.Full() && names.GivenName(strings.Join(l.Name.Words, " ")) == given {
			list = names.AddName(list, n.spelling(strings.Join(l.Name.Words, " ")))
		}
	}
	return list
}

func identities(list []string) []names.Person {
	var out []names.Person
	for _, name := range list {
		out = append(out, names.Person{Name: name})
	}
	return out
}

func joinNames(people []names.Person) string {
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Name
	}
	return strings.Join(names, " or ")
}

// printedName is the label in usual case; initials stay.
func printedName(label string) string {
	name, _, _ := strings.Cut(labels.WithoutNote(label), ",")
	if len(name) <= 3 {
		return name
	}
	return names.TitleCase(name)
}

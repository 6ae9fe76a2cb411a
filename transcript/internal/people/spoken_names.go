package people

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// nameVoices names the people behind labels that are no full names (Speaker 2,
// JR, Roe) by what is said: who introduces himself, who is asked by name and
// answers, and who alone is left of a list.
func (n *namer) nameVoices() {
	for _, l := range n.order {
		if n.isOpen(l) {
			n.hearIntroduction(l)
		}
	}
	if n.numbered() {
		n.hearAddresses()
		n.nameLast()
	}
}

// isOpen reports whether nobody is known by name for a label.
func (n *namer) isOpen(l *labels.Label) bool {
	return n.doubts[l] != "" || l.Part.IsUnnamed() && n.known[l].Name == names.TitleCase(labels.WithoutNote(l.Text))
}

// numbered reports whether labels such as Speaker 2 are among the open ones.
func (n *namer) numbered() bool {
	for _, l := range n.order {
		if l.Part.IsUnnamed() && n.isOpen(l) {
			return true
		}
	}
	return false
}

// settle gives a label its person.
func (n *namer) settle(l *labels.Label, who names.Person) {
	n.known[l] = names.Person{Name: who.Name, Affiliation: cmp.Or(l.Name.Affiliation, who.Affiliation)}
	delete(n.doubts, l)
}

// hearIntroduction names a label by the introduction of its bearer, if the
// label may stand for that name and they give one name only.
func (n *namer) hearIntroduction(l *labels.Label) {
	var found names.Person
	for k, i := range n.turns[l] {
		text := n.transcript.Turns[i].Text
		asked := i > 0 && asksForName(n.transcript.Turns[i-1].Text)
		if k >= introductionTurns && !asked {
			continue
		}
		who, ok := n.introducedAs(text, asked)
		if !ok || !n.mayBe(l, who.Name) {
			continue
		}
		if found.Name != "" && !names.Same(found.Name, who.Name) {
			n.doubts[l] = l.Text + " gives two names"
			return
		}
		found = names.Person{Name: cmp.Or(found.Name, who.Name), Affiliation: cmp.Or(found.Affiliation, who.Affiliation)}
	}
	if found.Name != "" {
		n.settle(l, found)
	}
}

const introductionTurns = 3 // of a speaker, in which they say who they are

// introducedAs reads who somebody says they are: in full, by a given name that
// one member of the cast has, or in answer to the question for their name.
func (n *namer) introducedAs(text string, asked bool) (names.Person, bool) {
	if in, ok := names.Introduced(text); ok {
		return n.inCast(in), true
	}
	r := names.NewReader(letters.Head(names.SkipNotes(text), names.IntroductionBytes))
	if asked {
		r.TakeCourtesies()
		if name, ok := r.FullName(); ok && r.Last().After != "" {
			return n.inCast(names.Person{Name: name}), true
		}
		return names.Person{}, false
	}
	for ; !r.Done(); r.At++ {
		if r.TakeAny("i'm", "i am", "my name is", "this is") {
			if name, ok := r.Name(); ok && r.Last().After != "" && len(n.byGivenName(name)) == 1 {
				return names.Person{Name: n.byGivenName(name)[0]}, true
			}
		}
	}
	return names.Person{}, false
}

// asksForName reports whether a turn asks somebody to say who they are.
func asksForName(text string) bool {
	lower := strings.ToLower(letters.Tail(text, 300))
	return letters.ContainsAny(lower, askingForNames...)
}

var askingForNames = lexicon.Phrases("requests for a name")

// inCast writes a name as the cast has it, where one member has it.
func (n *namer) inCast(who names.Person) names.Person {
	for _, member := range n.front.cast {
		if names.Same(member, who.Name) {
			return names.Person{Name: member, Affiliation: who.Affiliation}
		}
	}
	if names := n.byGivenName(who.Name); len(names) == 1 {
		who.Name = names[0]
	}
	return who
}

// mayBe reports whether a label may stand for a name: as its initials, its
// surname, its given name, or as a number that stands for anybody. Nobody whom
// another label names already is meant.
func (n *namer) mayBe(l *labels.Label, name string) bool {
	for _, other := range n.order {
		if other != l && !n.isOpen(other) && names.Same(n.known[other].Name, name) {
			return false
		}
	}
	if l.Part.IsUnnamed() {
		return true
	}
	if len(l.Name.Words) == 0 {
		return false
	}
	word := l.Name.Words[len(l.Name.Words)-1]
	if isInitials(word) && len(l.Name.Titles) == 0 {
		initials, letters := names.InitialsOf(name), lexicon.Fold(word)
		if initials == letters || len(letters) == 2 && withoutMiddle(initials) == letters {
			return true
		}
	}
	return lexicon.Fold(word) == lexicon.Fold(letters.LastWord(name)) || lexicon.Fold(word) == names.GivenName(name)
}

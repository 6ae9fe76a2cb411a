package people

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// nameBySpeech names the people behind labels that are no full names, Speaker 2, JR, Roe, by
// what is said: by how they introduce themselves, by how others address them, or because
// nobody else is left of the cast.
func (n *namer) nameBySpeech() {
	for _, l := range n.order {
		if n.isUnresolved(l) {
			n.hearIntroduction(l)
		}
	}
	if n.hasNumbered() {
		n.hearAddresses()
		n.nameLast()
	}
}

// isUnresolved reports whether nobody is known by name for a label.
func (n *namer) isUnresolved(l *labels.Label) bool {
	return n.doubts[l] != "" || l.Part.IsUnnamed() && n.known[l].Name == names.TitleCase(labels.WithoutNote(l.Text))
}

// hasNumbered reports whether labels such as Speaker 2 are among the unresolved ones.
func (n *namer) hasNumbered() bool {
	for _, l := range n.order {
		if l.Part.IsUnnamed() && n.isUnresolved(l) {
			return true
		}
	}
	return false
}

// resolve gives a label its person.
func (n *namer) resolve(l *labels.Label, who names.Person) {
	n.known[l] = names.Person{Name: who.Name, Affiliation: cmp.Or(l.Name.Affiliation, who.Affiliation)}
	n.bears[names.Key(who.Name)] = true
	delete(n.doubts, l)
}

// hearIntroduction names the bearer of a label by their own introduction, if the label may
// stand for that name, and if they give no other.
func (n *namer) hearIntroduction(l *labels.Label) {
	var bearer names.Person
	for k, i := range n.turns[l] {
		text := n.transcript.Turns[i].Text
		asked := i > 0 && asksForName(n.transcript.Turns[i-1].Text)
		if k >= introductionTurns && !asked {
			continue
		}
		who, ok := n.introducedAs(l, text, asked)
		if !ok || !n.mayBe(l, who.Name) {
			continue
		}
		if bearer.Name != "" && !names.Same(bearer.Name, who.Name) {
			n.doubts[l] = "gives two names"
			return
		}
		bearer = names.Person{Name: cmp.Or(bearer.Name, who.Name), Affiliation: cmp.Or(bearer.Affiliation, who.Affiliation)}
	}
	if bearer.Name != "" {
		n.resolve(l, bearer)
	}
}

const introductionTurns = 3 // of a speaker, in which they say who they are unasked

// introducedAs reads who somebody says they are: in full, by a given name that only one member
// of the cast has, or, if they were asked for it, by a full name alone.
func (n *namer) introducedAs(l *labels.Label, text string, asked bool) (names.Person, bool) {
	introduced := names.Introduced
	if l.Part.IsUnnamed() {
		introduced = names.Claimed // nothing in the label says that a name is its own
	}
	if in, ok := introduced(text); ok {
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
		if r.TakeAny("i'm", "i am", "my name is") {
			if name, ok := r.Name(); ok && r.Last().After != "" && len(n.byGivenName(name)) == 1 {
				return names.Person{Name: n.byGivenName(name)[0]}, true
			}
		}
	}
	return names.Person{}, false
}

// asksForName reports whether a turn asks somebody to say who they are.
func asksForName(text string) bool {
	return letters.ContainsAny(strings.ToLower(letters.Tail(text, nameRequest)), askingForNames...)
}

const nameRequest = 300 // bytes of a turn's end in which it asks for a name

var askingForNames = lexicon.Phrases("requests for a name")

// inCast is a person with the name as the cast has it, if one member may be meant.
func (n *namer) inCast(who names.Person) names.Person {
	if member := n.front.cast.known[names.Key(who.Name)]; member != "" {
		return names.Person{Name: member, Affiliation: who.Affiliation}
	}
	if members := n.byGivenName(who.Name); len(members) == 1 {
		who.Name = members[0]
	}
	return who
}

// mayBe reports whether a label may stand for a name: as its initials, its surname or its
// given name, or because a number may stand for anybody. Somebody for whom another label
// stands already is not meant.
func (n *namer) mayBe(l *labels.Label, name string) bool {
	if n.bears[names.Key(name)] {
		return false
	}
	if l.Part.IsUnnamed() {
		return true
	}
	if len(l.Name.Words) == 0 {
		return false
	}
	word := l.Name.Words[len(l.Name.Words)-1]
	if isInitials(word) && len(l.Name.Titles) == 0 {
		initials, label := names.InitialsOf(name), lexicon.Fold(word)
		if initials == label || len(label) == 2 && withoutMiddle(initials) == label {
			return true
		}
	}
	return lexicon.Fold(word) == lexicon.Fold(letters.LastWord(name)) || lexicon.Fold(word) == names.GivenName(name)
}

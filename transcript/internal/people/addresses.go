package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/asking"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// hearAddresses names the bearers of numbered labels by how others address them: "So Jane,
// what do you do?" is answered by Jane, unless who answers speaks of Jane. A bearer must be addressed by one name only, and
// nobody else by that name.
func (n *namer) hearAddresses() {
	votes := map[*labels.Label]map[string]bool{}
	turns := n.transcript.Turns
	for i := 1; i < len(turns); i++ {
		l := n.labels.Read(string(turns[i].Label))
		if !l.Part.IsUnnamed() || !n.isUnresolved(l) || turns[i-1].Label == turns[i].Label {
			continue
		}
		name := n.addressed(turns[i-1].Text)
		if name != "" && n.mayBe(l, name) && !strings.Contains(lexicon.Fold(turns[i].Text), names.GivenName(name)) {
			if votes[l] == nil {
				votes[l] = map[string]bool{}
			}
			votes[l][name] = true
		}
	}
	voters := map[string]int{} // labels whose bearers were addressed by a name
	for _, named := range votes {
		for name := range named {
			voters[name]++
		}
	}
	for _, l := range n.order {
		for name := range votes[l] {
			if len(votes[l]) == 1 && voters[name] == 1 {
				n.resolve(l, names.Person{Name: name})
			}
		}
	}
}

// addressed is the one member of the cast whom a turn asks by name at its end: "Jane, do you
// want to start?", "What do you say, Jane?" Empty if there is none.
func (n *namer) addressed(text string) string {
	if !sentence.EndsAsking(text) {
		return ""
	}
	tail := letters.Tail(text, addressTail)
	words := names.Scan(tail)
	found := ""
	for i, w := range words {
		before := i == 0 && len(tail) == len(text) || i > 0 && (words[i-1].After != "" || asking.OpensAside(words[i-1].Folded))
		if !w.Capital() || !before || !w.Comma() && !w.EndsSentence() || w.After == "" {
			continue
		}
		members := n.byGivenName(w.Text)
		if len(members) != 1 {
			continue
		}
		if found != "" && found != members[0] {
			return ""
		}
		found = members[0]
	}
	return found
}

const addressTail = 160 // bytes of a turn's end in which it addresses somebody

// nameLast gives the last unresolved label to the last of the cast for whom no label stands,
// and warns of it. Others must speak of that person, and the bearer of the label must not.
// The bearer must also speak at least half as often as each label on average, since the
// cast lists those who matter: somebody who speaks once or twice is rather of the audience.
func (n *namer) nameLast() {
	var unresolved []*labels.Label
	for _, l := range n.order {
		if l.Part.IsUnnamed() && n.isUnresolved(l) {
			unresolved = append(unresolved, l)
		}
	}
	var missing []string
	for _, member := range n.front.cast.people {
		if !n.bears[names.Key(member)] {
			missing = append(missing, member)
		}
	}
	if len(unresolved) != 1 || len(missing) != 1 || len(n.front.cast.people) < 2 {
		return
	}
	last, name := unresolved[0], missing[0]
	own, others := n.spokenOf(name, last)
	if 2*len(n.turns[last])*len(n.order) < len(n.transcript.Turns) || others == 0 || own > 0 {
		return
	}
	n.resolve(last, names.Person{Name: name})
	n.transcript.Warn("%s was taken for %s, the only one of those listed whom no other label stands for", last.Text, name)
}

// spokenOf counts the turns that have a person's given name: those under a label, and all
// others.
func (n *namer) spokenOf(name string, l *labels.Label) (own, others int) {
	given, _, _ := strings.Cut(name, " ")
	for _, turn := range n.transcript.Turns {
		if !strings.Contains(turn.Text, given) {
			continue
		}
		if n.labels.Read(string(turn.Label)) == l {
			own++
		} else {
			others++
		}
	}
	return own, others
}

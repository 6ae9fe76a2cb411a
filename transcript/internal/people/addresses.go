package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// hearAddresses names numbered labels by how others speak to them: "So Jane,
// what do you do?" is answered by Jane. All who are addressed so must be the
// same person, and nobody else may be spoken to under that name.
func (n *namer) hearAddresses() {
	votes := map[*labels.Label]map[string]int{}
	turns := n.transcript.Turns
	for i := 1; i < len(turns); i++ {
		l := n.labels.Read(string(turns[i].Label))
		if !l.Part.IsUnnamed() || !n.isOpen(l) || turns[i-1].Label == turns[i].Label {
			continue
		}
		if name := n.addressed(turns[i-1].Text); name != "" && n.mayBe(l, name) {
			if votes[l] == nil {
				votes[l] = map[string]int{}
			}
			votes[l][name]++
		}
	}
	for _, l := range n.order {
		if len(votes[l]) != 1 {
			continue
		}
		for name := range votes[l] {
			if voters(votes, name) == 1 {
				n.settle(l, names.Person{Name: name})
			}
		}
	}
}

// voters counts the labels that may be a person.
func voters(votes map[*labels.Label]map[string]int, name string) int {
	count := 0
	for _, names := range votes {
		if names[name] > 0 {
			count++
		}
	}
	return count
}

// addressed is the one member of the cast whom the end of a turn addresses by
// name, asking: "Jane, do you want to start?", "What do you say, Jane?"
func (n *namer) addressed(text string) string {
	if !sentence.EndsAsking(text) {
		return ""
	}
	tail := letters.Tail(text, 160)
	words := names.Scan(tail)
	found := ""
	for i, w := range words {
		before := i == 0 && len(tail) == len(text) || i > 0 && (words[i-1].After != "" || TurnWords[words[i-1].Folded])
		if !w.Capital() || !before || !w.Comma() && !w.EndsSentence() || w.After == "" {
			continue
		}
		names := n.byGivenName(w.Text)
		if len(names) != 1 {
			continue
		}
		if found != "" && found != names[0] {
			return ""
		}
		found = names[0]
	}
	return found
}

var TurnWords = lexicon.Words("beginnings of asides")

// nameLast gives the last open label to the last of the cast who is not known
// yet, if others speak of that person and the label's own words do not.
func (n *namer) nameLast() {
	var open []*labels.Label
	for _, l := range n.order {
		if l.Part.IsUnnamed() && n.isOpen(l) {
			open = append(open, l)
		}
	}
	var missing []string
	for _, member := range n.front.cast {
		if !n.isKnown(member) {
			missing = append(missing, member)
		}
	}
	if len(open) != 1 || len(missing) != 1 || len(n.front.cast) < 2 || len(n.turns[open[0]])*len(n.order)*2 < len(n.transcript.Turns) {
		return
	}
	own, others := n.spokenOf(missing[0], open[0])
	if others == 0 || own > 0 {
		return
	}
	n.settle(open[0], names.Person{Name: missing[0]})
	n.transcript.Warn("%s was taken for %s, the only one of those listed whom no other label stands for", open[0].Text, missing[0])
}

func (n *namer) isKnown(name string) bool {
	for _, who := range n.known {
		if who.Name != "" && names.Same(who.Name, name) {
			return true
		}
	}
	return false
}

// spokenOf counts the turns that have a person's given name, those under a
// label apart from others.
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

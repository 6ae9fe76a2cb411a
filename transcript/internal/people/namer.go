// Package people tells who speaks. It reads the title block and the introduction of a
// document, gathers who is named in full and in which office, and gives each turn its
// speaker: by its label, by how people introduce and address each other, or, where that
// leaves a doubt, by the label as it is printed.
package people

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// Name gives each turn its speaker and affiliation: labels stand for the
// people whom the title block or an introduction names in full; whoever asks is
// whom they say they are.
func Name(t *model.Transcript, front Front, labels labels.Reader) {
	n := newNamer(t, front, labels)
	n.mendSlips()
	n.mentions.gatherTurns(t.Turns, labels)
	n.mentions.addLabels(n.order)
	for _, l := range n.order {
		n.known[l] = n.identify(l)
	}
	n.nameVoices()
	for i := range t.Turns {
		turn := &t.Turns[i]
		l := labels.Read(string(turn.Label))
		if turn.Label == "" || turn.Speaker != "" || n.isUnknown(l) {
			continue
		}
		if right := n.slips[l]; right != nil {
			l = right
		}
		who := n.known[l]
		turn.Speaker = model.Optional(who.Name)
		turn.Affiliation = model.Optional(cmp.Or(string(turn.Affiliation), who.Affiliation))
	}
	n.nameAskers()
	n.warnOfDoubts()
}

// namer resolves the labels of one transcript.
type namer struct {
	transcript *model.Transcript
	front      Front
	labels     labels.Reader
	mentions   mentions
	order      []*labels.Label         // of those that stand for one person, by first appearance
	turns      map[*labels.Label][]int // the turns of each
	known      map[*labels.Label]names.Person
	doubts     map[*labels.Label]string        // why a label is shown as it is printed
	slips      map[*labels.Label]*labels.Label // labels written by mistake, with the right ones
}

func newNamer(t *model.Transcript, front Front, reader labels.Reader) *namer {
	n := &namer{transcript: t, front: front, labels: reader, mentions: front.mentions,
		turns: map[*labels.Label][]int{}, known: map[*labels.Label]names.Person{}, doubts: map[*labels.Label]string{}, slips: map[*labels.Label]*labels.Label{}}
	for i, turn := range t.Turns {
		l := reader.Read(string(turn.Label))
		if turn.Label == "" || turn.Speaker != "" || n.isUnknown(l) {
			continue
		}
		if n.turns[l] == nil {
			n.order = append(n.order, l)
		}
		n.turns[l] = append(n.turns[l], i)
	}
	return n
}

// isUnknown reports whether each turn under the label may be another's. The one
// person whom the title block lists as the interviewer or the speaker is known.
func (n *namer) isUnknown(l *labels.Label) bool {
	if len(l.Words) == 1 && (l.Words[0] == "interviewer" || l.Words[0] == "speaker") && n.front.only(l.Words[0]) != "" {
		return false
	}
	return l.Part.IsUnnamed() && !labels.IsNumbered(l.Text)
}

// identify resolves a label by the document's lists and by the full names that
// stand in it.
func (n *namer) identify(l *labels.Label) names.Person {
	switch {
	case isJoint(l):
		return names.Person{Name: labels.WithoutNote(l.Text)}
	case n.holder(l) != "":
		return names.Person{Name: n.holder(l)}
	case l.Part == labels.PartModerator:
		return names.Person{Name: names.TitleCase(labels.WithoutNote(l.Text))}
	case l.Part == labels.PartAnswerer:
		if n.front.Subject == "" {
			n.transcript.Warn("the document does not say clearly who answers, so the answers have no speaker")
		}
		return names.Person{Name: n.front.Subject}
	case l.Part.IsUnnamed(), len(l.Name.Words) == 0:
		return names.Person{Name: names.TitleCase(labels.WithoutNote(l.Text))}
	case l.Name.Full():
		return names.Person{Name: n.spelling(strings.Join(l.Name.Words, " ")), Affiliation: l.Name.Affiliation}
	}
	return n.identifyShort(l)
}

// isJoint reports whether a label stands for several people: JR/JP, JR & JP, or
// "Jane Roe and John Poe".
func isJoint(l *labels.Label) bool {
	text := labels.WithoutNote(l.Text)
	if strings.ContainsAny(text, "/&") {
		return true
	}
	if first, second, ok := strings.Cut(text, ", "); ok && isInitials(first) && isInitials(second) {
		return true
	}
	return l.Part == labels.PartNamed && len(l.Name.Titles) == 0 && strings.Contains(strings.ToLower(text), " and ")
}

// holder is the one person whom the title block names as what the label says:
// its witness, its chair, its president. Somebody who has a label with a name of
// their own does not speak under that of an office, too.
func (n *namer) holder(l *labels.Label) string {
	as := strings.Join(l.Words, " ")
	name := cmp.Or(n.front.only(as), n.front.only(labels.CastPart(as)))
	if name == "" && len(l.Name.Titles) > 0 && len(l.Name.Words) == 0 {
		name = n.front.officer(as)
	}
	for _, other := range n.order {
		if name != "" && other != l && len(other.Name.Words) > 0 && strings.HasSuffix(" "+lexicon.Fold(name), " "+other.Name.Surname()) {
			return ""
		}
	}
	return name
}

// spelling is the name as the document writes it in small letters, where it does.
func (n *namer) spelling(name string) string {
	words := strings.Fields(name)
	for _, m := range n.mentions[lexicon.Fold(words[len(words)-1])] {
		if lexicon.Fold(m.name) == lexicon.Fold(name) && m.name != strings.ToUpper(m.name) {
			return m.name
		}
	}
	return names.TitleCase(name)
}

// warnOfDoubts tells which labels could not be resolved.
func (n *namer) warnOfDoubts() {
	var unnamed []string
	for _, l := range n.order {
		switch doubt := n.doubts[l]; doubt {
		case "":
		case noFullName:
			unnamed = append(unnamed, l.Text)
		default:
			n.transcript.Warn("%s; the label is shown as it is printed", doubt)
		}
	}
	if len(unnamed) > 0 {
		shown := strings.Join(unnamed[:min(len(unnamed), doubtsShown)], ", ")
		if rest := len(unnamed) - doubtsShown; rest > 0 {
			shown += fmt.Sprintf(" and %d more", rest)
		}
		n.transcript.Warn("no full name was found for %s; the label is shown as it is printed", shown)
	}
}

const (
	noFullName  = "no full name"
	doubtsShown = 8 // labels that one warning lists
)

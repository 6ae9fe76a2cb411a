// Package people tells who speaks. It reads the front matter of a document, its title block
// and introduction; gathers who is named in full, and with which office; and gives each turn
// its speaker: by its label, or by how people introduce and address each other. Where a
// doubt remains, nobody is given another's words: if no full name is known, the speaker is the
// label as it is printed; if several people may be meant, it is none, and the turn has the doubt.
package people

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// Name gives each turn its speaker and affiliation. A label stands for the person whom the
// front matter, or somebody's words, name in full. Under a label that many share, such as
// QUESTION, the words of the turn or before it may say who asks.
func Name(t *model.Transcript, front Front, reader labels.Reader) {
	n := newNamer(t, front, reader)
	n.mendSlips()
	n.listFiled()
	n.mentions.gatherTurns(t.Turns, reader)
	n.mentions.gatherHeadings(t, reader)
	n.mentions.addLabels(n.order)
	n.listBearers()
	for _, l := range n.order {
		n.known[l] = n.identify(l)
	}
	n.partCouples()
	for _, l := range n.order {
		if !n.isUnresolved(l) {
			n.bears[names.Key(n.known[l].Name)] = true
		}
	}
	n.nameBySpeech()
	for i := range t.Turns {
		turn := &t.Turns[i]
		l := reader.Read(string(turn.Label))
		if turn.Label == "" || turn.Speaker != "" || n.isUnknown(l) || l.Part.IsUnnamed() && n.isUnresolved(l) {
			continue // the label tells them apart, and names nobody
		}
		if right := n.slips[l]; right != nil {
			l = right
		}
		n.credit(turn, l)
	}
	n.nameAskers()
	n.warnOfDoubts()
}

// credit gives a turn the person for whom its label stands. Where that may be one of several,
// or where the label may be none and has not the form of a name, nobody is named.
func (n *namer) credit(turn *model.Turn, l *labels.Label) {
	who, doubt := n.known[l], n.doubts[l]
	if doubt != "" && doubt != noFullName {
		turn.Doubt = cmp.Or(turn.Doubt, model.Optional(doubt))
		return
	}
	if turn.Doubt != "" && who.Name == printedName(l.Text) && !hasNameForm(l) {
		return
	}
	turn.Speaker = model.Optional(who.Name)
	turn.Affiliation = model.Optional(cmp.Or(string(turn.Affiliation), who.Affiliation))
}

// hasNameForm reports whether a label has the form of a person's name, given name and surname or
// title and surname, or says what part its bearer has.
func hasNameForm(l *labels.Label) bool {
	return l.Part != labels.PartNamed || len(l.Name.Titles) > 0 || l.Name.Full() && l.Name.IsName()
}

// partCouples takes the name off two labels that got the same one though they cannot be one
// person's: of Mr. Roe and Mrs. Roe, the title of neither tells who Jane Roe is.
func (n *namer) partCouples() {
	bearers := map[string][]*labels.Label{}
	for _, l := range n.order {
		if n.doubts[l] == "" && len(l.Name.Titles) > 0 && !l.Name.Full() {
			key := names.Key(n.known[l].Name)
			bearers[key] = append(bearers[key], l)
		}
	}
	for _, list := range bearers {
		var titles []string
		for _, l := range list {
			titles = append(titles, l.Name.Titles...)
		}
		if agree(titles, titles) {
			continue
		}
		for _, l := range list {
			n.doubts[l] = noFullName
			n.known[l] = names.Person{Name: printedName(l.Text), Affiliation: l.Name.Affiliation}
		}
	}
}

// namer finds out for whom the labels of one transcript stand.
type namer struct {
	transcript *model.Transcript
	front      Front
	labels     labels.Reader
	mentions   mentions                        // full names in the front matter and the turns
	order      []*labels.Label                 // labels that stand for one person, by first appearance, slips apart
	turns      map[*labels.Label][]int         // indices of the turns of each
	known      map[*labels.Label]names.Person  // for whom each stands: for itself, as printed, where that is in doubt
	doubts     map[*labels.Label]string        // why no full name is given: noFullName, or whoever may be meant
	slips      map[*labels.Label]*labels.Label // labels that were written by mistake, with the right ones
	spoken     map[string]bool                 // the words of all turns, in small letters; nil until they are asked for
	bearers    *roster                         // the labels that are full names
	filed      map[*labels.Label]string        // names of the labels that have the family name first
	bears      map[string]bool                 // by names.Key, for whom some label is known to stand
}

// newNamer lists the labels that stand for one person each.
func newNamer(t *model.Transcript, front Front, reader labels.Reader) *namer {
	n := &namer{transcript: t, front: front, labels: reader, mentions: front.mentions,
		turns: map[*labels.Label][]int{}, known: map[*labels.Label]names.Person{}, doubts: map[*labels.Label]string{}, slips: map[*labels.Label]*labels.Label{},
		bearers: newRoster(), bears: map[string]bool{}}
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

// listBearers lists the labels that are full names.
func (n *namer) listBearers() {
	for _, l := range n.order {
		if l.Name.Full() {
			n.bearers.add(n.spelling(strings.Join(l.Name.Words, " ")))
		}
	}
}

// isUnknown reports whether each turn under a label may be another's. Numbered labels stand
// for one person, whoever it is, and so do INTERVIEWER and SPEAKER where the front matter
// lists one person as such.
func (n *namer) isUnknown(l *labels.Label) bool {
	if len(l.Words) == 1 && (l.Words[0] == "interviewer" || l.Words[0] == "speaker") && n.front.only(l.Words[0]) != "" {
		return false
	}
	return l.Part.IsUnnamed() && !l.Numbered
}

// identify says for whom a label stands, by the lists of the document and by the full names
// that stand in it.
func (n *namer) identify(l *labels.Label) names.Person {
	switch {
	case n.filed[l] != "":
		return names.Person{Name: n.filed[l]}
	case isJoint(l):
		return names.Person{Name: labels.WithoutNote(l.Text)}
	case bearerInNote(l) != "":
		return names.Person{Name: bearerInNote(l)}
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

// isJoint reports whether a label stands for several people at once: JR/JP, JR & JP, "Jane
// Roe and John Poe".
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

// bearerInNote is the full name that a label has in brackets behind an office: The Minister of
// Tides (Jane Roe). It is empty if there is none.
func bearerInNote(l *labels.Label) string {
	if len(l.Name.Words) > 0 || len(l.Name.Titles) == 0 {
		return ""
	}
	return attendeeName(labels.NoteIn(l.Text))
}

// holder finds the only person listed in the role that a label names: witness, chair,
// president; empty if there is none. A person who speaks under a label with their name is
// not the holder, since nobody has two labels.
func (n *namer) holder(l *labels.Label) string {
	as := strings.Join(l.Words, " ")
	name := cmp.Or(n.front.only(as), n.front.only(labels.CastPart(as)))
	if name == "" && len(l.Name.Titles) > 0 && len(l.Name.Words) == 0 {
		name = n.front.officer(as)
	}
	if name == "" {
		return ""
	}
	for _, other := range n.order {
		if other != l && len(other.Name.Words) > 0 && strings.HasSuffix(" "+lexicon.Fold(name), " "+other.Name.Surname()) {
			return ""
		}
	}
	return name
}

// spelling is a name from a label with the capitals that it has elsewhere in the document, or
// else the usual ones.
func (n *namer) spelling(name string) string {
	folded := lexicon.Fold(name)
	for _, m := range n.mentions[lexicon.Fold(letters.LastWord(name))] {
		if m.folded == folded && m.name != strings.ToUpper(m.name) {
			return m.name
		}
	}
	return names.TitleCase(name)
}

// warnOfDoubts warns of labels when it is not clear whom they stand for.
func (n *namer) warnOfDoubts() {
	var unnamed []string
	for _, l := range n.order {
		switch doubt := n.doubts[l]; doubt {
		case "":
		case noFullName:
			unnamed = append(unnamed, l.Text)
		default:
			n.transcript.Warn("%s %s; nobody is named", l.Text, doubt)
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
	noFullName  = "no full name" // a doubt: all labels that have it share one warning
	doubtsShown = 8              // labels that this warning lists
)

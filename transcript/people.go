package transcript

import (
	"fmt"
	"strings"
)

// namePeople gives each turn its speaker and affiliation: labels stand for the
// people whom the title block or an introduction names in full; whoever asks is
// whom they say they are.
func namePeople(t *Transcript, front frontMatter, labels labelReader) {
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
		l := labels.read(string(turn.Label))
		if turn.Label == "" || turn.Speaker != "" || n.isUnknown(l) {
			continue
		}
		if right := n.slips[l]; right != nil {
			l = right
		}
		who := n.known[l]
		turn.Speaker = Optional(who.name)
		turn.Affiliation = Optional(firstOf(string(turn.Affiliation), who.affiliation))
	}
	n.nameAskers()
	n.warnOfDoubts()
}

// namer resolves the labels of one transcript.
type namer struct {
	transcript *Transcript
	front      frontMatter
	labels     labelReader
	mentions   mentions
	order      []*label         // of those that stand for one person, by first appearance
	turns      map[*label][]int // the turns of each
	known      map[*label]identity
	doubts     map[*label]string // why a label is shown as it is printed
	slips      map[*label]*label // labels written by mistake, with the right ones
}

func newNamer(t *Transcript, front frontMatter, labels labelReader) *namer {
	n := &namer{transcript: t, front: front, labels: labels, mentions: front.mentions,
		turns: map[*label][]int{}, known: map[*label]identity{}, doubts: map[*label]string{}, slips: map[*label]*label{}}
	for i, turn := range t.Turns {
		l := labels.read(string(turn.Label))
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
func (n *namer) isUnknown(l *label) bool {
	if len(l.words) == 1 && (l.words[0] == "interviewer" || l.words[0] == "speaker") && n.front.only(l.words[0]) != "" {
		return false
	}
	return l.part.isUnnamed() && !isNumbered(l.text)
}

// identify resolves a label by the document's lists and by the full names that
// stand in it.
func (n *namer) identify(l *label) identity {
	switch {
	case isJoint(l):
		return identity{name: withoutNote(l.text)}
	case n.holder(l) != "":
		return identity{name: n.holder(l)}
	case l.part == partModerator:
		return identity{name: titleCase(withoutNote(l.text))}
	case l.part == partAnswerer:
		if n.front.subject == "" {
			n.transcript.warn("the document does not say clearly who answers, so the answers have no speaker")
		}
		return identity{name: n.front.subject}
	case l.part.isUnnamed(), len(l.name.name) == 0:
		return identity{name: titleCase(withoutNote(l.text))}
	case l.name.full():
		return identity{n.spelling(strings.Join(l.name.name, " ")), l.name.affiliation}
	}
	return n.identifyShort(l)
}

// identifyShort resolves a surname, a given name or initials.
func (n *namer) identifyShort(l *label) identity {
	found := n.byInitials(l)
	if len(found) == 0 {
		found = identities(n.mentions.of(l.name))
	}
	if len(found) == 0 && len(l.name.titles) == 0 {
		found = identities(n.byGivenName(l.name.name[0]))
	}
	switch len(found) {
	case 1:
		return identity{found[0].name, firstOf(l.name.affiliation, found[0].affiliation)}
	case 0:
		n.doubts[l] = noFullName
	default:
		n.doubts[l] = l.text + " may be " + joinNames(found)
	}
	return identity{printedName(l.text), l.name.affiliation}
}

// warnOfDoubts tells which labels could not be resolved.
func (n *namer) warnOfDoubts() {
	var unnamed []string
	for _, l := range n.order {
		switch doubt := n.doubts[l]; doubt {
		case "":
		case noFullName:
			unnamed = append(unnamed, l.text)
		default:
			n.transcript.warn("%s; the label is shown as it is printed", doubt)
		}
	}
	if len(unnamed) > 0 {
		shown := strings.Join(unnamed[:min(len(unnamed), doubtsShown)], ", ")
		if rest := len(unnamed) - doubtsShown; rest > 0 {
			shown += fmt.Sprintf(" and %d more", rest)
		}
		n.transcript.warn("no full name was found for %s; the label is shown as it is printed", shown)
	}
}

const (
	noFullName  = "no full name"
	doubtsShown = 8 // labels that one warning lists
)

func identities(names []string) []identity {
	var out []identity
	for _, name := range names {
		out = append(out, identity{name: name})
	}
	return out
}

func joinNames(people []identity) string {
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.name
	}
	return strings.Join(names, " or ")
}

// isJoint reports whether a label stands for several people: JR/JP, JR & JP, or
// "Jane Roe and John Poe".
func isJoint(l *label) bool {
	text := withoutNote(l.text)
	if strings.ContainsAny(text, "/&") {
		return true
	}
	if first, second, ok := strings.Cut(text, ", "); ok && isInitials(first) && isInitials(second) {
		return true
	}
	return l.part == partNamed && len(l.name.titles) == 0 && strings.Contains(strings.ToLower(text), " and ")
}

// holder is the one person whom the title block names as what the label says:
// its witness, its chair, its president. Somebody who has a label with a name of
// their own does not speak under that of an office, too.
func (n *namer) holder(l *label) string {
	as := strings.Join(l.words, " ")
	name := firstOf(n.front.only(as), n.front.only(castFields[as]))
	if name == "" && len(l.name.titles) > 0 && len(l.name.name) == 0 {
		name = n.front.officer(as)
	}
	for _, other := range n.order {
		if name != "" && other != l && len(other.name.name) > 0 && strings.HasSuffix(" "+fold(name), " "+other.name.surname()) {
			return ""
		}
	}
	return name
}

// printedName is the label in usual case; initials stay.
func printedName(label string) string {
	name, _, _ := strings.Cut(withoutNote(label), ",")
	if len(name) <= 3 {
		return name
	}
	return titleCase(name)
}

// byInitials finds the people for whom initials stand: those of whom the
// document says so, else those of its cast who have them.
func (n *namer) byInitials(l *label) []identity {
	if len(l.name.name) != 1 || len(l.name.titles) > 0 || !isInitials(l.name.name[0]) {
		return nil
	}
	letters := fold(l.name.name[0])
	if listed := n.front.initials[letters]; len(listed) > 0 {
		return listed
	}
	var names []string
	for _, member := range n.front.cast {
		if initials := initialsOf(member); initials == letters || len(letters) > 1 && withoutMiddle(initials) == letters {
			names = addName(names, member)
		}
	}
	if len(names) == 0 && len(letters) == 1 {
		names = n.byFirstLetter(letters)
	}
	return identities(names)
}

// byFirstLetter finds those of the cast whose name begins with a letter.
func (n *namer) byFirstLetter(letter string) []string {
	var names []string
	for _, member := range n.front.cast {
		if strings.HasPrefix(fold(member), letter) {
			names = addName(names, member)
		}
	}
	return names
}

// withoutMiddle are the first and the last of initials.
func withoutMiddle(initials string) string {
	if len(initials) < 3 {
		return initials
	}
	return initials[:1] + initials[len(initials)-1:]
}

// byGivenName finds the people of the cast, and those with full labels, who have
// a given name.
func (n *namer) byGivenName(given string) []string {
	var names []string
	given = fold(given)
	for _, member := range n.front.cast {
		if givenName(member) == given {
			names = addName(names, member)
		}
	}
	for _, l := range n.order {
		if l.name.full() && givenName(strings.Join(l.name.name, " ")) == given {
			names = addName(names, n.spelling(strings.Join(l.name.name, " ")))
		}
	}
	return names
}

// spelling is the name as the document writes it in small letters, where it does.
func (n *namer) spelling(name string) string {
	words := strings.Fields(name)
	for _, m := range n.mentions[fold(words[len(words)-1])] {
		if fold(m.name) == fold(name) && m.name != strings.ToUpper(m.name) {
			return m.name
		}
	}
	return titleCase(name)
}

const introductionLimit = 8000 // bytes of the introduction in which people are looked for

var turnWords = wordSet(`and but so because or now then`)

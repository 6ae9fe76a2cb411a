package transcript

import "strings"

// namePeople gives each turn its speaker and affiliation: labels stand for the
// people whom the title block or an introduction names in full; whoever asks is
// whom they say they are.
func namePeople(t *Transcript, front frontMatter, labels labelReader) {
	n := namer{transcript: t, front: front, labels: labels, mentions: front.mentions}
	n.mentions.gatherTurns(t.Turns, labels)
	resolved := map[*label]identity{}
	for i := range t.Turns {
		turn := &t.Turns[i]
		l := labels.read(string(turn.Label))
		if turn.Label == "" || turn.Speaker != "" || n.isUnknown(l) {
			continue
		}
		who, known := resolved[l]
		if !known {
			who = n.identify(l)
			resolved[l] = who
		}
		turn.Speaker = Optional(who.name)
		turn.Affiliation = Optional(firstOf(string(turn.Affiliation), who.affiliation))
	}
	n.nameAskers()
}

// identity is what is known of a person.
type identity struct{ name, affiliation string }

// namer resolves the labels of one transcript.
type namer struct {
	transcript *Transcript
	front      frontMatter
	labels     labelReader
	mentions   mentions
}

// isUnknown reports whether each turn under the label may be another's. The one
// person whom the title block lists as the interviewer or the speaker is known.
func (n *namer) isUnknown(l *label) bool {
	if len(l.words) == 1 && (l.words[0] == "interviewer" || l.words[0] == "speaker") && n.front.only(l.words[0]) != "" {
		return false
	}
	return l.part.isUnnamed() && !isNumbered(l.text)
}

// identify resolves a label.
func (n *namer) identify(l *label) identity {
	switch {
	case len(l.words) == 1 && n.front.only(l.words[0]) != "":
		return identity{name: n.front.only(l.words[0])}
	case l.part == partModerator:
		return identity{name: titleCase(strings.TrimPrefix(withoutNote(l.text), "THE "))}
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
	names := n.mentions.of(l.name)
	if name := n.byInitials(l.name.name); name != "" {
		names = []string{name}
	}
	switch len(names) {
	case 1:
		return identity{names[0], l.name.affiliation}
	case 0:
		n.transcript.warn("no full name was found for %s; the label is shown as it is printed", l.text)
	default:
		n.transcript.warn("%s may be %s; the label is shown as it is printed", l.text, strings.Join(names, " or "))
	}
	return identity{printedName(l.text), l.name.affiliation}
}

// printedName is the label in usual case; initials stay.
func printedName(label string) string {
	name, _, _ := strings.Cut(withoutNote(label), ",")
	if len(name) <= 3 {
		return name
	}
	return titleCase(name)
}

// byInitials finds the one person of the cast with these initials.
func (n *namer) byInitials(name []string) string {
	if len(name) != 1 || len(name[0]) < 2 || len(name[0]) > 4 || strings.ToUpper(name[0]) != name[0] {
		return ""
	}
	found := ""
	for _, member := range n.front.cast {
		if initialsOf(member) != fold(name[0]) {
			continue
		}
		if found != "" {
			return ""
		}
		found = member
	}
	return found
}

func initialsOf(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(fold(name)) {
		b.WriteString(w[:1])
	}
	return b.String()
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

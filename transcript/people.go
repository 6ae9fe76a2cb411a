package transcript

import (
	"strings"
)

// namePeople gives each turn its speaker and affiliation: labels stand for the
// people whom the title block or an introduction names in full; whoever asks is
// whom they say they are.
func namePeople(t *Transcript, front frontMatter) {
	n := namer{transcript: t, front: front, mentions: front.mentions}
	n.gatherMentions()
	resolved := map[Optional]identity{}
	for i := range t.Turns {
		turn := &t.Turns[i]
		if turn.Label == "" {
			continue
		}
		if p := partOf(string(turn.Label)); (p == partAsker || p == partAnonymous) && !isNumbered(string(turn.Label)) {
			continue
		}
		who, known := resolved[turn.Label]
		if !known {
			who = n.identify(string(turn.Label))
			resolved[turn.Label] = who
		}
		turn.Speaker, turn.Affiliation = Optional(who.name), Optional(who.affiliation)
	}
	n.nameAskers()
}

// identity is what is known of a person.
type identity struct{ name, affiliation string }

// namer resolves the labels of one transcript.
type namer struct {
	transcript *Transcript
	front      frontMatter
	mentions   mentions
}

// identify resolves a label.
func (n *namer) identify(label string) identity {
	switch partOf(label) {
	case partModerator:
		return identity{name: titleCase(strings.TrimPrefix(withoutNote(label), "THE "))}
	case partAnswerer:
		return identity{name: n.front.subject}
	case partAnonymous:
		return identity{name: titleCase(label)}
	}
	l := readLabelName(label)
	if len(l.name) == 0 {
		return identity{name: titleCase(withoutNote(label))}
	}
	if l.full() {
		return identity{n.spelling(strings.Join(l.name, " ")), l.affiliation}
	}
	if name := n.byInitials(l.name[0]); len(l.name) == 1 && name != "" {
		return identity{name: name}
	}
	names := n.mentions.of(l)
	switch len(names) {
	case 1:
		return identity{names[0], l.affiliation}
	case 0:
		n.transcript.warn("no full name was found for %s; the label is shown as it is printed", label)
	default:
		n.transcript.warn("%s may be %s; the label is shown as it is printed", label, strings.Join(names, " or "))
	}
	return identity{printedName(label), l.affiliation}
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
func (n *namer) byInitials(initials string) string {
	if len(initials) < 2 || len(initials) > 4 || strings.ToUpper(initials) != initials {
		return ""
	}
	found := ""
	for _, name := range n.front.cast {
		var b strings.Builder
		for _, w := range strings.Fields(fold(name)) {
			b.WriteString(w[:1])
		}
		if b.String() != fold(initials) {
			continue
		}
		if found != "" {
			return ""
		}
		found = name
	}
	return found
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

// labelName is a label taken apart: CHAIR JANE ROE, HARBOUR RADIO.
type labelName struct {
	titles      []string
	name        []string
	affiliation string
}

func readLabelName(label string) labelName {
	var l labelName
	text, after, _ := strings.Cut(withoutNote(label), ",")
	words := strings.Fields(plainMarks(text))
	i := 0
	for i < len(words) && (isTitle(words[i]) || bare(words[i]) == "the" || i > 0 && officeLinks[bare(words[i])]) {
		l.titles = append(l.titles, bare(words[i]))
		i++
	}
	l.name = words[i:]
	if after = strings.TrimSpace(after); after != "" && len(text) > 4 && !isTitle(strings.Fields(after)[0]) && !isRoman(after) && !isSuffix(after) {
		l.affiliation = plainMarks(after)
	}
	return l
}

func isSuffix(s string) bool {
	return wordSet("jr sr md phd esq m.d ph.d")[bare(s)]
}

// full reports whether the label has more than a surname.
func (l labelName) full() bool {
	for _, w := range l.name[:len(l.name)-1] {
		if !isInitial(w) && !particles[bare(w)] {
			return true
		}
	}
	return false
}

func (l labelName) surname() string { return fold(l.name[len(l.name)-1]) }

// mention is a full name that the document has somewhere.
type mention struct {
	name   string
	titles []string
}

// mentions lists full names under their folded surnames.
type mentions map[string][]mention

// of are the different names that the label may stand for.
func (ms mentions) of(l labelName) []string {
	var names []string
	for _, m := range ms[l.surname()] {
		if !genders(l.titles, m.titles) {
			continue
		}
		if len(l.name) > 1 && isInitial(l.name[0]) && !strings.HasPrefix(fold(m.name), fold(l.name[0][:1])) {
			continue
		}
		names = addName(names, m.name)
	}
	return names
}

// addName adds a name unless a variant of it is there: Jane Roe, Jane A. Roe.
func addName(names []string, name string) []string {
	for _, known := range names {
		if sameName(known, name) {
			return names
		}
	}
	return append(names, name)
}

// sameName reports whether two names with one surname may be one person's: the
// same first name, middle names apart.
func sameName(a, b string) bool {
	return fold(strings.Fields(a)[0]) == fold(strings.Fields(b)[0])
}

// genders reports whether two rows of titles can belong to one person.
func genders(a, b []string) bool {
	return !(hasWord(a, feminine) && hasWord(b, masculine) || hasWord(a, masculine) && hasWord(b, feminine))
}

// surnamesOf are the surnames that the labels of the turns hold.
func surnamesOf(turns []Turn) map[string]bool {
	surnames := map[string]bool{}
	for _, turn := range turns {
		if turn.Label == "" || !partOf(string(turn.Label)).isPerson() {
			continue
		}
		if l := readLabelName(string(turn.Label)); len(l.name) > 0 {
			surnames[l.surname()] = true
		}
	}
	return surnames
}

// gatherMentions looks for full names where people are introduced: in the words
// of moderators, in sentences that introduce, and in people's own first words.
func (n *namer) gatherMentions() {
	if n.mentions == nil {
		n.mentions = mentions{}
	}
	surnames := surnamesOf(n.transcript.Turns)
	for _, turn := range n.transcript.Turns {
		switch p := partOf(string(turn.Label)); {
		case turn.Label == "":
		case p == partModerator || p == partPresider:
			n.mentions.gather(head(turn.Text, 4000), surnames)
		case p == partNamed:
			start := head(turn.Text, 1500)
			if introduces(start) {
				n.mentions.gather(start, surnames)
			}
		}
	}
}

// introduces reports whether somebody is introduced in a text.
func introduces(text string) bool {
	lower := strings.ToLower(text)
	for _, phrase := range []string{"joined by", "introduce", "please welcome", "turn it over to", "hand it over to", "my name is", "i'm ", "i’m ", "with us today", "joining us"} {
		if strings.Contains(lower, phrase) {
			return true
		}
	}
	return false
}

// gather adds the full names of text that end with one of the surnames.
func (ms mentions) gather(text string, surnames map[string]bool) {
	words := scanWords(text)
	for i, w := range words {
		surname := fold(strings.TrimSuffix(strings.TrimSuffix(w.text, "'s"), "’s"))
		if !surnames[surname] || !w.capital() {
			continue
		}
		first := i
		for first > 0 && i-first < 3 && words[first-1].after == "" && (isNameWord(words[first-1].text) || particles[words[first-1].text]) {
			first--
		}
		for first < i && particles[words[first].text] {
			first++
		}
		if first == i || isInitial(words[first].text) && i-first == 1 {
			continue
		}
		var titles []string
		for j := first - 1; j >= 0 && first-j < 6 && words[j].after == "" && (isTitle(words[j].text) || officeLinks[bare(words[j].text)]); j-- {
			titles = append(titles, bare(words[j].text))
		}
		name := plainMarks(join(words[first:i]) + " " + strings.TrimSuffix(strings.TrimSuffix(w.text, "'s"), "’s"))
		ms[surname] = append(ms[surname], mention{titleCaseCaps(name), titles})
	}
}

// titleCaseCaps changes only names that are printed in capitals throughout.
func titleCaseCaps(name string) string {
	if strings.ToUpper(name) == name {
		return titleCase(name)
	}
	return name
}

// nameAskers gives the turns of askers their speakers, by their introductions,
// or because they say that they follow up their own question.
func (n *namer) nameAskers() {
	turns := n.transcript.Turns
	known := map[string]identity{}
	answering := map[string]bool{}
	for _, turn := range turns {
		answering[fold(string(turn.Speaker))] = true
	}
	var previous identity
	for i := range turns {
		p := partOf(string(turns[i].Label))
		if p != partAsker && p != partAnonymous || isNumbered(string(turns[i].Label)) {
			continue
		}
		asker, ok := n.introducedAsker(turns[i])
		switch {
		case ok && !answering[fold(asker.name)]:
			asker = remember(known, asker)
		case p == partAsker && isFollowUp(turns[i].Text):
			asker = previous
		case i > 0 && partOf(string(turns[i-1].Label)) == partModerator && n.calledOn(turns[i-1].Text, &asker):
			asker = remember(known, asker)
		case p == partAsker && n.front.asker != "":
			asker = identity{n.front.asker, n.front.publication}
		default:
			asker = identity{}
		}
		turns[i].Speaker, turns[i].Affiliation = Optional(asker.name), Optional(asker.affiliation)
		if p == partAsker {
			previous = asker
		}
	}
}

// calledOn reads whom a moderator gives the floor: "Our next question comes
// from Jane Roe with Harbour Radio." Two names are none.
func (n *namer) calledOn(text string, asker *identity) bool {
	var called []identity
	r := newReader(text[tailStart(text, introductionBytes):])
	for ; !r.done(); r.at++ {
		start := r.at
		sure := r.takePhrase("question comes from") || r.takePhrase("question is from") || r.takePhrase("question from")
		if !sure && !r.takePhrase("go to") && !r.takePhrase("turn to") && !r.takePhrase("call on") &&
			!r.takePhrase("hear from") && !r.takePhrase("next is") && !r.takePhrase("up is") && !r.takePhrase("will have") {
			continue
		}
		r.takePhrase("the line of")
		r.takeTitles()
		if name, ok := r.fullName(); ok {
			org, tied := r.affiliation()
			if tied || sure {
				called = append(called, identity{name, org})
			}
		}
		r.at = start
	}
	if len(called) != 1 {
		return false
	}
	*asker = called[0]
	return true
}

// introducedAsker reads the note in the label, else the first words.
func (n *namer) introducedAsker(turn Turn) (identity, bool) {
	label := string(turn.Label)
	if i := strings.IndexAny(label, "(["); i > 0 {
		if in, ok := introduced(strings.Trim(label[i:], "()[] ") + "."); ok {
			return identity(in), true
		}
	}
	in, ok := introduced(turn.Text)
	return identity(in), ok
}

// remember makes one person of two introductions under one name.
func remember(known map[string]identity, asker identity) identity {
	key := fold(asker.name)
	if before, ok := known[key]; ok {
		asker.name = before.name
		asker.affiliation = firstOf(before.affiliation, asker.affiliation)
	}
	known[key] = asker
	return asker
}

// isFollowUp reports whether a question says that its asker goes on with their
// own: an editor's note, or "my follow-up". To follow up on something is what
// others do too.
func isFollowUp(text string) bool {
	start := strings.ToLower(plainMarks(head(text+" ", 160)))
	start = strings.ReplaceAll(start, "follow-up", "follow up")
	if note, _, ok := strings.Cut(start, "]"); ok && strings.HasPrefix(note, "[") {
		return strings.Contains(note, "follow up") || strings.Contains(note, "same questioner") || strings.Contains(note, "same reporter")
	}
	return strings.Contains(start, "my follow up") || strings.Contains(start, "follow up to my") || strings.Contains(start, "follow up on my")
}

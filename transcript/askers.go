package transcript

import "strings"

// nameAskers gives the turns of askers their speakers: by the note in the label,
// by their introductions, because they follow up their own question, or because
// the moderator has just given them the floor by name. All others stay unnamed.
func (n *namer) nameAskers() {
	turns := n.transcript.Turns
	answering := map[string]bool{}
	for _, turn := range turns {
		answering[fold(string(turn.Speaker))] = true
	}
	known := map[string]identity{}
	var previous identity
	for i := range turns {
		l := n.labels.read(string(turns[i].Label))
		if !n.isUnknown(l) {
			continue
		}
		asker, found := n.asker(i, previous)
		if !found || answering[fold(asker.name)] {
			asker = identity{}
		}
		asker = remember(known, asker)
		turns[i].Speaker, turns[i].Affiliation = Optional(asker.name), Optional(asker.affiliation)
		if l.part == partAsker {
			previous = asker
		}
	}
}

// asker says who asks in turn i; previous asked the question before.
func (n *namer) asker(i int, previous identity) (identity, bool) {
	turn := n.transcript.Turns[i]
	l := n.labels.read(string(turn.Label))
	if in, ok := introduced(noteIn(l.text) + "."); ok {
		return in, true
	}
	if in, ok := introduced(turn.Text); ok {
		return in, true
	}
	if l.part == partAsker && isFollowUp(turn.Text) {
		return previous, true
	}
	if i > 0 && n.labels.read(string(n.transcript.Turns[i-1].Label)).part == partModerator {
		if called, ok := calledOn(n.transcript.Turns[i-1].Text); ok {
			return called, true
		}
	}
	return identity{n.front.asker, n.front.publication}, l.part == partAsker && n.front.asker != ""
}

// remember makes one person of two introductions under one name.
func remember(known map[string]identity, asker identity) identity {
	if asker.name == "" {
		return identity{}
	}
	key := fold(asker.name)
	if before, ok := known[key]; ok {
		asker = identity{before.name, firstOf(before.affiliation, asker.affiliation)}
	}
	known[key] = asker
	return asker
}

// isFollowUp reports whether a question says that its asker goes on with their
// own: an editor's note, or "my follow-up". To follow up on something is what
// others do, too.
func isFollowUp(text string) bool {
	start := strings.ToLower(plainMarks(head(text, 160)))
	start = strings.ReplaceAll(start, "follow-up", "follow up")
	if note, _, ok := strings.Cut(start, "]"); ok && strings.HasPrefix(note, "[") {
		return containsAny(note, "follow up", "same questioner", "same reporter")
	}
	return containsAny(start, "my follow up", "follow up to my", "follow up on my")
}

// calledOn reads whom a moderator gives the floor: "Our next question comes
// from Jane Roe with Harbour Radio." Of two names it takes none.
func calledOn(text string) (identity, bool) {
	var called []identity
	r := newReader(text[tailStart(text, introductionBytes):])
	for ; !r.done(); r.at++ {
		start := r.at
		if person, ok := r.handover(); ok {
			called = append(called, person)
		}
		r.at = start
	}
	if len(called) != 1 {
		return identity{}, false
	}
	return called[0], true
}

package people

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// nameAskers gives their speakers to the turns whose labels may each be another's, such as
// QUESTION: by the note in the label, by how they introduce themselves, or say that they speak again, because they follow
// up their own question, or because the moderator has just given them the floor by name.
// All others stay unnamed, and so does whoever would have the name of somebody who answers.
func (n *namer) nameAskers() {
	turns := n.transcript.Turns
	answering := map[string]bool{} // the names, folded, of those who have turns already
	for _, turn := range turns {
		answering[lexicon.Fold(string(turn.Speaker))] = true
	}
	known := map[string]names.Person{} // those who have asked, by their names, folded
	var previous names.Person          // who asked the last question; nobody where that is not known
	for i := range turns {
		l := n.labels.Read(string(turns[i].Label))
		if !n.isUnknown(l) {
			continue
		}
		asker, found := n.asker(i, previous, known)
		if !found || answering[lexicon.Fold(asker.Name)] {
			asker = names.Person{}
		}
		asker = remember(known, asker)
		turns[i].Speaker, turns[i].Affiliation = model.Optional(asker.Name), model.Optional(asker.Affiliation)
		if l.Part == labels.PartAsker {
			previous = asker
		}
	}
}

// asker says who speaks in turn i, if the turn or what stands before it says so; previous asked the
// last question, and known have asked before.
func (n *namer) asker(i int, previous names.Person, known map[string]names.Person) (names.Person, bool) {
	turn := n.transcript.Turns[i]
	l := n.labels.Read(string(turn.Label))
	if in, ok := names.Introduced(labels.NoteIn(l.Text) + "."); ok {
		return in, true
	}
	if in, ok := names.Introduced(turn.Text); ok {
		return in, true
	}
	if name, ok := names.Returning(turn.Text); ok {
		if person, ok := known[lexicon.Fold(name)]; ok {
			return person, true
		}
	}
	if l.Part == labels.PartAsker && isFollowUp(turn.Text) {
		return previous, true
	}
	if i > 0 && n.labels.Read(string(n.transcript.Turns[i-1].Label)).Part == labels.PartModerator {
		if called, ok := CalledOn(n.transcript.Turns[i-1].Text); ok {
			return called, true
		}
	}
	return names.Person{Name: n.front.Asker, Affiliation: n.front.Publication}, l.Part == labels.PartAsker && n.front.Asker != ""
}

// remember makes one person of several introductions under one name, with the first
// affiliation that is given.
func remember(known map[string]names.Person, asker names.Person) names.Person {
	if asker.Name == "" {
		return names.Person{}
	}
	key := lexicon.Fold(asker.Name)
	if before, ok := known[key]; ok {
		asker = names.Person{Name: before.Name, Affiliation: cmp.Or(before.Affiliation, asker.Affiliation)}
	}
	known[key] = asker
	return asker
}

// isFollowUp reports whether a question says that its asker goes on with their own: by an
// editor's note, or by "my follow-up". To follow up "on" something is what others do, too.
func isFollowUp(text string) bool {
	start := strings.ToLower(lexicon.PlainMarks(letters.Head(text, followUpStart)))
	start = strings.ReplaceAll(start, "follow-up", "follow up")
	if note, _, ok := strings.Cut(start, "]"); ok && strings.HasPrefix(note, "[") {
		return letters.ContainsAny(note, followUpNotes...)
	}
	return letters.ContainsAny(start, followUps...)
}

const followUpStart = 160 // bytes of a question's start in which it says that it is a follow-up

var (
	followUpNotes = lexicon.Phrases("notes of follow-ups")
	followUps     = lexicon.Phrases("phrases of follow-ups")
)

// CalledOn reads to whom the end of a moderator's turn gives the floor by name: "Our next
// question comes from Jane Roe with Harbour Radio." Between two it does not choose.
func CalledOn(text string) (names.Person, bool) {
	var called []names.Person
	r := names.NewReader(letters.Tail(text, names.IntroductionBytes))
	for ; !r.Done(); r.At++ {
		start := r.At
		if person, ok := r.Handover(); ok {
			called = append(called, person)
		}
		r.At = start
	}
	if len(called) != 1 {
		return names.Person{}, false
	}
	return called[0], true
}

// Moderator reads whom a text introduces as the moderator: "Bo Moe of Harbour News is our
// moderator." Between two it does not choose.
func Moderator(text string) (string, bool) {
	moderator := ""
	for r := names.NewReader(text); !r.Done(); {
		first := r.At
		name, ok := r.FullName()
		if !ok {
			r.At = first + 1
			continue
		}
		at := naming{r.Words, first, r.At - 1}
		if !at.isBehind(beforeModerator) && !at.isBefore(behindModerator) || at.isMentioned() {
			continue
		}
		if moderator != "" && !names.Same(moderator, name) {
			return "", false
		}
		moderator = name
	}
	return moderator, moderator != ""
}

var (
	beforeModerator = lexicon.Phrases("words before a moderator's name")
	behindModerator = lexicon.Phrases("words behind a moderator's name")
)

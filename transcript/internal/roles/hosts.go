package roles

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/model"
)

// findHosts makes presiders of those who moderate: those whom the front matter names, those
// who say so, and, unless a moderator is known, the one who opens a conversation of several
// people as hosts do.
func (c conversation) findHosts(presiding []string) {
	for _, name := range presiding {
		c.hosts[model.Optional(name)] = true
	}
	moderated := 0
	for i, t := range c.turns {
		if i < hostTurns && saysModerating(t.Text) {
			c.hosts[t.Bearer()] = true
		}
		if c.parts[i] == labels.PartModerator || c.parts[i] == labels.PartPresider || c.hosts[t.Bearer()] {
			moderated++
		}
	}
	if moderated < fewModerated && !c.isSpeech() {
		c.findOpener()
	}
	for i, t := range c.turns {
		if c.parts[i] == labels.PartNamed && c.hosts[t.Bearer()] {
			c.parts[i] = labels.PartPresider
		}
	}
}

const (
	hostTurns    = 20 // at the start of a conversation, in which hosts say that they moderate
	fewModerated = 2  // turns of known moderators, from which on nobody else is taken for the host
)

// saysModerating reports whether a turn says that its speaker moderates.
func saysModerating(text string) bool {
	return letters.ContainsAny(strings.ToLower(letters.Head(text, hostStart)), moderatings...)
}

const hostStart = 600 // bytes of a turn's start in which hosts welcome people, and say who they are

var moderatings = lexicon.Phrases("phrases of moderators")

const (
	hostedSpeakers = 3 // of a conversation that has a host; of two people one is an interviewer
	openingTurns   = 3 // among which the host's first is
)

// findOpener takes the one who opens a conversation of several people for its host: by giving
// the floor to the next speaker by name, or by a welcome, if no label shows who asks.
func (c conversation) findOpener() {
	if c.countSpeakers() < hostedSpeakers {
		return
	}
	for i, t := range c.turns[:min(len(c.turns), openingTurns)] {
		if c.parts[i] != labels.PartNamed || c.hosts[t.Bearer()] {
			continue
		}
		if c.givesWord(i) || !c.isLabelled() && welcomes(t.Text) {
			c.hosts[t.Bearer()] = true
			return
		}
	}
}

// countSpeakers counts the people who have a label of their own, up to hostedSpeakers.
func (c conversation) countSpeakers() int {
	seen := map[model.Optional]bool{}
	for i, t := range c.turns {
		if c.parts[i] == labels.PartNamed || c.parts[i] == labels.PartPresider {
			seen[t.Bearer()] = true
		}
		if len(seen) == hostedSpeakers {
			break
		}
	}
	return len(seen)
}

// welcomes reports whether a turn opens an event as hosts and chairs do.
func welcomes(text string) bool {
	start := strings.ToLower(letters.Head(text, hostStart))
	return letters.ContainsAny(start, hostings...) || letters.ContainsAny(start, welcomings...)
}

var (
	hostings   = lexicon.Phrases("openings of hosts")
	welcomings = lexicon.Phrases("welcomes")
)

// givesWord reports whether turn i ends by asking whoever speaks next, by their given name, to
// speak: "So Jane, do you want to start?"
func (c conversation) givesWord(i int) bool {
	if i+1 >= len(c.turns) {
		return false
	}
	given, _, _ := strings.Cut(string(c.turns[i+1].Speaker), " ")
	tail := letters.Tail(c.turns[i].Text, invitingTail)
	at := strings.LastIndex(tail, given)
	if len(given) < shortestName || lexicon.IsTitle(given) || at < 0 {
		return false
	}
	after := strings.ToLower(tail[at+len(given):])
	return (strings.HasPrefix(after, ",") || strings.HasPrefix(after, "?")) && letters.ContainsAny(after, invitings...)
}

const invitingTail = 300 // bytes of a turn's end in which it gives the floor

var invitings = lexicon.Phrases("invitations to speak")

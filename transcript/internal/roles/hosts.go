package roles

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/internal/people"
	"github.com/pullquote/pullquote/transcript/model"
)

// findHosts makes presiders of those who moderate: those whom the front matter names, those
// who say so, and, unless a moderator is known, the one who opens a conversation of several
// people as hosts do.
func (c conversation) findHosts(presiding []string) {
	for _, name := range presiding {
		c.hosts[model.Optional(name)] = true
	}
	c.findIntroduced()
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

// findIntroduced makes hosts of those whom the first turns introduce as the moderator: "Bo Moe of
// Harbour News is our moderator", "I hand over to our moderator, Bo Moe".
func (c conversation) findIntroduced() {
	for _, t := range c.turns[:min(len(c.turns), hostTurns)] {
		if name, ok := people.Moderator(letters.Head(t.Text, introducingStart)); ok {
			if bearer := c.bearerOf(name); bearer != "" {
				c.hosts[bearer] = true
			}
		}
	}
}

// bearerOf is the bearer of the last turn whose speaker may be called so.
func (c conversation) bearerOf(name string) model.Optional {
	for _, t := range slices.Backward(c.turns) {
		if t.Speaker != "" && names.Same(name, string(t.Speaker)) {
			return t.Bearer()
		}
	}
	return ""
}

const (
	introducingStart = 2000 // bytes of a turn's start in which it introduces the moderator

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
		if (c.givesWord(i) || !c.isLabelled() && welcomes(t.Text)) && !c.isAsked(t.Bearer()) {
			c.hosts[t.Bearer()] = true
			return
		}
	}
}

// isAsked reports whether the others ask somebody rather than the reverse, as a minister who
// opens a press conference is asked.
func (c conversation) isAsked(who model.Optional) bool {
	asks := 0
	for i := range c.turns {
		if c.turns[i].Bearer() == who && c.asks(i) {
			asks++
		}
	}
	asked := c.askedOf(who)
	return asked >= fewAsked && asked > 2*asks
}

const fewAsked = 3 // questions to somebody, from which on they are there to answer

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

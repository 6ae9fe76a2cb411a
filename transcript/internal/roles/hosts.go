package roles

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/model"
)

// findHosts makes presiders of those who moderate: whom the title block names,
// who say so, and who open a conversation of several as hosts do. Where labels
// show a moderator, openings do not count.
func (s shape) findHosts(presiding []string) {
	for _, name := range presiding {
		s.hosts[model.Optional(name)] = true
	}
	moderated := 0
	for i, t := range s.turns {
		if i < hostTurns && saysModerating(t.Text) {
			s.hosts[t.Bearer()] = true
		}
		if s.parts[i] == labels.PartModerator || s.parts[i] == labels.PartPresider || s.hosts[t.Bearer()] {
			moderated++
		}
	}
	if moderated < 2 && !s.isSpeech() {
		s.findOpener()
	}
	for i, t := range s.turns {
		if s.parts[i] == labels.PartNamed && s.hosts[t.Bearer()] {
			s.parts[i] = labels.PartPresider
		}
	}
}

const hostTurns = 20 // of the start, in which hosts say what they are

// saysModerating recognises those who say that they moderate.
func saysModerating(text string) bool {
	return letters.ContainsAny(strings.ToLower(letters.Head(text, 600)), moderatings...)
}

var moderatings = lexicon.Phrases("phrases of moderators")

// findOpener takes the one who opens a conversation of three or more for its
// host: by a welcome, if nobody is labelled as asking, or by asking the next
// speaker by name.
func (s shape) findOpener() {
	if s.speakers() < 3 {
		return
	}
	for i, t := range s.turns[:min(len(s.turns), 3)] {
		if s.parts[i] != labels.PartNamed || s.hosts[t.Bearer()] {
			continue
		}
		if s.givesWord(i) || !s.isLabelled() && welcomes(t.Text) {
			s.hosts[t.Bearer()] = true
			return
		}
	}
}

// speakers counts the people with a label of their own, up to three.
func (s shape) speakers() int {
	seen := map[model.Optional]bool{}
	for i, t := range s.turns {
		if s.parts[i] == labels.PartNamed || s.parts[i] == labels.PartPresider {
			seen[t.Bearer()] = true
		}
		if len(seen) == 3 {
			break
		}
	}
	return len(seen)
}

// welcomes recognises how hosts and chairs open.
func welcomes(text string) bool {
	lower := strings.ToLower(letters.Head(text, 600))
	if letters.ContainsAny(lower, hostings...) {
		return true
	}
	return letters.ContainsAny(lower, welcomings...)
}

var hostings = lexicon.Phrases("openings of hosts")

var welcomings = lexicon.Phrases("welcomes")

// givesWord reports whether the end of turn i asks its next speaker by their
// given name to speak: "So Jane, do you want to start?"
func (s shape) givesWord(i int) bool {
	if i+1 >= len(s.turns) {
		return false
	}
	given, _, _ := strings.Cut(string(s.turns[i+1].Speaker), " ")
	tail := letters.Tail(s.turns[i].Text, 300)
	at := strings.LastIndex(tail, given)
	if len(given) < 3 || lexicon.IsTitle(given) || at < 0 {
		return false
	}
	after := strings.ToLower(tail[at+len(given):])
	return (strings.HasPrefix(after, ",") || strings.HasPrefix(after, "?")) && letters.ContainsAny(after, invitings...)
}

var invitings = lexicon.Phrases("invitations to speak")

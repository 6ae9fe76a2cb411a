package roles

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// shape is who does what in a conversation.
type shape struct {
	turns  []model.Turn
	parts  []labels.Part           // of the turns
	askers map[model.Optional]bool // people who mostly ask, where labels do not say so
	hosts  map[model.Optional]bool // people who conduct it, where labels do not say so
	talk   bool                    // nobody answers anybody: a speech, a debate, a meeting
}

// readShape finds it: what labels say of a turn's part comes first; where they
// name people only, how they speak shows it. Presiding are the people whom the
// title block names as chair, host or moderator.
func readShape(turns []model.Turn, reader labels.Reader, presiding []string) shape {
	s := shape{turns: turns, parts: make([]labels.Part, len(turns)), askers: map[model.Optional]bool{}, hosts: map[model.Optional]bool{}}
	for i, t := range turns {
		l := reader.Of(t)
		if s.parts[i] = l.Part; l.Part == labels.PartAnonymous && labels.IsNumbered(l.Text) && !audienceLabels[l.First()] {
			s.parts[i] = labels.PartNamed // Speaker 2: one person, whoever it is
		}
	}
	s.findHosts(presiding)
	switch {
	case s.isCourt(reader):
		s.seatBench(reader)
		return s
	case s.isLabelled():
	case s.isSpeech():
		s.talk = true
	default:
		s.findAskers()
		s.talk = len(s.askers) == 0 && !s.isLedByQuestions()
	}
	if s.talk {
		s.silence()
		return s
	}
	settled := make([]labels.Part, len(turns))
	for i := range turns {
		settled[i] = s.settle(i)
	}
	s.parts = settled
	return s
}

// audienceLabels stand for people who are there to ask.
var audienceLabels = lexicon.Words("labels of an audience")

// isLabelled reports whether labels, or roles that are known, say who asks.
func (s shape) isLabelled() bool {
	for i, p := range s.parts {
		if p == labels.PartAsker || s.turns[i].Role == model.RoleQuestion {
			return true
		}
	}
	return false
}

// isSpeech reports whether nearly all words are one person's.
func (s shape) isSpeech() bool {
	words, total := map[model.Optional]int{}, 0
	for _, t := range s.turns {
		words[t.Bearer()] += len(t.Text)
		total += len(t.Text)
	}
	for _, n := range words {
		if n*20 >= total*17 {
			return len(s.turns) != 2 || len(words) == 1
		}
	}
	return false
}

// silence leaves only the parts of those who conduct a conversation in which
// nobody answers anybody.
func (s shape) silence() {
	for i, p := range s.parts {
		switch {
		case p == labels.PartPresider:
			s.parts[i] = labels.PartModerator
		case p != labels.PartModerator:
			s.parts[i] = labels.PartNamed
		}
	}
}

// settle decides the part of a turn by what comes next: a presider asks if
// somebody else answers, and so does an asker who asks without a question mark.
func (s shape) settle(i int) labels.Part {
	p, t := s.parts[i], s.turns[i]
	asks := sentence.EndsAsking(t.Text)
	switch {
	case p == labels.PartNamed && s.atEdge(i) && presides(t.Text):
		return labels.PartModerator
	case p == labels.PartPresider && asks && s.answered(i) && !isHousekeeping(t.Text) && !s.givesWord(i):
		return labels.PartAsker
	case p == labels.PartPresider && !s.interviews(i):
		return labels.PartModerator
	case p != labels.PartModerator && p != labels.PartAnswerer && s.askers[t.Bearer()] && (asks || s.answered(i) && s.hasAsked(i) && !isGreeting(t.Text)):
		return labels.PartAsker
	case p == labels.PartAnonymous && asks:
		return labels.PartAsker
	case p == labels.PartNamed && givesFloor(t.Text):
		return labels.PartModerator
	}
	return p
}

// interviews reports whether the host who speaks in turn i mostly asks, so that
// what is answered is a question, with or without its mark.
func (s shape) interviews(i int) bool {
	return s.hosts[s.turns[i].Bearer()] && s.askers[s.turns[i].Bearer()] && s.answered(i) && !isHousekeeping(s.turns[i].Text) && !s.givesWord(i)
}

// hasAsked reports whether somebody has asked before turn i, or whether the turn
// is more than a courtesy: long, or called for by a moderator.
func (s shape) hasAsked(i int) bool {
	if letters.WordCount(s.turns[i].Text, openingWords) > openingWords || i > 0 && s.parts[i-1] == labels.PartModerator {
		return true
	}
	for _, t := range s.turns[:i] {
		if s.askers[t.Bearer()] && sentence.EndsAsking(t.Text) {
			return true
		}
	}
	return false
}

const openingWords = 20 // words that thanks before the first question have at most

// atEdge reports whether turn i is among the first or the last.
func (s shape) atEdge(i int) bool { return i < 2 || i+3 > len(s.turns) }

// presides recognises the formulas with which a meeting is opened and closed.
func presides(text string) bool {
	lower := strings.ToLower(letters.Head(text, 400))
	return letters.ContainsAny(lower, presidings...)
}

var presidings = lexicon.Phrases("openings and closings of meetings")

// answered reports whether a turn of somebody who does not ask or preside
// follows turn i.
func (s shape) answered(i int) bool {
	if i+1 >= len(s.turns) {
		return false
	}
	next := s.turns[i+1]
	p := s.parts[i+1]
	return (p == labels.PartNamed || p == labels.PartAnswerer) && next.Bearer() != s.turns[i].Bearer() && !s.askers[next.Bearer()]
}

// asks reports whether turn i ends with a question and another's turn follows.
func (s shape) asks(i int) bool {
	return i+1 < len(s.turns) && s.turns[i+1].Bearer() != s.turns[i].Bearer() && sentence.EndsAsking(s.turns[i].Text) && !isHousekeeping(s.turns[i].Text)
}

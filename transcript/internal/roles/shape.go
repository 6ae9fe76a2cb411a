package roles

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/internal/people"
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

// isSpeech reports whether nearly all words are one person's.
func (s shape) isSpeech() bool {
	words, total := map[model.Optional]int{}, 0
	for _, t := range s.turns {
		words[model.Bearer(t)] += len(t.Text)
		total += len(t.Text)
	}
	for _, n := range words {
		if n*20 >= total*17 {
			return len(s.turns) != 2 || len(words) == 1
		}
	}
	return false
}

// tally is how often somebody speaks, and asks somebody who then speaks.
type tally struct{ said, asked int }

// count makes the tally of everybody.
func (s shape) count() map[model.Optional]tally {
	tallies := map[model.Optional]tally{}
	for i, t := range s.turns {
		n := tallies[model.Bearer(t)]
		n.said++
		if s.asks(i) {
			n.asked++
		}
		tallies[model.Bearer(t)] = n
	}
	return tallies
}

// asks reports whether turn i ends with a question and another's turn follows.
func (s shape) asks(i int) bool {
	return i+1 < len(s.turns) && model.Bearer(s.turns[i+1]) != model.Bearer(s.turns[i]) && sentence.EndsAsking(s.turns[i].Text) && !isHousekeeping(s.turns[i].Text)
}

// findAskers finds the people of whose turns two fifths end with a question, if
// their questions make a good part of the conversation and the others seldom
// ask: else it is a talk among equals.
func (s shape) findAskers() {
	tallies := s.count()
	var asking, others tally
	for name, n := range tallies {
		if n.asked*5 >= n.said*2 && (n.asked > 1 || len(s.turns) <= shortTalk && len(s.hosts) == 0) {
			s.askers[name] = true
			asking = tally{asking.said + n.said, asking.asked + n.asked}
		} else {
			others = tally{others.said + n.said, others.asked + n.asked}
		}
	}
	seldom := others.asked*4 <= others.said || len(s.turns) <= shortTalk && others.asked < asking.asked
	much := asking.asked*6 >= len(s.turns) && seldom
	alone := asking.asked*15 >= len(s.turns) && others.asked*20 <= others.said
	if !much && !alone || others.said*4 < len(s.turns) {
		clear(s.askers)
	}
	s.findWitness(tallies)
	s.findCalled()
}

// findCalled finds the people whom a moderator calls on for their question.
func (s shape) findCalled() {
	for i, t := range s.turns {
		if i == 0 || s.parts[i] != labels.PartNamed || s.parts[i-1] != labels.PartModerator {
			continue
		}
		if called, ok := people.CalledOn(s.turns[i-1].Text); ok && t.Speaker != "" && names.Same(called.Name, string(t.Speaker)) {
			s.askers[model.Bearer(t)] = true
		}
	}
}

const shortTalk = 10 // turns in which one question makes an asker

// findWitness finds the one person whom all others ask: every other turn is
// theirs, and they seldom ask back.
func (s shape) findWitness(tallies map[model.Optional]tally) {
	for name, n := range tallies {
		others := tally{said: len(s.turns) - n.said}
		for other, m := range tallies {
			if other != name {
				others.asked += m.asked
			}
		}
		if len(tallies) < 3 || n.said*5 < len(s.turns)*2 || n.asked*5 > n.said || others.asked*2 < others.said {
			continue
		}
		for other := range tallies {
			s.askers[other] = other != name
		}
		return
	}
}

// isLedByQuestions reports whether those who conduct the conversation, or are of
// the audience, mostly ask.
func (s shape) isLedByQuestions() bool {
	var n tally
	for i, p := range s.parts {
		if p != labels.PartPresider && p != labels.PartModerator && p != labels.PartAnonymous {
			continue
		}
		n.said++
		if s.asks(i) {
			n.asked++
		}
	}
	return n.asked > 0 && n.asked*2 >= n.said
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
	case p != labels.PartModerator && p != labels.PartAnswerer && s.askers[model.Bearer(t)] && (asks || s.answered(i) && s.hasAsked(i) && !isGreeting(t.Text)):
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
	return s.hosts[model.Bearer(s.turns[i])] && s.askers[model.Bearer(s.turns[i])] && s.answered(i) && !isHousekeeping(s.turns[i].Text) && !s.givesWord(i)
}

// hasAsked reports whether somebody has asked before turn i, or whether the turn
// is more than a courtesy: long, or called for by a moderator.
func (s shape) hasAsked(i int) bool {
	if letters.WordCount(s.turns[i].Text, openingWords) > openingWords || i > 0 && s.parts[i-1] == labels.PartModerator {
		return true
	}
	for _, t := range s.turns[:i] {
		if s.askers[model.Bearer(t)] && sentence.EndsAsking(t.Text) {
			return true
		}
	}
	return false
}

const openingWords = 20 // words that thanks before the first question have at most

// answered reports whether a turn of somebody who does not ask or preside
// follows turn i.
func (s shape) answered(i int) bool {
	if i+1 >= len(s.turns) {
		return false
	}
	next := s.turns[i+1]
	p := s.parts[i+1]
	return (p == labels.PartNamed || p == labels.PartAnswerer) && model.Bearer(next) != model.Bearer(s.turns[i]) && !s.askers[model.Bearer(next)]
}

// atEdge reports whether turn i is among the first or the last.
func (s shape) atEdge(i int) bool { return i < 2 || i+3 > len(s.turns) }

var presidings = lexicon.Phrases("openings and closings of meetings")

// presides recognises the formulas with which a meeting is opened and closed.
func presides(text string) bool {
	lower := strings.ToLower(letters.Head(text, 400))
	return letters.ContainsAny(lower, presidings...)
}

package roles

import (
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/internal/people"
	"github.com/pullquote/pullquote/transcript/model"
)

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

// tally is how often somebody speaks, and asks somebody who then speaks.
type tally struct{ said, asked int }

// count makes the tally of everybody.
func (s shape) count() map[model.Optional]tally {
	tallies := map[model.Optional]tally{}
	for i, t := range s.turns {
		n := tallies[t.Bearer()]
		n.said++
		if s.asks(i) {
			n.asked++
		}
		tallies[t.Bearer()] = n
	}
	return tallies
}

// findCalled finds the people whom a moderator calls on for their question.
func (s shape) findCalled() {
	for i, t := range s.turns {
		if i == 0 || s.parts[i] != labels.PartNamed || s.parts[i-1] != labels.PartModerator {
			continue
		}
		if called, ok := people.CalledOn(s.turns[i-1].Text); ok && t.Speaker != "" && names.Same(called.Name, string(t.Speaker)) {
			s.askers[t.Bearer()] = true
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

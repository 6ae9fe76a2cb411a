package roles

import (
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/internal/people"
	"github.com/pullquote/pullquote/transcript/model"
)

// Where labels name people only, askers are found by how often people ask. A question
// counts if somebody else speaks next. Shares are in percent of turns; they are chosen so
// that a discussion of equals is not read as an interview, nor the reverse.
const (
	askerShare  = 40 // of an asker's turns that end with a question; interviewers comment, too
	othersShare = 25 // of the turns of all others that may end with one: some ask back

	askedTurns  = 6  // at least one turn in so many is an asker's question in an interview
	rarelyAsked = 15 // one in so many is enough if the others hardly ask at all
	hardlyShare = 5  // of the others' turns, at most, end with a question if they hardly ask

	answeringShare = 25 // of all turns, at least, are the others': with fewer, nobody answers

	shortConversation = 10 // turns, up to which a single question makes an asker
)

// findAskers finds the people who mostly ask, if their questions make a good part of the
// conversation and the others seldom ask; else it is a conversation among equals.
func (c conversation) findAskers() {
	tallies, turns := c.count(), c.countTurns()
	short := turns <= shortConversation
	var asking, others tally
	for name, n := range tallies {
		if n.asksAtLeast(askerShare) && (n.asked > 1 || short && len(c.hosts) == 0) {
			c.askers[name] = true
			asking = asking.plus(n)
		} else {
			others = others.plus(n)
		}
	}
	seldom := others.asksAtMost(othersShare) || short && others.asked < asking.asked
	much := askedTurns*asking.asked >= turns && seldom
	alone := rarelyAsked*asking.asked >= turns && others.asksAtMost(hardlyShare)
	if !much && !alone || 100*others.said < answeringShare*turns {
		clear(c.askers)
	}
	c.findInterviewer(tallies)
	if !c.findCalled(tallies) {
		c.findWitness(tallies, turns)
	}
}

// countTurns counts the turns of those who neither moderate nor preside.
func (c conversation) countTurns() int {
	turns := 0
	for i := range c.turns {
		if !c.conducts(i) {
			turns++
		}
	}
	return turns
}

// conducts reports whether the label of turn i says that its bearer moderates or presides.
func (c conversation) conducts(i int) bool {
	return c.parts[i].Conducts() && !c.hosts[c.turns[i].Bearer()]
}

// findInterviewer takes the one of two people for the interviewer who asks a few times, if the
// other hardly does: hosts of long conversations remark more than they ask.
func (c conversation) findInterviewer(tallies map[model.Optional]tally) {
	if len(tallies) != 2 || len(c.askers) > 0 {
		return
	}
	for name, n := range tallies {
		for other, m := range tallies {
			if other != name && n.asked > 1 && n.asksAtLeast(interviewerShare) && m.asksAtMost(hardlyShare) {
				c.askers[name] = true
			}
		}
	}
}

const interviewerShare = 25 // of an interviewer's turns that end with a question, at least, where the other hardly asks

// tally counts the turns that somebody has, and those that end with a question to somebody
// else.
type tally struct{ said, asked int }

// plus is the tally of several people.
func (n tally) plus(m tally) tally { return tally{n.said + m.said, n.asked + m.asked} }

// asksAtLeast reports whether so many percent of the turns, or more, end with a question.
func (n tally) asksAtLeast(percent int) bool { return 100*n.asked >= percent*n.said }

// asksAtMost reports whether no more than so many percent of the turns do.
func (n tally) asksAtMost(percent int) bool { return 100*n.asked <= percent*n.said }

// count makes the tally of everybody who neither moderates nor presides.
func (c conversation) count() map[model.Optional]tally {
	tallies := map[model.Optional]tally{}
	for i, t := range c.turns {
		if !c.conducts(i) {
			tallies[t.Bearer()] = tallies[t.Bearer()].plus(c.tallyOf(i))
		}
	}
	return tallies
}

// tallyOf is the tally of turn i alone.
func (c conversation) tallyOf(i int) tally {
	if c.asks(i) {
		return tally{said: 1, asked: 1}
	}
	return tally{said: 1}
}

// How a witness is told from the others, in percent.
const (
	witnessTurns  = 40 // of all turns that are the witness's: nearly every other one
	witnessAsks   = 20 // of those that may end with a question
	examinerShare = 50 // of the others' turns that end with one
	witnessAsked  = 75 // of these that the witness answers
)

// askedOf counts the questions that somebody else asks right before a turn of somebody.
func (c conversation) askedOf(who model.Optional) int {
	asked := 0
	for i := range c.turns {
		if c.asks(i) && !c.conducts(i) && c.turns[i+1].Bearer() == who {
			asked++
		}
	}
	return asked
}

// findWitness finds the one person whom all others ask, as in a hearing of a single witness,
// and makes askers of the others, unless one of them testifies as well. Between two people it would say nothing that findAskers
// does not.
func (c conversation) findWitness(tallies map[model.Optional]tally, turns int) {
	if len(tallies) < 3 {
		return
	}
	var all tally
	for _, n := range tallies {
		all = all.plus(n)
	}
	for name, n := range tallies {
		others := tally{all.said - n.said, all.asked - n.asked}
		if 100*n.said < witnessTurns*turns || !n.asksAtMost(witnessAsks) || !others.asksAtLeast(examinerShare) ||
			100*c.askedOf(name) < witnessAsked*others.asked {
			continue
		}
		for other := range tallies {
			c.askers[other] = other != name && !c.testifies(other, tallies)
		}
		return
	}
}

// testifies reports whether somebody never asks, and is asked by name.
func (c conversation) testifies(who model.Optional, tallies map[model.Optional]tally) bool {
	if tallies[who].asked > 0 {
		return false
	}
	for i := 1; i < len(c.turns); i++ {
		if c.turns[i].Bearer() == who && c.asks(i-1) && isNamedIn(c.turns[i], c.turns[i-1].Text) {
			return true
		}
	}
	return false
}

// findCalled makes askers of the people whom a moderator calls on by name, and reports whether
// there are any. A witness may be called on, too.
func (c conversation) findCalled(tallies map[model.Optional]tally) bool {
	found := false
	for i, t := range c.turns {
		if i == 0 || c.parts[i] != labels.PartNamed || c.parts[i-1] != labels.PartModerator {
			continue
		}
		called, ok := people.CalledOn(c.turns[i-1].Text)
		if ok && !c.testifies(t.Bearer(), tallies) && t.Speaker != "" && names.Same(called.Name, string(t.Speaker)) {
			c.askers[t.Bearer()], found = true, true
		}
	}
	return found
}

// isLedByQuestions reports whether those who conduct the conversation, or are of the
// audience, mostly ask: half of their turns or more end with a question.
func (c conversation) isLedByQuestions() bool {
	var n tally
	for i, p := range c.parts {
		if p != labels.PartPresider && p != labels.PartModerator && p != labels.PartAnonymous {
			continue
		}
		n.said++
		if c.asks(i) {
			n.asked++
		}
	}
	return n.asked > 0 && n.asksAtLeast(50)
}

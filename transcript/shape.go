package transcript

import "strings"

// shape is who does what in a conversation.
type shape struct {
	turns  []Turn
	parts  []part            // of the turns
	askers map[Optional]bool // people who mostly ask, where labels do not say so
	hosts  map[Optional]bool // people who conduct it, where labels do not say so
	talk   bool              // nobody answers anybody: a speech, a debate, a meeting
}

// readShape finds it: what labels say of a turn's part comes first; where they
// name people only, how they speak shows it. Presiding are the people whom the
// title block names as chair, host or moderator.
func readShape(turns []Turn, labels labelReader, presiding []string) shape {
	s := shape{turns: turns, parts: make([]part, len(turns)), askers: map[Optional]bool{}, hosts: map[Optional]bool{}}
	for i, t := range turns {
		l := labels.of(t)
		if s.parts[i] = l.part; l.part == partAnonymous && isNumbered(l.text) && !audienceLabels[l.first()] {
			s.parts[i] = partNamed // Speaker 2: one person, whoever it is
		}
	}
	s.findHosts(presiding)
	switch {
	case s.isCourt(labels):
		s.seatBench(labels)
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
	settled := make([]part, len(turns))
	for i := range turns {
		settled[i] = s.settle(i)
	}
	s.parts = settled
	return s
}

// audienceLabels stand for people who are there to ask.
var audienceLabels = wordSet(`audience attendee caller member`)

// isLabelled reports whether labels, or roles that are known, say who asks.
func (s shape) isLabelled() bool {
	for i, p := range s.parts {
		if p == partAsker || s.turns[i].Role == RoleQuestion {
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
		case p == partPresider:
			s.parts[i] = partModerator
		case p != partModerator:
			s.parts[i] = partNamed
		}
	}
}

// isSpeech reports whether nearly all words are one person's.
func (s shape) isSpeech() bool {
	words, total := map[Optional]int{}, 0
	for _, t := range s.turns {
		words[who(t)] += len(t.Text)
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
func (s shape) count() map[Optional]tally {
	tallies := map[Optional]tally{}
	for i, t := range s.turns {
		n := tallies[who(t)]
		n.said++
		if s.asks(i) {
			n.asked++
		}
		tallies[who(t)] = n
	}
	return tallies
}

// asks reports whether turn i ends with a question and another's turn follows.
func (s shape) asks(i int) bool {
	return i+1 < len(s.turns) && who(s.turns[i+1]) != who(s.turns[i]) && endsAsking(s.turns[i].Text) && !isHousekeeping(s.turns[i].Text)
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
		if i == 0 || s.parts[i] != partNamed || s.parts[i-1] != partModerator {
			continue
		}
		if called, ok := calledOn(s.turns[i-1].Text); ok && t.Speaker != "" && sameName(called.name, string(t.Speaker)) {
			s.askers[who(t)] = true
		}
	}
}

const shortTalk = 10 // turns in which one question makes an asker

// findWitness finds the one person whom all others ask: every other turn is
// theirs, and they seldom ask back.
func (s shape) findWitness(tallies map[Optional]tally) {
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
		if p != partPresider && p != partModerator && p != partAnonymous {
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
func (s shape) settle(i int) part {
	p, t := s.parts[i], s.turns[i]
	asks := endsAsking(t.Text)
	switch {
	case p == partNamed && s.atEdge(i) && presides(t.Text):
		return partModerator
	case p == partPresider && asks && s.answered(i) && !isHousekeeping(t.Text) && !s.givesWord(i):
		return partAsker
	case p == partPresider && !s.interviews(i):
		return partModerator
	case p != partModerator && p != partAnswerer && s.askers[who(t)] && (asks || s.answered(i) && s.hasAsked(i) && !isGreeting(t.Text)):
		return partAsker
	case p == partAnonymous && asks:
		return partAsker
	case p == partNamed && givesFloor(t.Text):
		return partModerator
	}
	return p
}

// interviews reports whether the host who speaks in turn i mostly asks, so that
// what is answered is a question, with or without its mark.
func (s shape) interviews(i int) bool {
	return s.hosts[who(s.turns[i])] && s.askers[who(s.turns[i])] && s.answered(i) && !isHousekeeping(s.turns[i].Text) && !s.givesWord(i)
}

// hasAsked reports whether somebody has asked before turn i, or whether the turn
// is more than a courtesy: long, or called for by a moderator.
func (s shape) hasAsked(i int) bool {
	if wordCount(s.turns[i].Text, openingWords) > openingWords || i > 0 && s.parts[i-1] == partModerator {
		return true
	}
	for _, t := range s.turns[:i] {
		if s.askers[who(t)] && endsAsking(t.Text) {
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
	return (p == partNamed || p == partAnswerer) && who(next) != who(s.turns[i]) && !s.askers[who(next)]
}

// atEdge reports whether turn i is among the first or the last.
func (s shape) atEdge(i int) bool { return i < 2 || i+3 > len(s.turns) }

// presides recognises the formulas with which a meeting is opened and closed.
func presides(text string) bool {
	lower := strings.ToLower(head(text, 400))
	return containsAny(lower, "meeting is concluded", "meeting is adjourned", "meeting is closed", "meeting adjourned", "stands adjourned",
		"are adjourned", "is adjourned", "meeting to order", "hearing to order", "will come to order", "concludes the meeting",
		"concludes this meeting", "concludes our meeting", "concludes the hearing", "session is closed", "sitting is closed", "sitting is open", "sitting is suspended")
}

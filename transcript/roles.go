package transcript

import "strings"

// assignRoles gives each turn without a role its role, and each answer its
// question, by the shape of the conversation: what labels say of a turn's part
// comes first; where they name people only, whoever asks most is the asker.
func assignRoles(turns []Turn, labels labelReader) {
	s := readShape(turns, labels)
	e := exchange{question: -1}
	for i := range turns {
		if turns[i].Role == "" {
			turns[i].Role = e.roleOf(s, i)
		}
		e.follow(s, i)
	}
}

// shape is who does what in a conversation.
type shape struct {
	turns  []Turn
	parts  []part            // of the turns
	askers map[Optional]bool // people who mostly ask, where labels do not say so
}

func readShape(turns []Turn, labels labelReader) shape {
	s := shape{turns: turns, parts: make([]part, len(turns)), askers: map[Optional]bool{}}
	hosts := hostsOf(turns)
	labelled := false
	for i, t := range turns {
		s.parts[i] = labels.of(t).part
		if s.parts[i] == partNamed && hosts[who(t)] {
			s.parts[i] = partPresider
		}
		labelled = labelled || s.parts[i] == partAsker || t.Role == RoleQuestion
	}
	if !labelled {
		s.findAskers()
	}
	for i := range turns {
		s.parts[i] = s.settle(i)
	}
	return s
}

// who identifies the bearer of a turn.
func who(t Turn) Optional {
	return Optional(firstOf(string(t.Speaker), string(t.Label)))
}

// hostsOf are the people who say that they moderate.
func hostsOf(turns []Turn) map[Optional]bool {
	hosts := map[Optional]bool{}
	for _, t := range turns[:min(len(turns), 20)] {
		lower := strings.ToLower(head(t.Text, 600))
		if containsAny(lower, "be moderating", "m moderating", "’m your host", "'m your host", "your moderator", "ll moderate", "will moderate today") {
			hosts[who(t)] = true
		}
	}
	return hosts
}

// findAskers finds the people of whose turns two fifths end with a question.
func (s shape) findAskers() {
	asked, said := map[Optional]int{}, map[Optional]int{}
	for i, t := range s.turns {
		said[who(t)]++
		if s.parts[i] == partNamed && endsAsking(t.Text) {
			asked[who(t)]++
		}
	}
	for name, n := range asked {
		s.askers[name] = n*5 >= said[name]*2
	}
}

// settle decides the part of a turn by what comes next: a presider asks if
// somebody else answers, and so does an asker who asks without a question mark.
func (s shape) settle(i int) part {
	p, t := s.parts[i], s.turns[i]
	asks := endsAsking(t.Text)
	switch {
	case p == partPresider && asks && s.answered(i) && !isHousekeeping(t.Text):
		return partAsker
	case p == partPresider:
		return partModerator
	case p == partNamed && s.askers[who(t)] && (asks || s.answered(i)):
		return partAsker
	case p == partAnonymous && asks:
		return partAsker
	case p == partNamed && givesFloor(t.Text):
		return partModerator
	}
	return p
}

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

// exchange is a question with what has been said to it so far.
type exchange struct {
	question int // index of the turn that asks; -1 for none
	answered bool
	closed   bool // a moderator has gone on since the answer
}

// roleOf gives the role of turn i in the exchange so far.
func (e *exchange) roleOf(s shape, i int) Role {
	switch {
	case s.parts[i] == partAsker:
		return RoleQuestion
	case s.parts[i] == partModerator:
		return RoleModerator
	case i == 0 && who(s.turns[0]) == "" && len(s.turns) > 1 && s.parts[1] == partAsker:
		return RoleNarration
	case e.question < 0, e.closed && !e.handedTo(s.turns, i), s.askers[who(s.turns[i])]:
		return RoleStatement
	}
	return RoleAnswer
}

// handedTo reports whether the moderator's turn before turn i asks its speaker
// by name to answer too.
func (e *exchange) handedTo(turns []Turn, i int) bool {
	if i == 0 || turns[i-1].Role != RoleModerator || !handsOn(turns[i-1].Text) {
		return false
	}
	for _, w := range strings.Fields(string(turns[i].Speaker)) {
		if len(w) > 2 && !isTitle(w) && strings.Contains(turns[i-1].Text, w) {
			return true
		}
	}
	return false
}

// follow moves the exchange past turn i, whose role is known, and gives an
// answer its question. A moderator may ask the panel, too, but not while another
// question is open.
func (e *exchange) follow(s shape, i int) {
	t := &s.turns[i]
	switch t.Role {
	case RoleQuestion:
		*e = exchange{question: i}
	case RoleModerator:
		if open := e.question >= 0 && !e.answered; !open && s.answered(i) && endsAsking(t.Text) && !isHousekeeping(t.Text) {
			*e = exchange{question: i}
		} else if e.answered {
			e.closed = true
		}
	case RoleAnswer:
		if e.question >= 0 && t.Answers == nil {
			question := e.question
			t.Answers = &question
		}
		e.answered = true
	case RoleStatement, RoleNarration:
	}
}

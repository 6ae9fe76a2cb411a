package transcript

import "strings"

// assignRoles gives each turn without a role its role, and each answer its
// question, by the shape of the conversation: what labels say of a turn's part
// comes first; where they name people only, whoever asks most is the asker.
func assignRoles(turns []Turn) {
	parts := partsOf(turns)
	if !anyAsker(parts) {
		inferAskers(turns, parts)
	}
	var e exchange
	e.question = -1
	for i := range turns {
		role := turns[i].Role
		if role == "" {
			role = e.roleOf(turns, parts, i)
		}
		turns[i].Role = role
		e.follow(turns, i)
	}
}

// partsOf reads each turn's part from its label, or from its speaker's name
// where the format has no labels.
func partsOf(turns []Turn) []part {
	parts := make([]part, len(turns))
	for i, t := range turns {
		name := t.Label
		if name == "" {
			name = t.Speaker
		}
		parts[i] = partOf(string(name))
	}
	return parts
}

func anyAsker(parts []part) bool {
	for _, p := range parts {
		if p == partAsker {
			return true
		}
	}
	return false
}

// inferAskers marks the turns that ask where no label says so: those that end
// with a question, and are said by somebody who mostly asks.
func inferAskers(turns []Turn, parts []part) {
	asked, said := map[Optional]int{}, map[Optional]int{}
	for i, t := range turns {
		said[who(t)]++
		if endsAsking(turns[i].Text) {
			asked[who(t)]++
		}
	}
	asker := func(t Turn) bool { return who(t) == "" || asked[who(t)]*5 >= said[who(t)]*2 }
	for i, t := range turns {
		answered := i+1 < len(turns) && who(turns[i+1]) != who(t) && !asker(turns[i+1])
		if parts[i] == partModerator || !asker(t) {
			continue
		}
		if endsAsking(t.Text) || answered && said[who(t)] > 1 {
			parts[i] = partAsker
		}
	}
}

// who identifies the bearer of a turn for the shape of the conversation.
func who(t Turn) Optional {
	if t.Speaker != "" {
		return t.Speaker
	}
	return t.Label
}

// exchange is a question with what has been said to it so far.
type exchange struct {
	question int // index of the turn that asks; -1 for none
	answered bool
	closed   bool // a moderator has gone on since the answer
}

// roleOf gives the role of turn i in the exchange so far.
func (e *exchange) roleOf(turns []Turn, parts []part, i int) Role {
	switch {
	case parts[i] == partAsker:
		return RoleQuestion
	case parts[i] == partModerator:
		return RoleModerator
	case parts[i] == partAnonymous && endsAsking(turns[i].Text):
		return RoleQuestion
	case e.question < 0 || e.closed && !e.handedTo(turns, i):
		return RoleStatement
	}
	return RoleAnswer
}

// handedTo reports whether the moderator's turn before turn i asks its speaker
// by name to answer too.
func (e *exchange) handedTo(turns []Turn, i int) bool {
	words := strings.Fields(string(turns[i].Speaker))
	if len(words) == 0 || i == 0 || turns[i-1].Role != RoleModerator || isClosing(turns[i-1].Text) {
		return false
	}
	for _, w := range words {
		if len(w) > 2 && !isTitle(w) && strings.Contains(turns[i-1].Text, w) {
			return true
		}
	}
	return false
}

// follow moves the exchange past turn i, whose role is known, and gives an
// answer its question.
func (e *exchange) follow(turns []Turn, i int) {
	switch turns[i].Role {
	case RoleQuestion:
		*e = exchange{question: i}
	case RoleModerator:
		if next := i + 1; next < len(turns) && endsAsking(turns[i].Text) && !isHousekeeping(turns[i].Text) {
			*e = exchange{question: i}
		} else if e.answered {
			e.closed = true
		}
	case RoleAnswer:
		if e.question >= 0 && turns[i].Answers == nil {
			question := e.question
			turns[i].Answers = &question
		}
		e.answered = true
	case RoleStatement, RoleNarration:
	}
}

// endsAsking reports whether a question stands at the end of a turn, courtesies
// and stage directions apart.
func endsAsking(text string) bool {
	tail := text[tailStart(text, 400):]
	for {
		tail = strings.TrimRight(tail, " \n\t\u00a0\"'”’)]*_")
		end := strings.LastIndexAny(tail, ".?!")
		if end < 0 {
			return false
		}
		if tail[end] == '?' && len(tail)-end < 40 {
			return true
		}
		last := tail[strings.LastIndexAny(tail[:end], ".?!")+1:]
		if !isCourtesy(last) {
			return false
		}
		tail = tail[:len(tail)-len(last)]
	}
}

// tailStart is the byte at which the last n bytes of text begin, at a character.
func tailStart(text string, n int) int {
	start := max(0, len(text)-n)
	for start < len(text) && start > 0 && text[start]&0xC0 == 0x80 {
		start++
	}
	return start
}

// isCourtesy recognises what people add to a question: Thank you. Please.
func isCourtesy(sentence string) bool {
	s := strings.ToLower(strings.Trim(sentence, " \n\t().[]!"))
	for _, start := range []string{"thank", "please", "go ahead", "laughter", "inaudible", "applause", "off-mic", "crosstalk", "cross-talk"} {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	return s == ""
}

// isHousekeeping recognises a moderator's questions about the event itself.
func isHousekeeping(text string) bool {
	lower := strings.ToLower(text[tailStart(text, 200):])
	for _, phrase := range []string{"questions?", "question?", "anyone else?", "anybody else?", "hear me?", "anything else?", "ready?"} {
		if strings.Contains(lower, phrase) {
			return true
		}
	}
	return false
}

// isClosing recognises the words that end an event.
func isClosing(text string) bool {
	lower := strings.ToLower(text)
	for _, phrase := range []string{"conclude", "adjourn", "thank you all", "that's all the time", "that’s all the time"} {
		if strings.Contains(lower, phrase) {
			return true
		}
	}
	return false
}

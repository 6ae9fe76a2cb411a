// Package roles gives turns their roles, and answers their questions. What a label says
// comes first; where labels name people only, the shape of the conversation shows who
// asks, who answers and who presides.
package roles

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Assign gives each turn without a role its role, and each answer its
// question, by the shape of the conversation.
func Assign(turns []model.Turn, labels labels.Reader, presiding []string) {
	s := readShape(turns, labels, presiding)
	e := exchange{question: -1}
	for i := range turns {
		if turns[i].Role == "" {
			turns[i].Role = e.roleOf(s, i)
		}
		e.follow(s, i)
	}
}

// exchange is a question with what has been said to it so far.
type exchange struct {
	question int // index of the turn that asks; -1 for none
	answered bool
	closed   bool // a moderator has gone on since the answer
}

// roleOf gives the role of turn i in the exchange so far.
func (e *exchange) roleOf(s shape, i int) model.Role {
	switch {
	case s.parts[i] == labels.PartAsker:
		return model.RoleQuestion
	case s.parts[i] == labels.PartModerator:
		return model.RoleModerator
	case i == 0 && s.turns[0].Bearer() == "" && len(s.turns) > 1 && s.parts[1] == labels.PartAsker:
		return model.RoleNarration
	case e.question < 0, e.closed && !e.handedTo(s.turns, i), s.askers[s.turns[i].Bearer()], e.takesLeave(s.turns, i):
		return model.RoleStatement
	}
	return model.RoleAnswer
}

// handedTo reports whether the moderator's turn before turn i asks its speaker
// by name to answer too.
func (e *exchange) handedTo(turns []model.Turn, i int) bool {
	if i == 0 || turns[i-1].Role != model.RoleModerator || !handsOn(turns[i-1].Text) {
		return false
	}
	for _, w := range strings.Fields(string(turns[i].Speaker)) {
		if len(w) > 2 && !lexicon.IsTitle(w) && strings.Contains(turns[i-1].Text, w) {
			return true
		}
	}
	return false
}

// takesLeave reports whether turn i answers nothing: the question has had its
// answer, or broke off, and only thanks or the closing words follow.
func (e *exchange) takesLeave(turns []model.Turn, i int) bool {
	if !e.answered && !breaksOff(turns[e.question].Text) {
		return false
	}
	text := turns[i].Text
	if isThanks(text) {
		return true
	}
	return i+1 == len(turns) && takesLeave(text)
}

// isThanks reports whether a turn is a few words of thanks.
func isThanks(text string) bool {
	return letters.WordCount(text, thanksWords) <= thanksWords && strings.Contains(strings.ToLower(text), "thank")
}

const thanksWords = 10 // that thanks have at most

// takesLeave recognises the last words of an event.
func takesLeave(text string) bool {
	return letters.ContainsAny(strings.ToLower(letters.Tail(text, 300)), farewells...)
}

var farewells = lexicon.Phrases("farewells")

// breaksOff reports whether a turn was interrupted after a few words: "Jane, what —"
func breaksOff(text string) bool {
	text = strings.TrimSpace(text)
	return letters.WordCount(text, 8) <= 8 && (strings.HasSuffix(text, "—") || strings.HasSuffix(text, "–") || strings.HasSuffix(text, "--"))
}

// follow moves the exchange past turn i, whose role is known, and gives an
// answer its question. A moderator may ask the panel, too, but not while another
// question is open.
func (e *exchange) follow(s shape, i int) {
	t := &s.turns[i]
	switch t.Role {
	case model.RoleQuestion:
		if e.question < 0 && isGreeting(t.Text) {
			break
		}
		*e = exchange{question: i}
	case model.RoleModerator:
		if open := e.question >= 0 && !e.answered; !open && s.opensExchange(i) {
			*e = exchange{question: i}
		} else if e.answered {
			e.closed = true
		}
	case model.RoleAnswer:
		if e.question >= 0 && t.Answers == nil {
			question := e.question
			t.Answers = &question
		}
		e.answered = true
	case model.RoleStatement, model.RoleNarration:
	}
}

// opensExchange reports whether a moderator's turn asks for an answer.
func (s shape) opensExchange(i int) bool {
	if s.talk || !s.answered(i) {
		return false
	}
	return s.givesWord(i) || sentence.EndsAsking(s.turns[i].Text) && !isHousekeeping(s.turns[i].Text)
}

// isGreeting reports whether a turn is courtesies only: "Good afternoon."
func isGreeting(text string) bool {
	r := names.NewReader(letters.Head(text, 60))
	return r.TakeCourtesies() && r.Done() && len(text) < 60 && !strings.Contains(text, "?")
}

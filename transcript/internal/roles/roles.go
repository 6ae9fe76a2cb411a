// Package roles gives each turn its role, and each answer its question. What a label says of
// its part comes first; where labels name people only, the conversation as a whole shows who
// asks, who answers and who presides. The turns are gone over twice: first to find the part
// of each, then to follow which question each of them answers.
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

// Assign gives each turn that has no role its role, and each answer its question. The reader
// has read the labels of the turns; presiding are the people who are known to conduct the
// event.
func Assign(turns []model.Turn, reader labels.Reader, presiding []string) {
	c := readConversation(turns, reader, presiding)
	e := exchange{question: -1}
	for i := range turns {
		if turns[i].Role == "" {
			turns[i].Role = e.roleOf(c, i)
		}
		e.follow(c, i)
	}
}

// exchange is a question with what has been said in reply so far.
type exchange struct {
	question int  // index of the turn that asks; -1 before the first question
	answered bool // some turn has answered it
	closed   bool // a moderator has gone on since the answer
}

// roleOf gives the role of turn i in the exchange so far.
func (e *exchange) roleOf(c conversation, i int) model.Role {
	switch {
	case c.parts[i] == labels.PartAsker:
		return model.RoleQuestion
	case c.parts[i] == labels.PartModerator:
		return model.RoleModerator
	case i == 0 && c.turns[0].Bearer() == "" && c.turns[0].StartMS == nil && len(c.turns) > 1 && c.parts[1] == labels.PartAsker:
		return model.RoleNarration
	case e.question < 0, e.closed && !e.handedTo(c.turns, i), c.askers[c.turns[i].Bearer()], e.takesLeave(c.turns, i):
		return model.RoleStatement
	}
	return model.RoleAnswer
}

// handedTo reports whether the moderator's turn before turn i asks its speaker by name to
// answer, too.
func (e *exchange) handedTo(turns []model.Turn, i int) bool {
	if i == 0 || turns[i-1].Role != model.RoleModerator || !handsOn(turns[i-1].Text) {
		return false
	}
	return isNamedIn(turns[i], turns[i-1].Text)
}

// isNamedIn reports whether a text has a name of the speaker of a turn.
func isNamedIn(t model.Turn, text string) bool {
	for _, w := range strings.Fields(string(t.Speaker)) {
		if len(w) >= shortestName && !lexicon.IsTitle(w) && strings.Contains(text, w) {
			return true
		}
	}
	return false
}

const shortestName = 3 // bytes of a name that can be looked for in a text

// takesLeave reports whether turn i answers nothing: the question has had its answer, or broke
// off, and only thanks or the closing words of the event follow.
func (e *exchange) takesLeave(turns []model.Turn, i int) bool {
	if !e.answered && !breaksOff(turns[e.question].Text) {
		return false
	}
	text := turns[i].Text
	if isThanks(text) {
		return true
	}
	return i+1 == len(turns) && isFarewell(text)
}

// isThanks reports whether a turn is a few words of thanks.
func isThanks(text string) bool {
	return letters.WordCount(text, thanksWords) <= thanksWords && strings.Contains(strings.ToLower(text), "thank")
}

const thanksWords = 10 // of a turn that is no more than thanks, at most

// isFarewell reports whether a turn ends with the closing words of an event.
func isFarewell(text string) bool {
	return letters.ContainsAny(strings.ToLower(letters.Tail(text, farewellTail)), farewells...)
}

const farewellTail = 300 // bytes of a turn's end in which it takes leave

var farewells = lexicon.Phrases("farewells")

const brokenWords = 8 // of a turn that was interrupted before it said anything, at most

// breaksOff reports whether a turn was interrupted after a few words: "Jane, what —"
func breaksOff(text string) bool {
	text = strings.TrimSpace(text)
	return letters.WordCount(text, brokenWords) <= brokenWords && (strings.HasSuffix(text, "—") || strings.HasSuffix(text, "–") || strings.HasSuffix(text, "--"))
}

// follow records turn i, whose role is known, as part of the current question and answer,
// and gives an answer its question. A moderator may ask the panel, too, but not while another question is open.
func (e *exchange) follow(c conversation, i int) {
	t := &c.turns[i]
	switch t.Role {
	case model.RoleQuestion:
		if e.question < 0 && isGreeting(t.Text) {
			break
		}
		*e = exchange{question: i}
	case model.RoleModerator:
		if open := e.question >= 0 && !e.answered; !open && c.opensExchange(i) {
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
func (c conversation) opensExchange(i int) bool {
	if c.noAnswers || !c.answered(i) {
		return false
	}
	return c.givesWord(i) || sentence.EndsAsking(c.turns[i].Text) && !isHousekeeping(c.turns[i].Text)
}

// isGreeting reports whether a turn consists of courtesies: "Good afternoon."
func isGreeting(text string) bool {
	r := names.NewReader(letters.Head(text, longestGreeting))
	return r.TakeCourtesies() && r.Done() && len(text) < longestGreeting && !strings.Contains(text, "?")
}

const longestGreeting = 60 // bytes

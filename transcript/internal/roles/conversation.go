package roles

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/asking"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// conversation is the turns of a transcript with who does what in them.
type conversation struct {
	turns      []model.Turn
	parts      []labels.Part           // of the turns: first what the labels say, then what they do
	askers     map[model.Optional]bool // people who mostly ask, where labels do not say so, by model.Turn.Bearer
	hosts      map[model.Optional]bool // people who conduct it, where labels do not say so, likewise
	firstAsked int                     // index of the turn that asks first, of the askers'
	noAnswers  bool                    // nobody answers anybody: a speech, a debate, a meeting
}

// readConversation finds the part of each turn. What its label says comes first; where labels
// name people only, how people speak shows it. Presiding are the people whom the front
// matter names as chair, host or moderator.
func readConversation(turns []model.Turn, reader labels.Reader, presiding []string) conversation {
	c := conversation{turns: turns, parts: make([]labels.Part, len(turns)), askers: map[model.Optional]bool{}, hosts: map[model.Optional]bool{}}
	for i, t := range turns {
		l := reader.Of(t)
		if c.parts[i] = l.Part; l.Part == labels.PartAnonymous && l.Numbered && !audienceLabels[l.First()] {
			c.parts[i] = labels.PartNamed // Speaker 2: one person, whoever it is
		}
	}
	c.findHosts(presiding)
	switch {
	case c.isExamination(reader):
		readExamination(c, reader).seat()
		return c
	case c.isCourt(reader):
		c.seatBench(reader)
		return c
	case c.isLabelled():
	case c.isSpeech():
		c.noAnswers = true
	default:
		c.findAskers()
		c.noAnswers = len(c.askers) == 0 && !c.isLedByQuestions()
	}
	if c.noAnswers {
		c.keepModerators()
		return c
	}
	c.firstAsked = c.findFirstAsked()
	settled := make([]labels.Part, len(turns))
	for i := range turns {
		settled[i] = c.settle(i)
	}
	c.parts = settled
	return c
}

// audienceLabels are words of labels for people who are there to ask: a number behind one
// does not make it one person.
var audienceLabels = lexicon.Words("labels of an audience")

// isLabelled reports whether labels, or roles that are known, say who asks.
func (c conversation) isLabelled() bool {
	for i, p := range c.parts {
		if p == labels.PartAsker || c.turns[i].Role == model.RoleQuestion {
			return true
		}
	}
	return false
}

const speechShare = 85 // percent of all bytes that are one person's words in a speech

// isSpeech reports whether nearly all words are one person's. Two turns of two people may be
// a short question and a long answer, though.
func (c conversation) isSpeech() bool {
	words, total := map[model.Optional]int{}, 0
	for _, t := range c.turns {
		words[t.Bearer()] += len(t.Text)
		total += len(t.Text)
	}
	for _, n := range words {
		if 100*n >= speechShare*total {
			return len(c.turns) != 2 || len(words) == 1
		}
	}
	return false
}

// keepModerators gives parts to a conversation in which nobody answers anybody: those who
// conduct it are its moderators, and all others just speak.
func (c conversation) keepModerators() {
	for i, p := range c.parts {
		switch {
		case p == labels.PartPresider:
			c.parts[i] = labels.PartModerator
		case p != labels.PartModerator:
			c.parts[i] = labels.PartNamed
		}
	}
}

// settle decides the part of turn i by what comes next: somebody who presides asks if
// somebody else answers, and so does an asker who asks without a question mark.
func (c conversation) settle(i int) labels.Part {
	p, t := c.parts[i], c.turns[i]
	asks := sentence.EndsAsking(t.Text)
	switch {
	case p == labels.PartNamed && c.atEdge(i) && presides(t.Text):
		return labels.PartModerator
	case p == labels.PartPresider && asks && c.answered(i) && !isHousekeeping(t.Text) && !c.givesWord(i):
		return labels.PartAsker
	case p == labels.PartPresider && !c.interviews(i):
		return labels.PartModerator
	case p != labels.PartModerator && p != labels.PartAnswerer && c.askers[t.Bearer()] && (asks || c.answered(i) && c.hasAsked(i) && !isGreeting(t.Text) && !c.repliesToAsker(i)):
		return labels.PartAsker
	case p == labels.PartNamed && asks && i > 0 && c.parts[i-1].Conducts() && callsFloor(c.turns[i-1].Text):
		return labels.PartAsker
	case p == labels.PartAnonymous && asks:
		return labels.PartAsker
	case p == labels.PartNamed && givesFloor(t.Text):
		return labels.PartModerator
	}
	return p
}

// interviews reports whether the host who speaks in turn i mostly asks, so that a turn which
// is answered is a question, with or without its mark.
func (c conversation) interviews(i int) bool {
	return c.hosts[c.turns[i].Bearer()] && c.askers[c.turns[i].Bearer()] && c.answered(i) && !isHousekeeping(c.turns[i].Text) && !callsFloor(c.turns[i].Text) && !c.givesWord(i)
}

// hasAsked reports whether an asker's turn i, which has no question mark, may be a question:
// one was asked before it, it is long, or a moderator has called for it. A short courtesy
// before the first real question is not yet a question.
func (c conversation) hasAsked(i int) bool {
	if letters.WordCount(c.turns[i].Text, openingWords) > openingWords || i > 0 && c.parts[i-1] == labels.PartModerator {
		return true
	}
	return c.firstAsked < i
}

// repliesToAsker reports whether an asker's turn i, which has no question mark, stands right behind another asker's
// question and asks nothing: a second witness answers it, or the other side objects.
func (c conversation) repliesToAsker(i int) bool {
	if i == 0 || !c.askers[c.turns[i-1].Bearer()] || !c.asks(i-1) || strings.Contains(c.turns[i].Text, "?") {
		return false
	}
	return asking.Score(c.turns[i].Text, c.turns[i+1].Text) == 0
}

// findFirstAsked is the index of the first turn in which an asker asks; that behind the last
// turn if there is none.
func (c conversation) findFirstAsked() int {
	for i, t := range c.turns {
		if c.askers[t.Bearer()] && sentence.EndsAsking(t.Text) {
			return i
		}
	}
	return len(c.turns)
}

const openingWords = 20 // of thanks before the first question, at most

// atEdge reports whether turn i is among the first or the last.
func (c conversation) atEdge(i int) bool { return i < 2 || i+3 > len(c.turns) }

// presides reports whether a turn opens or closes a meeting with one of the formulas for it.
func presides(text string) bool {
	return letters.ContainsAny(strings.ToLower(letters.Head(text, presidingStart)), presidings...)
}

const presidingStart = 400 // bytes of a turn's start in which it opens or closes a meeting

var presidings = lexicon.Phrases("openings and closings of meetings")

// answered reports whether a turn of somebody else follows turn i who neither asks nor
// presides.
func (c conversation) answered(i int) bool {
	if i+1 >= len(c.turns) {
		return false
	}
	next := c.turns[i+1]
	p := c.parts[i+1]
	return (p == labels.PartNamed || p == labels.PartAnswerer) && next.Bearer() != c.turns[i].Bearer() && !c.askers[next.Bearer()]
}

// asks reports whether turn i ends with a question, not about the event itself, and somebody
// else's turn follows.
func (c conversation) asks(i int) bool {
	return i+1 < len(c.turns) && c.turns[i+1].Bearer() != c.turns[i].Bearer() && sentence.EndsAsking(c.turns[i].Text) && !isHousekeeping(c.turns[i].Text)
}

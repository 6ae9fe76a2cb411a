package roles

import (
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/model"
)

// isExamination reports whether a witness is examined, as in a trial, a deposition or a hearing:
// a label is the witness's, and none shows who asks.
func (c conversation) isExamination(reader labels.Reader) bool {
	for _, l := range reader {
		if isWitness(l) {
			return !c.isLabelled()
		}
	}
	return false
}

// isWitness reports whether a label is the witness's: THE WITNESS.
func isWitness(l *labels.Label) bool { return len(l.Words) == 1 && witnesses[l.Words[0]] }

var witnesses = lexicon.Words("labels of witnesses")

// examination is a conversation in which a witness is examined.
type examination struct {
	conversation
	testifies []bool                  // which turns are the witness's
	presiding map[model.Optional]bool // the judge or the chair
	examining map[model.Optional]bool // whom the witness answers
	heard     map[model.Optional]bool // who else is heard than the witness
	mostlyAsk bool                    // those who preside
}

// readExamination finds who has which part in an examination.
func readExamination(c conversation, reader labels.Reader) examination {
	x := examination{c, make([]bool, len(c.turns)), map[model.Optional]bool{}, map[model.Optional]bool{}, map[model.Optional]bool{}, false}
	var presiding tally
	for i, t := range c.turns {
		l := reader.Of(t)
		switch x.testifies[i] = isWitness(l); {
		case x.testifies[i] && i > 0:
			x.examining[c.turns[i-1].Bearer()] = true
		case c.parts[i].Conducts() || isJudge(l):
			x.presiding[t.Bearer()] = true
			presiding = presiding.plus(c.tallyOf(i))
		}
	}
	x.mostlyAsk = presiding.asksAtLeast(examinerShare)
	for i := range c.turns {
		if x.isHeardFrom(i) {
			x.heard[c.turns[i].Bearer()] = true
		}
	}
	return x
}

// isHeardFrom reports whether turn i is that of somebody whom those who preside ask by name and
// who never examines the witness.
func (x examination) isHeardFrom(i int) bool {
	who := x.turns[i].Bearer()
	return i > 0 && !x.testifies[i] && !x.presiding[who] && !x.examining[who] &&
		x.presiding[x.turns[i-1].Bearer()] && x.asks(i-1) && isNamedIn(x.turns[i], x.turns[i-1].Text)
}

// seat gives turns the parts of an examination: whatever the witness answers is a question, with
// or without its mark, and what counsel say otherwise, such as an objection, is none. Those who
// preside may ask as well.
func (x examination) seat() {
	for i, t := range x.turns {
		switch {
		case x.testifies[i]:
			x.parts[i] = labels.PartAnswerer
			continue
		case x.heard[t.Bearer()]:
			x.parts[i] = labels.PartNamed
			continue
		case x.presiding[t.Bearer()] && !x.presiderAsks(i):
			x.parts[i] = labels.PartModerator
		case x.isAnswered(i) || x.isInterrupted(i):
			x.parts[i] = labels.PartAsker
		}
		x.askers[t.Bearer()] = true
	}
}

// isAnswered reports whether the witness, or somebody else who is heard, speaks after turn i.
func (x examination) isAnswered(i int) bool {
	return i+1 < len(x.turns) && (x.testifies[i+1] || x.heard[x.turns[i+1].Bearer()])
}

// isInterrupted reports whether the witness answers the question of turn i only after somebody's
// objection and the ruling. A question that those who preside reply to was theirs to answer.
func (x examination) isInterrupted(i int) bool {
	if !x.asks(i) || x.presiding[x.turns[i+1].Bearer()] {
		return false
	}
	for j := i + 1; j < len(x.turns) && j <= i+longestObjection && !x.asks(j) && x.turns[j].Bearer() != x.turns[i].Bearer(); j++ {
		if x.isAnswered(j) {
			return true
		}
	}
	return false
}

const longestObjection = 4 // turns between a question and its answer, at most

// presiderAsks reports whether a turn of those who preside is a question, rather than one that
// opens or closes the hearing, rules or gives the floor. Without its mark it is one only if they
// mostly ask.
func (x examination) presiderAsks(i int) bool {
	return x.isAnswered(i) && (x.asks(i) || x.mostlyAsk && i > 0 && !conductsIn(x.turns[i].Text))
}

// conductsIn reports whether a turn of somebody who presides opens or closes the hearing, or
// gives the floor.
func conductsIn(text string) bool { return presides(text) || callsOn(text) || isHousekeeping(text) }

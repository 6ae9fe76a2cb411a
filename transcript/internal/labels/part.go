package labels

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Part is what a label alone says of its bearer's part in the conversation. The role of a
// turn is decided from all of the conversation.
type Part int

// The parts of labels.
const (
	PartNamed     Part = iota // MR. ROE: a person, of whose part the label says nothing
	PartAsker                 // QUESTION, Q: somebody who asks, perhaps somebody else each time
	PartAnswerer              // ANSWER, A: whoever answers
	PartModerator             // MODERATOR, OPERATOR, THE CHAIR: whoever conducts the event
	PartPresider              // CHAIR ROE: a person who conducts the event
	PartAnonymous             // PARTICIPANT, AUDIENCE MEMBER: somebody, asking or not
)

// IsPerson reports whether a label of this part stands for one person.
func (p Part) IsPerson() bool { return p == PartNamed || p == PartPresider }

// Conducts reports whether whoever has a label of this part conducts the event.
func (p Part) Conducts() bool { return p == PartModerator || p == PartPresider }

// IsUnnamed reports whether each turn under a label of this part may be another's.
func (p Part) IsUnnamed() bool { return p == PartAsker || p == PartAnonymous }

// partOf reads the part from the words of a label: Q, THE MODERATOR, AUDIENCE MEMBER 2.
func partOf(text string) Part {
	words := Words(text)
	switch {
	case len(words) == 0:
		return PartNamed
	case letters.All(words, askerLabels):
		return PartAsker
	case len(words) == 1 && answererLabels[words[0]]:
		return PartAnswerer
	case len(words) == 1 && moderatorLabels[words[0]], strings.EqualFold(text, "the speaker"):
		return PartModerator
	case letters.All(words, anonymousLabels):
		return PartAnonymous
	case presiderLabels[words[0]],
		len(words) > 1 && words[0] == "vice" && presiderLabels[words[1]],
		len(words) > 1 && words[0] == "acting" && words[1] == "president":
		return PartPresider
	}
	return PartNamed
}

var (
	askerLabels     = lexicon.Words("labels of askers")
	answererLabels  = lexicon.Words("labels of answerers")
	moderatorLabels = lexicon.Words("labels of moderators")
	presiderLabels  = lexicon.Words("labels of presiders")
	anonymousLabels = lexicon.Words("labels of nobody in particular")
)

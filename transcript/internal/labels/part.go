package labels

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Part is what a label says of its bearer's part in the conversation.
type Part int

const (
	PartNamed     Part = iota // a person; the part shows in the conversation
	PartAsker                 // QUESTION, Q: somebody, perhaps somebody else each time
	PartAnswerer              // ANSWER, A
	PartModerator             // MODERATOR, OPERATOR, THE CHAIR
	PartPresider              // CHAIR ROE: a person who conducts the event
	PartAnonymous             // PARTICIPANT, AUDIENCE MEMBER: somebody, asking or not
)

// IsPerson reports whether a label of this part stands for one person.
func (p Part) IsPerson() bool { return p == PartNamed || p == PartPresider }

// IsUnnamed reports whether each turn under such a label may be another's.
func (p Part) IsUnnamed() bool { return p == PartAsker || p == PartAnonymous }

// partOf reads the part from a label: Q, THE MODERATOR, AUDIENCE MEMBER 2.
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
	case presiderLabels[words[0]], len(words) > 1 && words[0] == "vice" && presiderLabels[words[1]], len(words) > 1 && words[0] == "acting" && words[1] == "president":
		return PartPresider
	}
	return PartNamed
}

var (
	askerLabels = lexicon.Words("labels of askers")

	answererLabels = lexicon.Words("labels of answerers")

	moderatorLabels = lexicon.Words("labels of moderators")

	presiderLabels = lexicon.Words("labels of presiders")

	anonymousLabels = lexicon.Words("labels of nobody in particular")

	// FunctionLabels are people by what they do; in capitals they need no proof.
	FunctionLabels = lexicon.Words("labels by function")

	// EverydayParts begin sentences too: "Question: is it safe?"
	EverydayParts = lexicon.Words("labels that are everyday words")

	// CastFields tell who has a part, and which, when they head lines of a title
	// block.
	CastFields = castFields()

	// FieldLabels head lines of a title block, or remarks of an editor.
	FieldLabels = lexicon.Words("fields")

	// ProseLabels begin sentences with a colon; none is a person.
	ProseLabels = lexicon.Words("words before colons")
)

func castFields() map[string]string {
	parts := map[string]string{}
	for _, row := range lexicon.Rows("cast") {
		for _, field := range row[1:] {
			parts[field] = row[0]
		}
	}
	return parts
}

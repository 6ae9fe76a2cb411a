package labels

import (
	"strings"

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

var (
	askerLabels = letters.WordSet(`q question questioner reporter journalist press media interviewer questions pregunta pergunta domanda frage vraag question periodista journaliste giornalista 问 記者 记者`)

	answererLabels = letters.WordSet(`a answer interviewee respuesta resposta risposta réponse antwort antwoord 答`)

	moderatorLabels = letters.WordSet(`moderator operator host facilitator chair chairman chairwoman chairperson presider emcee mc anchor
		coordinator announcer introducer`)

	presiderLabels = letters.WordSet(`chair chairman chairwoman chairperson moderator host facilitator`)

	anonymousLabels = letters.WordSet(`participant audience attendee unidentified unknown voice voices member members male female
		man woman speaker crowd all several various caller hon honourable`)

	// FunctionLabels are people by what they do; in capitals they need no proof.
	FunctionLabels = letters.WordSet(`interpreter translator clerk witness court bailiff counsel juror defendant plaintiff foreperson
		narrator stenographer petitioner respondent examiner`)

	// EverydayParts begin sentences too: "Question: is it safe?"
	EverydayParts = letters.WordSet(`question answer questions press media chair host speaker member members man woman voice voices
		all several various male female a`)

	// CastFields tell who has a part, and which, when they head lines of a title
	// block.
	CastFields = map[string]string{"speaker": "speaker", "speakers": "speaker", "participants": "participant",
		"panelists": "panelist", "panellists": "panelist", "witness": "witness", "witnesses": "witness", "members": "member",
		"members present": "member", "guest": "guest", "guests": "guest", "attendees": "attendee", "present": "member",
		"presenter": "presenter", "presenters": "presenter", "interviewer": "interviewer", "interviewers": "interviewer", "interviewee": "interviewee", "interviewees": "interviewee",
		"moderator": "moderator", "moderators": "moderator", "host": "host", "hosts": "host", "presiding": "chair",
		"chair": "chair", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
		"briefer": "briefer", "briefers": "briefer"}

	// FieldLabels head lines of a title block, or remarks of an editor.
	FieldLabels = letters.WordSet(`agenda attachment attendees bcc briefer briefers byline category cc citation contact contacts copyright
		credit date dateline duration email embargo embargoed event fax from keywords language link location media mp3
		note notes page participants phone photo place posted present presenters published re recorded ref reference sub
		related sent session slug source speakers subject summary tags tel telephone time title to topic topics transcriber
		transcript translation translator tweet updated url venue via video webcast website what when where who why
		witnesses panelists panel length`)

	// ProseLabels begin sentences with a colon; none is a person.
	ProseLabels = letters.WordSet(`again also and another because but consider example examples fact finally first firstly fourth fifth
		further here hence however imagine important last lastly look next no now number one or other point quote remember
		result second secondly similarly so still sum that then think third thirdly this three thus today two update warning
		well yes yet correction clarification conclusion background overview introduction english`)
)

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

// IsPerson reports whether a label of this part stands for one person.
func (p Part) IsPerson() bool { return p == PartNamed || p == PartPresider }

// IsUnnamed reports whether each turn under such a label may be another's.
func (p Part) IsUnnamed() bool { return p == PartAsker || p == PartAnonymous }

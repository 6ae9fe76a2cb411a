package transcript

import "strings"

// part is what a label says of its bearer's part in the conversation.
type part int

const (
	partNamed     part = iota // a person; the part shows in the conversation
	partAsker                 // QUESTION, Q: somebody, perhaps somebody else each time
	partAnswerer              // ANSWER, A
	partModerator             // MODERATOR, OPERATOR, THE CHAIR
	partPresider              // CHAIR ROE: a person who conducts the event
	partAnonymous             // PARTICIPANT, AUDIENCE MEMBER: somebody, asking or not
)

var (
	askerLabels = wordSet(`q question questioner reporter journalist press media interviewer questions pregunta pergunta domanda frage vraag question periodista journaliste giornalista 问 記者 记者`)

	answererLabels = wordSet(`a answer interviewee respuesta resposta risposta réponse antwort antwoord 答`)

	moderatorLabels = wordSet(`moderator operator host facilitator chair chairman chairwoman chairperson presider emcee mc anchor
		coordinator announcer introducer`)

	presiderLabels = wordSet(`chair chairman chairwoman chairperson moderator host facilitator`)

	anonymousLabels = wordSet(`participant audience attendee unidentified unknown voice voices member members male female
		man woman speaker crowd all several various caller hon honourable`)

	// functionLabels are people by what they do; in capitals they need no proof.
	functionLabels = wordSet(`interpreter translator clerk witness court bailiff counsel juror defendant plaintiff foreperson
		narrator stenographer petitioner respondent examiner`)

	// everydayParts begin sentences too: "Question: is it safe?"
	everydayParts = wordSet(`question answer questions press media chair host speaker member members man woman voice voices
		all several various male female a`)

	// castFields tell who has a part, and which, when they head lines of a title
	// block.
	castFields = map[string]string{"speaker": "speaker", "speakers": "speaker", "participants": "participant",
		"panelists": "panelist", "panellists": "panelist", "witness": "witness", "witnesses": "witness", "members": "member",
		"members present": "member", "guest": "guest", "guests": "guest", "attendees": "attendee", "present": "member",
		"presenter": "presenter", "presenters": "presenter", "interviewer": "interviewer", "interviewers": "interviewer", "interviewee": "interviewee", "interviewees": "interviewee",
		"moderator": "moderator", "moderators": "moderator", "host": "host", "hosts": "host", "presiding": "chair",
		"chair": "chair", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
		"briefer": "briefer", "briefers": "briefer"}

	// fieldLabels head lines of a title block, or remarks of an editor.
	fieldLabels = wordSet(`agenda attachment attendees bcc briefer briefers byline category cc citation contact contacts copyright
		credit date dateline duration email embargo embargoed event fax from keywords language link location media mp3
		note notes page participants phone photo place posted present presenters published re recorded ref reference sub
		related sent session slug source speakers subject summary tags tel telephone time title to topic topics transcriber
		transcript translation translator tweet updated url venue via video webcast website what when where who why
		witnesses panelists panel length`)

	// proseLabels begin sentences with a colon; none is a person.
	proseLabels = wordSet(`again also and another because but consider example examples fact finally first firstly fourth fifth
		further here hence however imagine important last lastly look next no now number one or other point quote remember
		result second secondly similarly so still sum that then think third thirdly this three thus today two update warning
		well yes yet correction clarification conclusion background overview introduction english`)
)

// partOf reads the part from a label: Q, THE MODERATOR, AUDIENCE MEMBER 2.
func partOf(text string) part {
	words := labelWords(text)
	switch {
	case len(words) == 0:
		return partNamed
	case all(words, askerLabels):
		return partAsker
	case len(words) == 1 && answererLabels[words[0]]:
		return partAnswerer
	case len(words) == 1 && moderatorLabels[words[0]], strings.EqualFold(text, "the speaker"):
		return partModerator
	case all(words, anonymousLabels):
		return partAnonymous
	case presiderLabels[words[0]], len(words) > 1 && words[0] == "vice" && presiderLabels[words[1]], len(words) > 1 && words[0] == "acting" && words[1] == "president":
		return partPresider
	}
	return partNamed
}

// isPerson reports whether a label of this part stands for one person.
func (p part) isPerson() bool { return p == partNamed || p == partPresider }

// isUnnamed reports whether each turn under such a label may be another's.
func (p part) isUnnamed() bool { return p == partAsker || p == partAnonymous }

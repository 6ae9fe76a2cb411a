// Package transcript turns the file of an interview, a press briefing, a
// hearing or a meeting into turns: who said what, in which role, at which place
// of the text.
//
// It is pure: bytes in, values out. Parse recognises the format, a parser of
// that format divides the text into turns, and passes shared by all formats
// name the people and give the roles. Sentences divides a turn into the units
// that may be quoted.
//
// # Offsets
//
// A transcript has one canonical text. Every offset counts Unicode code points
// in it, start inclusive, end exclusive, and for each turn Text[Start:End] is
// the turn's text to the letter. Whatever is quoted later is a span of that
// text, which is what makes a quotation verifiable.
package transcript

import "fmt"

// Role is the part that a turn plays in the conversation.
type Role string

const (
	RoleQuestion  Role = "question"  // asks
	RoleAnswer    Role = "answer"    // answers the question turn in Turn.Answers
	RoleStatement Role = "statement" // says something unasked: opening remarks, testimony
	RoleModerator Role = "moderator" // conducts the event, gives the floor
	RoleNarration Role = "narration" // the publication's own words: an introduction, a note
)

// Roles lists every role, in the order of their definition.
var Roles = []Role{RoleQuestion, RoleAnswer, RoleStatement, RoleModerator, RoleNarration}

// Transcript is one interview, briefing, hearing, meeting or call.
// Optional fields are empty where the document does not say.
type Transcript struct {
	Title    Optional  `json:"title"`
	Date     Optional  `json:"date"` // of the event, ISO 8601: 2011-10-18
	Place    Optional  `json:"place"`
	Format   string    `json:"format"`   // the name of the format that was read
	Language Optional  `json:"language"` // BCP 47: en
	Speakers []Speaker `json:"speakers"` // in order of first appearance
	Text     string    `json:"text"`     // canonical: UTF-8, \n lines, boilerplate kept
	Turns    []Turn    `json:"turns"`    // ordered and disjoint
	Warnings []string  `json:"warnings"` // what a reader should know of doubts in the reading
}

// Speaker is a person of a transcript, with every label that stands for them.
type Speaker struct {
	Name        string   `json:"name"`
	Affiliation Optional `json:"affiliation"`
	Labels      []string `json:"labels"` // as printed, without the colon: MR. ROE
}

// Turn is what one speaker says at a stretch.
type Turn struct {
	Index       int      `json:"index"` // position in Transcript.Turns
	Label       Optional `json:"label"` // as printed, without the colon
	Speaker     Optional `json:"speaker"`
	Affiliation Optional `json:"affiliation"`
	Role        Role     `json:"role"`
	Answers     *int     `json:"answers"` // index of the turn that an answer answers: a question, or a moderator who asks
	Start       int      `json:"start"`   // code points in Transcript.Text
	End         int      `json:"end"`
	Text        string   `json:"text"`
	StartMS     *int64   `json:"start_ms"` // milliseconds into the recording, where the source has times
	EndMS       *int64   `json:"end_ms"`
}

func (r Role) valid() bool {
	for _, role := range Roles {
		if r == role {
			return true
		}
	}
	return false
}

// warn notes a doubt that a reader should know of.
func (t *Transcript) warn(format string, args ...any) {
	t.Warnings = append(t.Warnings, fmt.Sprintf(format, args...))
}

// who identifies the bearer of a turn.
func who(t Turn) Optional {
	return Optional(firstOf(string(t.Speaker), string(t.Label)))
}

// Sentences divides the turn; the spans are offsets in the canonical text.
func (t Turn) Sentences() []Span {
	spans := Sentences(t.Text)
	for i := range spans {
		spans[i].Start += t.Start
		spans[i].End += t.Start
	}
	return spans
}

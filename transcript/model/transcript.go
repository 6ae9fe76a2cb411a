// Package model is what a transcript is: its canonical text, the turns that stand in
// it, and the people who speak them. All that reads, stores, searches and quotes
// transcripts shares these values, and depends on nothing that parses.
//
// # Offsets
//
// A transcript has one canonical text. Every offset counts Unicode code points
// in it, start inclusive, end exclusive, and for each turn Text[Start:End] is
// the turn's text to the letter. Whatever is quoted later is a span of that
// text, which is what makes a quotation verifiable.
package model

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pullquote/pullquote/transcript/quotes"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Transcript is one interview, briefing, hearing, meeting or call. Optional fields are
// empty where the file does not say.
type Transcript struct {
	Title    Optional  `json:"title"`
	Date     Optional  `json:"date"`     // of the event, ISO 8601: 2011-10-18
	Place    Optional  `json:"place"`    // of the event, as printed
	Format   string    `json:"format"`   // the name of the format that was read: briefing
	Language Optional  `json:"language"` // BCP 47: en
	Speakers []Speaker `json:"speakers"` // in order of first appearance
	Text     string    `json:"text"`     // canonical: UTF-8, \n lines, page furniture and boilerplate kept
	Turns    []Turn    `json:"turns"`    // ordered and disjoint
	Media    Optional  `json:"media"`    // link to the recording, as package media takes it
	Warnings []string  `json:"warnings"` // doubts in the reading that whoever quotes should know of
}

// Warn notes a doubt in the reading that whoever quotes should know of.
func (t *Transcript) Warn(format string, args ...any) {
	t.Warnings = append(t.Warnings, fmt.Sprintf(format, args...))
}

// Speaker is a person who speaks in a transcript, with every label that stands for them.
type Speaker struct {
	Name        string   `json:"name"`
	Affiliation Optional `json:"affiliation"`
	Labels      []string `json:"labels"` // as printed, without the colon: MR. ROE
}

// Turn is what one speaker says at a stretch.
type Turn struct {
	Index       int      `json:"index"`       // place in Transcript.Turns
	Label       Optional `json:"label"`       // as printed, without the colon; empty where nothing is printed
	Speaker     Optional `json:"speaker"`     // who it is, in full where that is known; empty where nobody is named
	Affiliation Optional `json:"affiliation"` // the house that the speaker belongs to
	Role        Role     `json:"role"`
	Answers     *int     `json:"answers"`  // index of the turn that an answer answers: a question, or a moderator who asks
	Start       int      `json:"start"`    // code points in Transcript.Text
	End         int      `json:"end"`      // likewise, exclusive
	Text        string   `json:"text"`     // without the label: Transcript.Text from Start to End
	StartMS     *int64   `json:"start_ms"` // milliseconds into the recording; nil where the source has no times
	EndMS       *int64   `json:"end_ms"`
	Cues        Cues     `json:"cues,omitempty"`  // times of parts of the text, where the source has any
	Doubt       Optional `json:"doubt,omitempty"` // why the speaker or the boundary is uncertain, in a few words; empty where it is certain
	Continues   Optional `json:"-"`               // the mark of the quotation that an earlier turn left open and this one goes on with, or its label's note of reading
}

// Sentences divides the turn into sentences; the spans are offsets in the canonical text.
func (t Turn) Sentences() []sentence.Span {
	spans := sentence.Split(t.Text)
	for i := range spans {
		spans[i].Start += t.Start
		spans[i].End += t.Start
	}
	return spans
}

// ReadAloud is what of the turn the speaker reads aloud or quotes; the spans are offsets in
// the canonical text.
func (t Turn) ReadAloud() []sentence.Span {
	return quotes.Within(t.span(), t.Start, quotes.ReadAloud(t.Text, string(t.Continues)))
}

// Quoting says in a byline how much of the turn is read aloud; it is empty where nothing is.
func (t Turn) Quoting() string { return quotes.Quoting(t.span(), t.ReadAloud()) }

func (t Turn) span() sentence.Span { return sentence.Span{Start: t.Start, End: t.End} }

// Bearer tells the people of one transcript apart: it is a turn's speaker, or its label
// where nobody is named.
func (t Turn) Bearer() Optional { return cmp.Or(t.Speaker, t.Label) }

// Role is what a turn does in the conversation.
type Role string

// The roles.
const (
	RoleQuestion  Role = "question"  // asks
	RoleAnswer    Role = "answer"    // answers the question turn in Turn.Answers
	RoleStatement Role = "statement" // says something unasked: opening remarks, testimony
	RoleModerator Role = "moderator" // conducts the event, gives the floor
	RoleNarration Role = "narration" // the publication's own words: an introduction, a note
)

// Moderator is the speaker of a moderator's turns where nobody is named.
const Moderator = "Moderator"

// Roles lists every role.
var Roles = []Role{RoleQuestion, RoleAnswer, RoleStatement, RoleModerator, RoleNarration}

// Valid reports whether the role is one of Roles.
func (r Role) Valid() bool {
	return slices.Contains(Roles, r)
}

// Package transcript turns the file of an interview, a press briefing, a hearing or a meeting
// into turns: who said what, in which role, at which place of the text.
//
// It is pure: bytes in, values out. Parse opens the container, chooses the convention by
// which the document marks its turns, divides the text into turns by it, and lets passes that
// all conventions share name the people and give the roles.
//
// # Floors
//
// This package has the API and the order of the work. The work itself is done on floors, of
// which each imports only those below it. From the top:
//
//	internal/interview      questions and answers that have no labels
//	internal/roles          who asks, who answers, who presides
//	internal/people         the title block, and who speaks under which label
//	internal/marks          what each line of a labelled text is
//	internal/labels/styles  the ways of setting a label apart
//	internal/labels         what a label says
//	internal/layout         lines, page furniture, paragraphs, times, the canonical text
//	internal/names          names of people and organisations, places, dates
//	internal/language       the language of a text, and of a question
//	model                   transcripts, turns, speakers
//	sentence                the units of quotation
//	internal/letters        characters
//
// Package container, beside them, opens files; it knows nothing of transcripts.
package transcript

import (
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// The values that parsing makes are those of package model. They have their names here as
// well, so that whoever parses needs this package alone.
type (
	Transcript = model.Transcript
	Turn       = model.Turn
	Speaker    = model.Speaker
	Role       = model.Role
	Optional   = model.Optional
	Span       = sentence.Span
)

// Roles lists every role; see package model.
var Roles = model.Roles

// The roles of turns; see package model.
const (
	RoleQuestion  = model.RoleQuestion
	RoleAnswer    = model.RoleAnswer
	RoleStatement = model.RoleStatement
	RoleModerator = model.RoleModerator
	RoleNarration = model.RoleNarration
)

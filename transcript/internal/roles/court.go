package roles

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// isCourt reports whether the conversation is an argument before a court: there are judges, no
// label shows who asks, and people speak as they do in courts.
func (c conversation) isCourt(reader labels.Reader) bool {
	judges := false
	for _, l := range reader {
		judges = judges || isJudge(l)
	}
	if !judges || c.isLabelled() {
		return false
	}
	for _, t := range c.turns {
		lower := strings.ToLower(letters.Head(t.Text, courtStart))
		if letters.ContainsAny(lower, courtSpeech...) {
			return true
		}
	}
	return false
}

const courtStart = 200 // bytes of a turn's start in which the court is addressed

var courtSpeech = lexicon.Phrases("speech of courts")

// isJudge reports whether a label is a judge's: JUSTICE ROE, CHIEF JUDGE ROE, THE COURT.
func isJudge(l *labels.Label) bool {
	for _, title := range l.Name.Titles {
		if title == "justice" || title == "judge" {
			return true
		}
	}
	return len(l.Words) == 1 && (l.Words[0] == "court" || l.Words[0] == "justice" || l.Words[0] == "judge")
}

// seatBench gives turns the parts of a court. The judges ask, with or without a question mark;
// the one who calls the case presides, and also gives the floor.
func (c conversation) seatBench(reader labels.Reader) {
	var presiding model.Optional
	for i, t := range c.turns {
		if isJudge(reader.Of(t)) && callsCase(t.Text) {
			presiding = t.Bearer()
			c.parts[i] = labels.PartModerator
		}
	}
	for i, t := range c.turns {
		switch {
		case !isJudge(reader.Of(t)) || c.parts[i] == labels.PartModerator:
		case t.Bearer() == presiding && callsOn(t.Text):
			c.parts[i] = labels.PartModerator
		default:
			c.parts[i] = labels.PartAsker
		}
	}
}

// callsCase reports whether a turn opens the argument of a case.
func callsCase(text string) bool {
	return letters.ContainsAny(strings.ToLower(text), callingCases...)
}

var callingCases = lexicon.Phrases("calling of cases")

// callsOn reports whether a turn of the presiding judge does no more than give the floor:
// "Thank you, counsel. Justice Roe?", "Rebuttal, Mr. Poe?"
func callsOn(text string) bool {
	if letters.WordCount(text, floorWords) > floorWords {
		return false
	}
	return isAddress(text) || letters.ContainsAny(strings.ToLower(text), callingOnCounsel...)
}

const floorWords = 12 // of a turn that gives the floor, at most

var callingOnCounsel = lexicon.Phrases("calling on counsel")

// isAddress reports whether a text is nothing but how somebody is addressed, courtesies before
// it apart: "Mr. Poe."
func isAddress(text string) bool {
	r := names.NewReader(text)
	r.TakeCourtesies()
	if !r.Done() && r.TakeTitles() {
		r.Name()
	}
	return r.Done()
}

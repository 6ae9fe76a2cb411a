package roles

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// isCourt reports whether the conversation is an argument before a court: there
// are judges, and it speaks as courts do.
func (s shape) isCourt(labels labels.Reader) bool {
	judges := false
	for _, l := range labels {
		judges = judges || isJudge(l)
	}
	if !judges || s.isLabelled() {
		return false
	}
	for _, t := range s.turns {
		lower := strings.ToLower(letters.Head(t.Text, 200))
		if letters.ContainsAny(lower, courtSpeech...) {
			return true
		}
	}
	return false
}

var courtSpeech = lexicon.Phrases("speech of courts")

// isJudge recognises JUSTICE ROE, CHIEF JUDGE ROE, THE COURT.
func isJudge(l *labels.Label) bool {
	for _, title := range l.Name.Titles {
		if title == "justice" || title == "judge" {
			return true
		}
	}
	return len(l.Words) == 1 && (l.Words[0] == "court" || l.Words[0] == "justice" || l.Words[0] == "judge")
}

// seatBench gives the parts of a court: the judges ask, with or without a
// question mark; one of them also calls on counsel.
func (s shape) seatBench(reader labels.Reader) {
	var presiding model.Optional
	for i, t := range s.turns {
		if isJudge(reader.Of(t)) && callsCase(t.Text) {
			presiding = t.Bearer()
			s.parts[i] = labels.PartModerator
		}
	}
	for i, t := range s.turns {
		switch {
		case !isJudge(reader.Of(t)) || s.parts[i] == labels.PartModerator:
		case t.Bearer() == presiding && callsOn(t.Text):
			s.parts[i] = labels.PartModerator
		default:
			s.parts[i] = labels.PartAsker
		}
	}
}

func callsCase(text string) bool {
	return letters.ContainsAny(strings.ToLower(text), callingCases...)
}

var callingCases = lexicon.Phrases("calling of cases")

// callsOn reports whether a turn of the presiding judge only gives the floor:
// "Thank you, counsel. Justice Roe?", "Rebuttal, Mr. Poe?"
func callsOn(text string) bool {
	if letters.WordCount(text, floorWords) > floorWords {
		return false
	}
	return isAddress(text) || letters.ContainsAny(strings.ToLower(text), callingOnCounsel...)
}

const floorWords = 12 // that giving the floor takes at most

var callingOnCounsel = lexicon.Phrases("calling on counsel")

// isAddress reports whether a text is nothing but how somebody is addressed:
// "Mr. Poe."
func isAddress(text string) bool {
	r := names.NewReader(text)
	r.TakeCourtesies()
	if !r.Done() && r.TakeTitles() {
		r.Name()
	}
	return r.Done()
}

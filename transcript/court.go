package transcript

import "strings"

// isCourt reports whether the conversation is an argument before a court: there
// are judges, and it speaks as courts do.
func (s shape) isCourt(labels labelReader) bool {
	judges := false
	for _, l := range labels {
		judges = judges || isJudge(l)
	}
	if !judges || s.isLabelled() {
		return false
	}
	for _, t := range s.turns {
		lower := strings.ToLower(head(t.Text, 200))
		if containsAny(lower, "may it please the court", "hear argument", "case is submitted", "your honor", "your honour", "my lord") {
			return true
		}
	}
	return false
}

// isJudge recognises JUSTICE ROE, CHIEF JUDGE ROE, THE COURT.
func isJudge(l *label) bool {
	for _, title := range l.name.titles {
		if title == "justice" || title == "judge" {
			return true
		}
	}
	return len(l.words) == 1 && (l.words[0] == "court" || l.words[0] == "justice" || l.words[0] == "judge")
}

// seatBench gives the parts of a court: the judges ask, with or without a
// question mark; one of them also calls on counsel.
func (s shape) seatBench(labels labelReader) {
	var presiding Optional
	for i, t := range s.turns {
		if isJudge(labels.of(t)) && callsCase(t.Text) {
			presiding = who(t)
			s.parts[i] = partModerator
		}
	}
	for i, t := range s.turns {
		switch {
		case !isJudge(labels.of(t)) || s.parts[i] == partModerator:
		case who(t) == presiding && callsOn(t.Text):
			s.parts[i] = partModerator
		default:
			s.parts[i] = partAsker
		}
	}
}

func callsCase(text string) bool {
	return containsAny(strings.ToLower(text), "hear argument", "hear arguments", "case is submitted", "case will be submitted", "court is adjourned",
		"court will come to order", "court is in session")
}

// callsOn reports whether a turn of the presiding judge only gives the floor:
// "Thank you, counsel. Justice Roe?", "Rebuttal, Mr. Poe?"
func callsOn(text string) bool {
	if wordCount(text, floorWords) > floorWords {
		return false
	}
	return isAddress(text) || containsAny(strings.ToLower(text), "thank you, counsel", "thank you, general", "rebuttal", "you may proceed")
}

const floorWords = 12 // that giving the floor takes at most

// isAddress reports whether a text is nothing but how somebody is addressed:
// "Mr. Poe."
func isAddress(text string) bool {
	r := newReader(text)
	r.takeCourtesies()
	if !r.done() && r.takeTitles() {
		r.name()
	}
	return r.done()
}

package about

import "slices"

// form is a way of asking: a question has one cue of each of its needs, and else only those
// that it allows.
type form struct {
	kind   Kind
	needs  []cue
	allows cue
}

// anywhere are cues that change nothing.
const anywhere = cuePlain | cueThe | cueIn | cueThere | cueHere

// Cues that stand for each other in many forms.
const (
	asks   = cueAsk | cuePose
	anyQ   = cueQuestions | cueQuestion
	whoSo  = cueWho | cueWhich | cueSpeaker | cuePerson
	wants  = cueWhich | cueList | cueHowMany
	place  = cueHere | cuePresent
	held   = cueHeld | cueLast
	source = cueTranscript | cueEvent
	itself = cueHere | cueItself | cueThis
)

// forms are in order: the first that fits is taken.
var forms = []form{
	{Unanswered, []cue{cueRefuse, anyQ}, wants | asks | cueAnswer},
	{Unanswered, []cue{cueRefuse, anyQ, cueName}, wants | asks | cueAnswer},
	{Unanswered, []cue{cueRefuse, cueAnswer, cueWhich, cueName}, 0},
	{Refusers, []cue{cueRefuse, cueAnswer, cueWho}, anyQ | whoSo},
	{Refusers, []cue{cueRefuse, cueAnswer, cueWhich | cueHowMany, cueSpeaker | cuePerson}, anyQ | cueWhich},
	{Answered, []cue{cueAnswer, anyQ, wants, cueName}, cueWhich},
	{Questions, []cue{cueHowMany, anyQ}, asks},
	{Questions, []cue{anyQ, wants | asks | cueIn, cueName}, wants | asks},
	{Questions, []cue{cueWhich, cueAsk, cueName}, 0},
	{MostAsked, []cue{cueMost | cueLeast, asks, whoSo}, anyQ | whoSo},
	{MostAsked, []cue{cueMost | cueLeast, cueQuestions | cueAsker}, cueWho | cueWhich},
	{FirstQuestion, []cue{cueFirst, cueQuestion}, cueWho | cueWhich | asks},
	{LastQuestion, []cue{cueLast, cueQuestion}, cueWho | cueWhich | asks},
	{Questions, []cue{cueQuestions, cueWhich | cueList | cueHere | asks}, cueWhich | cueList | asks},
	{Askers, []cue{cueWho, asks}, cueQuestions | cueSpeaker | cuePerson | cueList},
	{Askers, []cue{cueHowMany | cueWhich, cueSpeaker | cuePerson, asks}, cueQuestions},
	{Askers, []cue{cueAsker}, cueWho | wants},
	{FirstSpeaker, []cue{cueFirst, cueSpeak | cueSpeaker, cueWho | cueWhich | cueSpeaker}, whoSo | cueSpeak},
	{LastSpeaker, []cue{cueLast, cueSpeak | cueSpeaker, cueWho | cueWhich | cueSpeaker}, whoSo | cueSpeak},
	{MostSpoken, []cue{cueMost | cueLeast, cueSpeak | cueSay | cueSpeaker | cueWords | cueTurns, cueWho | cueSpeaker | cuePerson}, whoSo | cueSpeak | cueSay | cueWords | cueTurns},
	{Speakers, []cue{cueHowMany, cueSpeaker}, cueSpeak | cueAppear | cuePresent | itself},
	{Speakers, []cue{cueHowMany, cuePerson, cueSpeak | place}, cueSpeak | place | cueAppear},
	{Speakers, []cue{cueSpeaker}, cueWho | cueWhich | cueList | cueSpeak | cuePresent | cuePerson | cueAppear},
	{Speakers, []cue{cueWho, cueSpeak | cueThere | cuePresent | cueHere | cueAppear}, cueList | cueSpeak | cuePresent | cuePerson | cueAppear},
	{Speakers, []cue{cueWho, cuePresent, cueItself}, 0},
	{Speakers, []cue{cueWho | cueWhich | cueList, cuePerson, cueSpeak | place}, cueSpeak | place | cueWho | cueAppear},
	{Spoken, []cue{cueHowOften, cueSpeak | cueSay | cueAppear, cueName}, 0},
	{Spoken, []cue{cueHowMuch, cueSpeak | cueSay, cueName}, 0},
	{Spoken, []cue{cueHowLong, cueSpeak, cueName}, 0},
	{Spoken, []cue{cueHowMany, cueWords | cueTurns | cueMinutes, cueName}, cueSpeak | cueSay},
	{SpeaksIn, []cue{wants, source | cueItself | cueHere, cueSpeak | cueAppear, cueName}, cueWhich},
	{Latest, []cue{cueLatest, source | cueItself}, cueWhich | cueWhen | cueDate | cueList},
	{Latest, []cue{cueLast, cueTranscript}, cueWhich | cueWhen | cueDate | cueList},
	{Earliest, []cue{cueEarliest, source | cueItself}, cueWhich | cueWhen | cueDate | cueList},
	{Earliest, []cue{cueFirst, cueTranscript}, cueWhich | cueWhen | cueDate | cueList},
	{Transcripts, []cue{wants, cueTranscript}, cueWhich | cueList},
	{Transcripts, []cue{wants, cueEvent, cueHere}, cueWhich | cueList | cueHeld},
	{Transcripts, []cue{cueList | cueHowMany, cueItself}, 0},
	{Transcripts, []cue{cueTranscript, cueHere}, 0},
	{Length, []cue{cueHowLong, itself}, held | cueWhich},
	{Length, []cue{cueHowMany, cueWords | cueTurns | cueMinutes, itself}, held | cueSpeak},
	{Length, []cue{cueHowMany, cueTurns}, 0},
	{Length, []cue{cueHowLong, cueLatest | cueEarliest, source | cueItself}, held},
	{Held, []cue{cueWhen | cueDate | cueWhere, itself}, cueHeld | cueWhich},
	{Held, []cue{cueDate}, cueWhich | cueWhere},
}

// fits reports whether a question whose phrases have these cues has the form. Of a phrase
// with several cues any may be meant.
func (f form) fits(cues []cue) bool {
	allowed := f.allows | anywhere
	for _, need := range f.needs {
		if !slices.ContainsFunc(cues, func(c cue) bool { return c&need != 0 }) {
			return false
		}
		allowed |= need
	}
	return !slices.ContainsFunc(cues, func(c cue) bool { return c&allowed == 0 })
}

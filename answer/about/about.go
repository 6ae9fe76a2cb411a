// Package about reads questions about the record itself: who spoke, who asked most, when
// it was, which transcripts mention something. Their answer is the record's structure, and
// not what somebody said in it.
//
// A question is of that kind if every word of it is accounted for. Its words are cues
// (words.go), or belong to a name, a date, a title or to what is mentioned (event.go,
// mentions.go), and its cues together are one of the ways of asking (forms.go). A question
// with any other word asks for something that was said, and so does one that could be
// either: "who asked?" is about the record, "who asked about the ferry?" is not.
//
// The package is pure. Whether a name or a title is of the record is for the store to say.
package about

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// Question is what a question wants to know of the record.
type Question struct {
	Kind  Kind
	Many  bool   // how many there are
	Least bool   // who did so least, where it is a Kind of who did so most
	When  bool   // when it was, where it is of Event
	Where bool   // where it was, likewise
	Name  string // of a speaker, without titles
	Topic string // what transcripts mention, as the question has it
	Event Event  // the transcripts that it asks about; zero: all in reach
}

// Kind is what is asked for.
type Kind int

// The kinds.
const (
	Speakers      Kind = iota + 1
	MostSpoken         // who spoke most
	FirstSpeaker       // who spoke first
	LastSpeaker        // who spoke last
	Askers             // who asked questions
	MostAsked          // who asked most questions
	Questions          // which questions were asked, by one speaker or by all
	FirstQuestion      // the first question
	LastQuestion       // the last question
	Unanswered         // which questions were not answered, by one speaker or by all
	Refusers           // who refused to answer
	Answered           // which questions a speaker answers
	Spoken             // how often a speaker speaks, and how much
	SpeaksIn           // in which transcripts a speaker speaks
	Transcripts        // which transcripts there are
	Latest             // the latest transcript
	Earliest           // the earliest transcript
	Length             // how long it is
	Held               // when and where it was
	Mentions           // which transcripts mention something
)

// Event is what a question says of the transcripts that it asks about.
type Event struct {
	Noun  string   // what it calls them, folded: hearing
	Title []string // words of their titles, folded
	Date  Date
	Open  bool // "the hearing", as if there were no other

	Latest, Earliest bool // the latest transcript, or the earliest
	Pointed          bool // "this hearing"
}

// IsZero reports whether the question asks about all transcripts in reach.
func (e Event) IsZero() bool {
	return !e.Open && len(e.Title) == 0 && e.Date == Date{} && !e.Latest && !e.Earliest
}

// isUnsaid reports whether the question before may have said which transcripts are meant.
func (e Event) isUnsaid() bool { return e.IsZero() && (e.Noun == "" || e.Pointed) }

// longest is beyond any question about the record: 30 words. What is longer tells something.
const longest = 30

// Read reads a question about the record; false for any other. One that only points at
// what was talked of before ("when was that?") is about the record if the question before
// it was, and one that names no transcripts is about those of the question before it, if
// that named some. History has the questions before, oldest first.
func Read(question string, history []string) (Question, bool) {
	words := divide(question)
	if len(words) == 0 || len(words) > longest {
		return Question{}, false
	}
	for _, v := range vocabularies() {
		q, leans, ok := v.question(question, words)
		if !ok {
			continue
		}
		n := len(history)
		if n == 0 || !leans && !q.isOfEvent() {
			return q, true
		}
		before, of := Read(history[n-1], history[:n-1])
		if of && q.isOfEvent() {
			q.Event = before.named()
		}
		return q, of || !leans
	}
	return Question{}, false
}

// isOfEvent reports whether the question may be about the transcripts that the one before
// it named.
func (q Question) isOfEvent() bool {
	switch q.Kind {
	case Transcripts, Latest, Earliest, SpeaksIn, Mentions:
		return false
	}
	return q.Event.isUnsaid()
}

// named are the transcripts that the question names, or asks for.
func (q Question) named() Event {
	switch q.Kind {
	case Latest:
		return Event{Latest: true}
	case Earliest:
		return Event{Earliest: true}
	}
	return q.Event
}

// question reads a question in one language. It leans on what was asked before if it only
// points.
func (v vocabulary) question(text string, words []word) (q Question, leans, ok bool) {
	phrases := v.phrases(words)
	if q, ok := mentions(text, phrases); ok {
		return q, false, true
	}
	var cues []cue
	for len(phrases) > 0 {
		e, means, n := v.event(phrases)
		switch {
		case !e.IsZero() && !q.Event.IsZero(), n == 0 && phrases[0].cue == 0 && q.Name != "":
			return q, false, false // two events, two names
		case n > 0 && q.Event.IsZero():
			q.Event = e
		case n > 0:
		case phrases[0].cue == 0:
			n = unknown(phrases)
			if q.Name, means = nameOf(textOf(text, phrases[:n])), cueName; lexicon.IsTitle(q.Name) {
				return q, false, false // an office, which is seldom one speaker's alone
			}
		default:
			n, means = 1, phrases[0].cue
		}
		cues = append(cues, means)
		phrases = phrases[n:]
	}
	i := slices.IndexFunc(forms, func(f form) bool { return f.fits(cues) })
	if i < 0 {
		return q, false, false
	}
	var all cue
	for _, c := range cues {
		all |= c
	}
	q.Kind = forms[i].kind
	q.Many, q.Least = all&cueHowMany != 0, all&cueLeast != 0
	q.When, q.Where = all&(cueWhen|cueDate) != 0, all&cueWhere != 0
	if q.Kind == Length && all&(cueLatest|cueEarliest) != 0 {
		q.Event.Latest, q.Event.Earliest = all&cueLatest != 0, all&cueLatest == 0
	}
	switch {
	case all&itself != 0:
		leans = all&cueThis != 0
	case q.Kind == Speakers:
		leans = all&(cueSpeak|cueSpeaker) == 0 // who was there?
	case q.Kind == Askers:
		leans = all&(anyQ|cueAsker|cuePerson|cueSpeaker) == 0 // who asked?
	}
	return q, leans, true
}

// unknown is how many phrases there are before the next cue.
func unknown(phrases []phrase) int {
	n := slices.IndexFunc(phrases, func(p phrase) bool { return p.cue != 0 })
	if n < 0 {
		return len(phrases)
	}
	return n
}

// textOf is what a question has of some of its phrases, from the first to the last.
func textOf(text string, phrases []phrase) string {
	last := phrases[len(phrases)-1].words
	return text[phrases[0].words[0].start:last[len(last)-1].end]
}

// nameOf is a name as a filter finds it.
func nameOf(text string) string {
	words := strings.Fields(text)
	for len(words) > 1 && lexicon.IsTitle(words[0]) {
		words = words[1:]
	}
	return lexicon.WithoutPossessive(strings.Join(words, " "))
}

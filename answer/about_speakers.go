package answer

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/pullquote/pullquote/answer/about"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// speakers tell who speaks.
func (r *recordScope) speakers(ctx context.Context) (f facts, err error) {
	v, err := r.CountSpeakers(ctx, retrieval.CountQuery{Order: retrieval.ByAppearance, Limit: mostNamed})
	if err != nil {
		return f, err
	}
	f.say(r.speakerCount(v))
	for _, speaker := range v.List[:min(len(v.List), mostListed)] {
		f.cite(r.opening(speaker.First, func(h retrieval.Hit) string {
			return fmt.Sprintf("%s, %s%s, begins", countedName(speaker, h), count(speaker.Turns, "turn"), r.ofTranscriptsWith(speaker))
		}))
	}
	f.others(v)
	return f, nil
}

// speakerCount says how many speak, and of whom that is not known.
func (r *recordScope) speakerCount(v retrieval.SpeakerCounts) string {
	said := []string{count(v.Named, "speaker") + verb(v.Named, " is", " are") + " named"}
	if v.Named == 0 {
		said[0] = "the record names no speaker"
	}
	if v.Labels > 0 {
		said = append(said, count(v.Labels, "label")+verb(v.Labels, " names", " name")+" nobody")
	}
	if v.Unlabelled > 0 {
		said = append(said, count(v.Unlabelled, "turn")+verb(v.Unlabelled, " has", " have")+" no speaker")
	}
	if v.Uncertain > 0 {
		said = append(said, "of "+count(v.Uncertain, "turn")+" the speaker is uncertain")
	}
	return capital(strings.Join(said, "; ")) + r.ofTranscripts() + "."
}

// ofTranscriptsWith is the same of a speaker.
func (r *recordScope) ofTranscriptsWith(v retrieval.SpeakerCount) string {
	if r.outline.Transcripts > 1 && v.Transcripts > 1 {
		return " of " + count(v.Transcripts, "transcript")
	}
	return ""
}

// mostSpoken tells who spoke most, or least, by how much they said.
func (r *recordScope) mostSpoken(ctx context.Context) (f facts, err error) {
	order, most := retrieval.ByMost, "most"
	if r.question.Least {
		order, most = retrieval.ByLeast, "least"
	}
	v, err := r.CountSpeakers(ctx, retrieval.CountQuery{Order: order, Limit: mostRanked})
	if err != nil {
		return f, err
	}
	if len(v.List) == 0 {
		f.say(r.speakerCount(v))
	}
	for _, speaker := range v.List {
		f.cite(r.opening(speaker.First, func(h retrieval.Hit) string {
			did := " spoke " + most
			if speaker.Characters != v.List[0].Characters {
				did = " was next"
			}
			return fmt.Sprintf("%s%s, with %s of %s and %s of all that is said, beginning",
				countedName(speaker, h), did, thousands(speaker.Turns), count(v.Turns, "turn"), share(speaker.Characters, v.Characters))
		}))
	}
	return f, nil
}

// firstOrLast tells who spoke first in each transcript, or last.
func (r *recordScope) firstOrLast() (f facts) {
	for _, p := range r.outline.List {
		if r.question.Kind == about.FirstSpeaker {
			f.cite(r.opening(p.First, func(h retrieval.Hit) string { return turnSpeaker(h) + " spoke first" }))
		} else {
			f.cite(r.closing(p.Last, func(h retrieval.Hit) string { return turnSpeaker(h) + " spoke last" }))
		}
	}
	f.more(r.outline.Transcripts - len(r.outline.List))
	return f
}

// askers tell who asks, and how often.
func (r *recordScope) askers(ctx context.Context) (f facts, err error) {
	q, most := retrieval.CountQuery{Order: retrieval.ByAsking, Limit: mostNamed}, "most"
	if r.question.Kind == about.MostAsked {
		q.Limit = mostRanked
	}
	if r.question.Least {
		q.Order, most = retrieval.ByAskingLess, "least"
	}
	v, err := r.CountSpeakers(ctx, q)
	if err != nil {
		return f, err
	}
	switch {
	case v.Turns == 0:
		return r.noQuestions("Nobody asks anything" + r.ofTranscripts() + "."), nil
	case r.question.Kind == about.Askers:
		f.say("Of those who ask, " + uncapital(r.speakerCount(v)))
	}
	for _, speaker := range v.List[:min(len(v.List), mostListed)] {
		f.cite(r.asking(speaker.FirstAsking, func(h retrieval.Hit) string {
			did := " asks"
			if r.question.Kind == about.MostAsked && speaker.Asking == v.List[0].Asking { // others may ask as often
				did += " " + most + ","
			}
			return countedName(speaker, h) + did + " in " + count(speaker.Asking, "turn") + r.ofTranscriptsWith(speaker) + ", first"
		}))
	}
	if r.question.Kind == about.Askers {
		f.others(v)
	}
	return f, nil
}

// spoken tells how often somebody speaks, and how much.
func (r *recordScope) spoken(ctx context.Context) (f facts, err error) {
	all, err := r.whole.CountSpeakers(ctx, retrieval.CountQuery{Order: retrieval.ByMost, Limit: 1})
	if err != nil {
		return f, err
	}
	v, err := r.CountSpeakers(ctx, retrieval.CountQuery{Order: retrieval.ByMost, Limit: mostListed})
	if err != nil {
		return f, err
	}
	said := "" // in words, where they are one speaker's
	if len(v.List) == 1 {
		own, err := r.Outline(ctx, retrieval.OutlineQuery{Certain: true, Words: v.Turns <= mostWordsOf, Limit: 1})
		if err != nil {
			return f, err
		}
		said = wordsIn(own.Extent)
	}
	for _, speaker := range v.List {
		f.cite(r.opening(speaker.First, func(h retrieval.Hit) string {
			return fmt.Sprintf("%s speaks in %s of %s%s, %s of all that is said, beginning", countedName(speaker, h),
				thousands(speaker.Turns), count(all.Turns, "turn"), r.ofTranscriptsWith(speaker), join(", ", said, share(speaker.Characters, all.Characters)))
		}))
	}
	if v.Uncertain > 0 {
		f.say("Of " + count(v.Uncertain, "turn") + " under the name it is uncertain who speaks.")
	}
	f.more(v.Named + v.Labels - len(v.List))
	return f, nil
}

// speaksIn tells in which transcripts somebody speaks.
func (r *recordScope) speaksIn(ctx context.Context) (f facts, err error) {
	own, err := r.Outline(ctx, retrieval.OutlineQuery{Certain: true, Limit: mostListed})
	if err != nil {
		return f, err
	}
	f.say(fmt.Sprintf("%s speaks in %s of %s.", capital(r.namedSpeakers()), thousands(own.Transcripts), count(r.outline.Transcripts, "transcript")))
	for _, p := range own.List {
		f.cite(r.opening(p.First, func(h retrieval.Hit) string { return turnSpeaker(h) + ", " + count(p.Spoken, "turn") + ", begins" }))
	}
	f.more(own.Transcripts - len(own.List))
	return f, nil
}

// namedSpeakers is the name in the question, as the record has it where it is of one
// speaker.
func (r *recordScope) namedSpeakers() string {
	if names := r.Scope.Speakers; len(names) == 1 && len(r.Scope.Exceptions) == 0 {
		return words.Name(names[0])
	}
	return "a speaker of the name " + words.Name(r.question.Name)
}

// countedName names a speaker as the directory does, with the name that the turn has where it
// is another; a label names nobody.
func countedName(v retrieval.SpeakerCount, h retrieval.Hit) string {
	switch {
	case v.Name == "" && v.Label == model.Moderator:
		return "the moderator"
	case v.Name == "":
		return labelled(v.Label)
	case v.Name == string(h.Speaker):
		return speakerName(h.Credit())
	}
	return words.Name(v.Name) + ", here " + speakerName(h.Credit())
}

// labelled is a label that names nobody.
func labelled(label string) string {
	return cmp.Or(words.Name(label), "a label without words") + " (a label that names nobody)"
}

// turnSpeaker names the speaker of a turn.
func turnSpeaker(h retrieval.Hit) string {
	switch {
	case h.Role == model.RoleNarration && h.Doubt == "":
		return credited(h.Credit())
	case h.Doubt == "" && h.Speaker == "" && h.Label != "":
		return labelled(string(h.Label))
	}
	return speakerName(h.Credit())
}

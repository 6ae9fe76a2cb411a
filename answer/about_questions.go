package answer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/answer/about"
	"github.com/pullquote/pullquote/retrieval"
)

// questions tell which are asked. Those with a question mark are shown before others.
func (r *recordScope) questions(ctx context.Context) (f facts, err error) {
	var all, marked asked
	err = r.Exchanges(ctx, false, func(e retrieval.Exchange) error {
		all.add(e.TurnKey)
		if strings.ContainsAny(e.Text, questionMarks) {
			marked.add(e.TurnKey)
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	shown := marked
	if marked.total == 0 {
		shown = all
	}
	switch named := r.question.Name != ""; {
	case all.total == 0 && named:
		return r.noQuestions("No turn of " + r.namedSpeakers() + " asks anything."), nil
	case all.total == 0:
		return r.noQuestions("No turn asks anything" + r.ofTranscripts() + "."), nil
	case r.question.Kind == about.FirstQuestion:
		f.cite(r.asked(shown.first[0]))
	case r.question.Kind == about.LastQuestion:
		f.cite(r.asked(shown.last))
	default:
		if named {
			f.say(capital(r.namedSpeakers()) + " asks in " + count(all.total, "turn") + ".")
		} else {
			f.say(count(all.total, "turn") + verb(all.total, " asks", " ask") + r.ofTranscripts() + ".")
		}
		turns := shown.first[:min(r.mostShown(), len(shown.first))]
		for _, turn := range turns {
			f.cite(r.asked(turn))
		}
		f.more(all.total - len(turns))
	}
	return f, nil
}

// asked are turns that ask, of which only the first and the last are kept.
type asked struct {
	total int
	first []retrieval.TurnKey
	last  retrieval.TurnKey
}

func (a *asked) add(turn retrieval.TurnKey) {
	a.total++
	a.last = turn
	if len(a.first) < mostListed {
		a.first = append(a.first, turn)
	}
}

// asked quotes what a turn asks. Words without a question mark or a request are not told as asked.
func (r *recordScope) asked(turn retrieval.TurnKey) cited {
	return r.asking(turn, func(h retrieval.Hit) string {
		first := sentencesOf(h)[0]
		asks := strings.ContainsAny(h.Text, questionMarks) || isAsking(string([]rune(h.Text)[first.Start:first.End]))
		if !asks {
			return turnSpeaker(h) + " said"
		}
		return turnSpeaker(h) + " asked"
	})
}

// unanswered tells which questions were declined, and which no turn answers.
func (r *recordScope) unanswered(ctx context.Context) (f facts, err error) {
	u := unanswered{shape: r.shape}
	err = r.Exchanges(ctx, true, u.add)
	if err != nil {
		return f, err
	}
	u.endTranscript()
	all := slices.Concat(u.declined, u.refusing, u.open)
	if r.question.Kind == about.Refusers {
		all = slices.Concat(u.declined, u.refusing)
	}
	switch {
	case u.total+u.untold == 0:
		return r.noQuestions("No turn asks anything" + r.ofTranscripts() + "."), nil
	case u.total == 0:
	case r.question.Kind == about.Refusers:
		f.say(ofAsking(u.total) + were(len(u.declined)) + " declined" + r.ofTranscripts() + ".")
	case len(all) == 0:
		f.say(ofAsking(u.total) + "none was declined, and none was without an answer" + r.ofTranscripts() + ".")
	default:
		f.say(fmt.Sprintf("%s%s declined and %s without an answer%s.", ofAsking(u.total), were(len(u.declined)), were(len(u.open)), r.ofTranscripts()))
	}
	if n := len(u.refusing); n > 0 {
		f.say(count(n, "answer") + verb(n, " has", " have") + " words of refusal beside others.")
	}
	for i, e := range all[:min(len(all), mostListed)] {
		switch {
		case e.Answer == nil:
			f.cite(r.asked(e.TurnKey))
		case i < len(u.declined):
			f.cite(r.asked(e.TurnKey), r.declined(e.Answer.TurnKey))
		default:
			f.cite(r.asked(e.TurnKey), r.refusing(e.Answer.TurnKey))
		}
	}
	f.more(len(all) - mostListed)
	if u.untold > 0 {
		f.say(ofAsking(u.untold) + "the record does not tell what answers " + verb(u.untold, "it", "them") + ".")
	}
	return f, nil
}

// answered tell which questions a speaker answers, and how many of them with a refusal.
func (r *recordScope) answered(ctx context.Context) (f facts, err error) {
	var all []retrieval.Exchange
	declined := map[retrieval.TurnKey]bool{} // by the turns that decline
	err = r.Exchanges(ctx, true, func(e retrieval.Exchange) error {
		if e.Answer == nil {
			return nil
		}
		all = append(all, e)
		if declines(e.Answer.Text) {
			declined[e.Answer.TurnKey] = true
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	said := capital(r.namedSpeakers()) + " answers " + count(len(all), "turn") + verb(len(all), " that asks", " that ask")
	if len(declined) > 0 {
		said += ", " + thousands(len(declined)) + " of them with a refusal"
	}
	f.say(said + r.ofTranscripts() + ".")
	for _, e := range all[:min(len(all), r.mostShown())] {
		answers := r.opening(e.Answer.TurnKey, answered)
		if declined[e.Answer.TurnKey] {
			answers = r.declined(e.Answer.TurnKey)
		}
		f.cite(r.asked(e.TurnKey), answers)
	}
	f.more(len(all) - r.mostShown())
	return f, nil
}

// mostShown bounds the questions that are quoted: fewer where it is asked how many they are.
func (r *recordScope) mostShown() int {
	if r.question.Many {
		return mostRanked
	}
	return mostListed
}

// unanswered are the questions without an answer among those that are added, transcript by
// transcript.
type unanswered struct {
	shape    ExcerptShape
	total    int                  // of questions in transcripts that tell answers
	untold   int                  // of questions in others
	declined []retrieval.Exchange // the answer does nothing but decline
	refusing []retrieval.Exchange // the answer has words of refusal, and others
	open     []retrieval.Exchange // no turn answers

	// Of the transcript that is added. Where nothing in it is an answer it does not tell
	// answers, and what has none there may have been answered.
	transcript string
	asking     int
	without    []retrieval.Exchange
	answers    bool
}

func (u *unanswered) add(e retrieval.Exchange) error {
	if e.TranscriptID != u.transcript {
		u.endTranscript()
		u.transcript = e.TranscriptID
	}
	u.asking++
	switch {
	case e.Answer != nil:
		u.answers = true
		if _, refuses := u.shape.refusal(readTurn(retrieval.Hit{Text: e.Answer.Text})); refuses && declines(e.Answer.Text) {
			u.declined = append(u.declined, e)
		} else if refuses {
			u.refusing = append(u.refusing, e)
		}
	case strings.ContainsAny(e.Text, questionMarks): // others go on with what was asked, or interrupt
		u.without = append(u.without, e)
	}
	return nil
}

func (u *unanswered) endTranscript() {
	if u.answers {
		u.total += u.asking
		u.open = append(u.open, u.without...)
	} else {
		u.untold += u.asking
	}
	u.asking, u.without, u.answers = 0, nil, false
}

// ofAsking begins what is told of so many turns that ask.
func ofAsking(n int) string {
	return verb(n, "1 turn asks; ", "Of "+count(n, "turn")+" that ask, ")
}

func were(n int) string {
	if n == 0 {
		return "none was"
	}
	return thousands(n) + verb(n, " was", " were")
}

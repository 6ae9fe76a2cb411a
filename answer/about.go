package answer

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/pullquote/pullquote/answer/about"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// mostListed bounds what an answer about the record lists: 10, which a reader takes in. The
// rest is counted.
const mostListed = 10

// mostNamed bounds the speakers whom it names, those who are quoted included: 40, as many
// as a committee has.
const mostNamed = 40

// mostRanked bounds those whom it names of who did something most: 3, so that it shows by
// how much.
const mostRanked = 3

// aboutRecord answers a question about the record itself from its structure, without a
// model; nil where the question is none, or names what the record does not have: it is
// searched for then.
func (s *Service) aboutRecord(ctx context.Context, req Request, read retrieval.QuestionReading, emit func(Event) error) (*Answer, error) {
	q, ok := about.Read(read.Text, read.History)
	if !ok {
		return nil, nil
	}
	start := time.Now()
	r, err := s.recordOf(ctx, q, req.Filter)
	if r == nil || err != nil {
		return nil, err
	}
	facts, err := r.facts(ctx)
	if err != nil {
		return nil, err
	}
	hits, err := r.Hits(ctx, facts.turns())
	if err != nil {
		return nil, err
	}
	a := newAnswer(req, retrieval.Result{Hits: hits, Reading: read, Timings: retrieval.Timings{RetrieveMS: retrieval.Milliseconds(time.Since(start))}})
	a.StandaloneQuestion = read.Text
	if err := emit(Retrieval{notNil(hits), a.ID}); err != nil {
		return nil, err
	}
	if facts.nothing != "" {
		a.Notice = join(" ", a.Notice, facts.nothing)
		return a, s.decline(a, question{}, retrieval.Result{}, emit)
	}
	a.Answerable = true
	return a, facts.write(newWriter(a, s.citer, emit), hits)
}

// recordScope is the part of the record that a question is about, and how it is told of.
type recordScope struct {
	retrieval.Survey
	question about.Question
	whole    retrieval.Survey // without the speaker whom the question names
	outline  retrieval.Outline
	shape    ExcerptShape
	nothing  string // why there is nothing to tell
}

// recordOf finds the part of the record that a question is about: what the filter leaves
// of it, the transcripts and the speaker that the question names. It is nil if those are
// not of the record, or cannot be told from others.
func (s *Service) recordOf(ctx context.Context, q about.Question, filter retrieval.Filter) (*recordScope, error) {
	r := &recordScope{question: q, shape: s.evidence.Excerpt}
	var err error
	if r.whole, err = s.searcher.Survey(ctx, filter); err != nil {
		return nil, err
	}
	limit := mostListed
	if !q.Event.IsZero() {
		limit = mostToChooseFrom
	}
	if r.outline, err = r.whole.Outline(ctx, retrieval.OutlineQuery{Latest: q.Kind == about.Latest || q.Event.Latest, Limit: limit}); err != nil {
		return nil, err
	}
	if r.outline.Transcripts == 0 {
		r.Survey, r.nothing = r.whole, cmp.Or(r.whole.Scope.Nothing(), "Nothing in the record matches the filter.")
		return r, nil
	}
	narrowed, nothing, ok := chooseTranscripts(q.Event, r.outline, r.whole.Scope.Filter)
	if !ok && len(q.Event.Title) > 0 {
		if narrowed, ok, err = s.chooseBySpeaker(ctx, q.Event, r.whole.Scope.Filter); err != nil {
			return nil, err
		}
	}
	switch {
	case !ok:
		return nil, nil
	case nothing != "":
		r.Survey, r.nothing = r.whole, nothing
		return r, nil
	case narrowed != r.whole.Scope.Filter:
		q.Event = about.Event{}
		return s.recordOf(ctx, q, narrowed)
	}
	r.outline.List = r.outline.List[:min(mostListed, len(r.outline.List))]
	if r.Survey = r.whole; q.Name == "" {
		return r, nil
	}
	answered := q.Kind == about.Answered
	if filter.Speaker != "" || answered && filter.Role != "" && filter.Role != model.RoleAnswer {
		return nil, nil
	}
	if filter.Speaker = q.Name; answered {
		filter.Role = model.RoleAnswer // or a questioner's own questions are found
	}
	r.Survey, err = s.searcher.Survey(ctx, filter)
	switch {
	case fault.CodeOf(err) == fault.Invalid: // words that cannot be a name
		return nil, nil
	case err != nil:
		return nil, err
	case r.Scope.Empty():
		return nil, nil
	}
	return r, nil
}

// chooseBySpeaker narrows a filter to the one transcript of an event that a question names by
// somebody who speaks there: the interview with Nora Brown.
func (s *Service) chooseBySpeaker(ctx context.Context, e about.Event, f retrieval.Filter) (narrowed retrieval.Filter, ok bool, err error) {
	if f.Speaker != "" {
		return f, false, nil
	}
	with := f
	with.Speaker = strings.Join(e.Title, " ")
	own, err := s.searcher.Survey(ctx, with)
	if fault.CodeOf(err) == fault.Invalid { // words that cannot be a name
		return f, false, nil
	}
	if err != nil || own.Scope.Empty() {
		return f, false, err
	}
	o, err := own.Outline(ctx, retrieval.OutlineQuery{Certain: true, Limit: mostToChooseFrom})
	if err != nil || o.Transcripts == 0 {
		return f, false, err
	}
	e.Title = nil
	chosen := slices.DeleteFunc(o.List, func(p retrieval.TranscriptOutline) bool { return !isMeant(e, p) })
	if len(chosen) != 1 {
		return f, false, nil
	}
	f.Transcript = chosen[0].ID
	return f, true, nil
}

// facts are what answers the question.
func (r *recordScope) facts(ctx context.Context) (facts, error) {
	if r.nothing != "" {
		return facts{nothing: r.nothing}, nil
	}
	switch r.question.Kind {
	case about.Speakers:
		return r.speakers(ctx)
	case about.MostSpoken:
		return r.mostSpoken(ctx)
	case about.FirstSpeaker, about.LastSpeaker:
		return r.firstOrLast(), nil
	case about.Askers, about.MostAsked:
		return r.askers(ctx)
	case about.Questions, about.FirstQuestion, about.LastQuestion:
		return r.questions(ctx)
	case about.Unanswered, about.Refusers:
		return r.unanswered(ctx)
	case about.Answered:
		return r.answered(ctx)
	case about.Spoken:
		return r.spoken(ctx)
	case about.SpeaksIn:
		return r.speaksIn(ctx)
	case about.Length:
		return r.length(ctx)
	case about.Mentions:
		return r.mentions(ctx)
	case about.Latest:
		return r.first("latest"), nil
	case about.Earliest:
		return r.first("earliest"), nil
	default: // Transcripts, Held
		return r.transcripts(), nil
	}
}

// noQuestions says that nothing is asked. Where the filter is for a speaker or a role, what it
// leaves out may well ask, and nothing is answered.
func (r *recordScope) noQuestions(said string) facts {
	if f := r.whole.Scope.Filter; f.Speaker != "" || f.Role != "" {
		narrows := retrieval.Filter{Speaker: f.Speaker, Role: f.Role}.Parts()
		return facts{nothing: "No turn that the filter leaves asks anything: it is for " + narrows + ". Leave that out to ask of all turns."}
	}
	var f facts
	f.say(said)
	return f
}

// ofTranscripts says how many transcripts a count is of, where there are several.
func (r *recordScope) ofTranscripts() string {
	if r.outline.Transcripts > 1 {
		return ", in " + count(r.outline.Transcripts, "transcript")
	}
	return ""
}

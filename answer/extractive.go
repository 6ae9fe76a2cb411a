package answer

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// extract writes the answer without a model, or that there is none.
func (s *Service) extract(a *Answer, q question, result retrieval.Result, emit func(Event) error) error {
	w := newWriter(a, s.citer, emit)
	r := newReading(s.evidence, q, result)
	if sides := r.sides(); len(sides) > 0 || q.binds() {
		return s.extractSides(a, r, sides, result, w)
	}
	points := r.points()
	if len(points) == 0 {
		return s.decline(a, q, result, emit)
	}
	if r.fitted != nil {
		j := r.judge(points)
		if j.tell(a); !j.passes(r.Decision) {
			return s.decline(a, q, result, emit)
		}
	}
	if points = standing(slices.DeleteFunc(points, func(p point) bool { return !q.tells(p.excerpt) })); len(points) == 0 {
		return s.decline(a, q, result, emit)
	}
	a.Answerable = true
	return w.points(points)
}

// decline says that the record does not answer, and why, with the turns nearest to it.
func (s *Service) decline(a *Answer, q question, result retrieval.Result, emit func(Event) error) error {
	a.Text = q.silence()
	near := q.hitsOf(result.Hits)
	a.Nearest = notNil(near[:min(s.evidence.Search.Nearest, len(near))])
	return emit(Delta{Text: a.Text, Declines: true})
}

// point is a quotation of an extractive answer with the way it is introduced.
type point struct {
	excerpt
	kind pointKind
}

type pointKind int

const (
	pointSaid     pointKind = iota // who said it, asked by whom
	pointAsked                     // a questioner's words, shown as such
	pointPremise                   // a questioner's claim, which the person asked about did not make
	pointAnswered                  // what was answered to the point before
	pointIdentity                  // where a questioner gives their name
)

// points are what of the hits answers the question; none when the record does not.
func (r *reading) points() []point {
	all := r.excerpts()
	switch q := r.question; {
	case q.Asking:
		return r.askedPoints(all)
	default:
		return r.topicPoints(all)
	}
}

// askedPoints answer who asked, or what somebody asked.
func (r *reading) askedPoints(all []excerpt) []point {
	persons := r.question.persons
	asked := slices.DeleteFunc(r.answering(all), func(e excerpt) bool {
		ofOther := len(persons) > 0 && !anySpeaks(persons, e.hit.Hit)
		return e.hit.Role != model.RoleQuestion || ofOther
	})
	var points []point
	for _, e := range r.best(asked, r.Selection.Quotations) {
		if r.question.namesOnly(r.topic) {
			e = e.asking()
		}
		points = append(points, point{e, pointAsked})
		if identity, ok := e.identity(); ok && len(persons) == 0 {
			points = append(points, point{identity, pointIdentity})
		}
	}
	return points
}

// asking is the part of a questioner's turn that asks: from its first sentence
// with a question mark to its last.
func (e excerpt) asking() excerpt {
	first, last := -1, -1
	for _, s := range e.hit.sentences() {
		if strings.Contains(e.hit.words(s), "?") {
			if first < 0 {
				first = s.Start
			}
			last = s.End
		}
	}
	if first < 0 {
		return e
	}
	return e.respan(first, last)
}

// identity is the sentence in which a questioner gives their name, unless the
// excerpt has it already.
func (e excerpt) identity() (excerpt, bool) {
	name := wordsOf(string(e.hit.Speaker))
	if len(name) == 0 || e.hit.Doubt != "" {
		return e, false
	}
	for _, s := range e.hit.sentences() {
		if given := e.respan(s.Start, s.End); wordsOf(given.text).hasAll(name) {
			return given, !wordsOf(e.text).hasAll(name)
		}
	}
	return e, false
}

// premise recognises a claim that a questioner put to the person and that the
// person's own words do not make: "Did X say that …?", where only the question
// has it. It shows the question as the questioner's, and what X answered.
func (r *reading) premise(p person, own, all []excerpt) ([]point, bool) {
	i := slices.IndexFunc(all, func(e excerpt) bool {
		return e.hit.Role == model.RoleQuestion && !p.speaks(e.hit.Hit) && r.answers(e) && e.direct >= r.Decision.AlmostSupport
	})
	if !r.question.YesNo || i < 0 {
		return nil, false
	}
	claim := all[i]
	if slices.ContainsFunc(own, func(e excerpt) bool { return e.direct >= r.Decision.PremiseShare*claim.direct }) {
		return nil, false
	}
	answer := slices.IndexFunc(own, func(e excerpt) bool {
		return e.hit.TranscriptID == claim.hit.TranscriptID && e.hit.Question != nil && e.hit.Question.Turn == claim.hit.Turn && e.hit.Turn == claim.hit.Turn+1
	})
	if answer < 0 {
		return nil, false
	}
	kind := pointAnswered
	if q, _ := own[answer].hit.question(); q == nil {
		kind = pointSaid // it asks another, or nothing
	}
	return []point{{claim, pointPremise}, {r.lead(own[answer]), kind}}, true
}

// lead is the beginning of an excerpt's turn: its first sentence, or its first
// two when the first alone is too short to mean anything, and a refusal.
func (r *reading) lead(e excerpt) excerpt {
	spans := e.hit.sentences()
	end := spans[0].End
	if len(spans) > 1 && end < r.Excerpt.ShortLead {
		end = spans[1].End
	}
	if refusal, ok := r.Excerpt.refusal(e.hit); ok {
		end, e.refusal = max(end, refusal.End-e.hit.Start), refusal
	}
	return e.respan(spans[0].Start, end)
}

// topicPoints answer a question that asks for no person's words.
func (r *reading) topicPoints(all []excerpt) []point {
	if r.fitted != nil {
		return r.withQuestions(all, r.best(r.answersFirst(all), r.Selection.Quotations))
	}
	weighted := slices.Clone(all)
	for i := range weighted {
		e := &weighted[i]
		switch e.hit.Role {
		case model.RoleQuestion:
			e.support *= r.Selection.QuestionShare
		case model.RoleModerator:
			e.support *= r.Selection.ModeratorShare
		}
		if slices.Contains(r.question.mentioned, string(e.hit.Speaker)) {
			e.support += r.Selection.Person
		}
	}
	slices.SortStableFunc(weighted, r.byMerit)
	return pointsOf(r.best(withoutAnswered(r.answering(weighted)), r.Selection.Quotations))
}

// answersFirst puts the answer in the place of a question that comes before it: where the
// record asks what is asked, what was answered is wanted.
func (r *reading) answersFirst(all []excerpt) []excerpt {
	answers := map[retrieval.TurnKey]excerpt{} // the best one to each question
	for _, e := range all {
		if key, ok := e.hit.QuestionKey(); ok {
			if _, known := answers[key]; !known {
				answers[key] = e
			}
		}
	}
	var first []excerpt
	placed := map[retrieval.TurnKey]bool{}
	for _, e := range all {
		if answer, ok := answers[turnOf(e.hit.Hit)]; ok {
			answer.support, e = e.support, answer
		}
		if !placed[turnOf(e.hit.Hit)] {
			placed[turnOf(e.hit.Hit)] = true
			first = append(first, e)
		}
	}
	return first
}

// withQuestions are the points of excerpts, each answer with the question before it where
// that was found to answer better.
func (r *reading) withQuestions(all, chosen []excerpt) []point {
	var points []point
	for _, e := range chosen {
		points = append(points, point{e, kindOf(e)})
		key, ok := e.hit.QuestionKey()
		i := slices.IndexFunc(all, func(asked excerpt) bool { return ok && turnOf(asked.hit.Hit) == key && asked.support >= e.support })
		if i >= 0 {
			points = append(points, point{all[i], pointAsked})
		}
	}
	return points
}

func pointsOf(excerpts []excerpt) []point {
	var points []point
	for _, e := range excerpts {
		points = append(points, point{e, kindOf(e)})
	}
	return points
}

func kindOf(e excerpt) pointKind {
	if e.hit.Role == model.RoleQuestion {
		return pointAsked
	}
	return pointSaid
}

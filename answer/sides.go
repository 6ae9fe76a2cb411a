package answer

import (
	"regexp"
	"slices"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// A side is one of those whose words are quoted apart from those of others: a person to whom
// the question binds, or a transcript where it compares transcripts.
type side struct {
	person     *person // nil: anybody's words
	transcript string  // empty: of any
}

func (s side) has(h retrieval.Hit) bool {
	return (s.person == nil || s.person.speaks(h)) && (s.transcript == "" || s.transcript == h.TranscriptID)
}

// eachTranscript finds that a question wants what several transcripts say.
var eachTranscript = regexp.MustCompile(`(?i)\b(?:each|every|both|two|three|different|various)\s+(?:of the )?(?:\pL+ )?` + lexicon.Any("events in questions") + `s?\b`)

// mostSides is how many transcripts are compared: 4, what a reader takes in.
const mostSides = 4

// sides are those that the question wants quoted; none where anybody may answer.
func (r *reading) sides() []side {
	if r.question.Asking {
		return nil
	}
	var persons []side
	for i := range r.question.persons {
		persons = append(persons, side{person: &r.question.persons[i]})
	}
	if r.question.each == "" {
		return persons
	}
	if len(persons) == 0 {
		persons = []side{{}}
	}
	var all []side
	for _, s := range persons {
		for _, h := range r.hits {
			of := side{s.person, h.TranscriptID}
			if s.has(h) && !slices.Contains(all, of) && len(all) < mostSides*len(persons) {
				all = append(all, of)
			}
		}
	}
	return all
}

// extractSides writes what each side says, in its own words, and of which persons there is
// nothing.
func (s *Service) extractSides(a *Answer, r *reading, sides []side, result retrieval.Result, w *writer) error {
	limit := r.Selection.Quotations
	if len(sides) > 1 {
		limit = r.Selection.PerPerson
	}
	var points []point
	quoted := map[*person]bool{}
	for _, side := range sides {
		said, j := r.by(side, limit)
		if j != nil && (a.Confidence == nil || *a.Confidence < j.confidence) {
			j.tell(a)
		}
		said = standing(said)
		quoted[side.person] = quoted[side.person] || len(said) > 0
		points = append(points, said...)
	}
	if len(points) == 0 {
		return s.decline(a, r.question, result, w.emit)
	}
	a.Answerable = true
	if err := w.points(points); err != nil {
		return err
	}
	var silent []person
	for i := range r.question.persons {
		if p := &r.question.persons[i]; !quoted[p] {
			silent = append(silent, *p)
		}
	}
	if len(silent) > 0 {
		if err := w.statement([]written{{prose: nothingBy(silent)}}); err != nil {
			return err
		}
	}
	if len(r.question.absent) > 0 {
		return w.statement([]written{{prose: r.question.absence()}})
	}
	return nil
}

// by is what a side says that answers: by the question's words where these are said together,
// else by meaning, where that is likely enough to answer. Without a topic it is what they say
// most in. What is not said by meaning is not judged.
func (r *reading) by(s side, limit int) (said []point, j *judgement) {
	words := r.byWords()
	all := words.excerpts()
	own := slices.DeleteFunc(slices.Clone(all), func(e excerpt) bool { return !s.has(e.hit.Hit) })
	if r.question.namesOnly(r.topic) {
		return pointsOf(words.fullest(own, limit)), nil
	}
	if s.person != nil {
		if premise, ok := words.premise(*s.person, own, all); ok {
			return premise, nil
		}
	}
	inWords := func() []point { return pointsOf(words.best(withoutAnswered(words.answering(own)), limit)) }
	if r.fitted == nil {
		return inWords(), nil
	}
	alone := *r
	alone.hits = slices.DeleteFunc(slices.Clone(r.hits), func(h retrieval.Hit) bool { return !s.has(h) })
	answering := slices.DeleteFunc(r.answersFirst(r.excerpts()), func(e excerpt) bool { return !s.has(e.hit.Hit) })
	if said = pointsOf(r.best(answering, limit)); len(said) > 0 {
		judged := alone.judge(said)
		if j = &judged; j.passes(r.Decision) {
			return said, j
		}
	}
	if len(r.question.called) > 1 {
		return inWords(), nil // of several, none is to seem silent who says the question's words
	}
	if sayingOn.MatchString(r.question.text) {
		own = slices.DeleteFunc(own, func(e excerpt) bool { return e.direct < whole })
		if said = inWords(); len(said) > 0 { // who says all words of a topic says something about it
			return said, nil
		}
	}
	return nil, j
}

// whole is all of a topic's weight, but for what rounding takes off.
const whole = 1 - 1e-6

// fullest are the excerpts with the most words, for who asks for somebody's words on nothing
// in particular.
func (r *reading) fullest(own []excerpt, limit int) []excerpt {
	sorted := slices.Clone(own)
	slices.SortStableFunc(sorted, func(a, b excerpt) int { return len(b.words) - len(a.words) })
	var chosen []excerpt
	for _, e := range sorted {
		if len(chosen) < limit && !slices.ContainsFunc(chosen, func(c excerpt) bool { return r.repeats(c, e) }) {
			chosen = append(chosen, e)
		}
	}
	return inOrder(chosen)
}

package answer

import (
	"cmp"
	"slices"

	"github.com/pullquote/pullquote/retrieval"
)

// answers reports whether an excerpt is enough for an answer.
func (r *reading) answers(e excerpt) bool {
	if r.fitted != nil {
		return true // what they are worth together decides, see confidence
	}
	return e.support >= r.Decision.Support || e.support >= r.Decision.AlmostSupport && e.mass >= r.Decision.Mass
}

func (r *reading) answering(all []excerpt) []excerpt {
	return slices.DeleteFunc(slices.Clone(all), func(e excerpt) bool { return !r.answers(e) })
}

// merit ranks excerpts: what stands in their own words counts once more, for a
// sentence may owe its support to the question that it follows.
func (r *reading) merit(e excerpt) float64 {
	if r.fitted != nil {
		return e.support
	}
	return e.support + r.Selection.Direct*e.direct
}

// byMerit sorts excerpts, the best first; of two that are as good, the one in the
// speaker's own words.
func (r *reading) byMerit(a, b excerpt) int {
	own := 0
	switch {
	case a.aloud && !b.aloud:
		own = 1
	case b.aloud && !a.aloud:
		own = -1
	}
	return cmp.Or(cmp.Compare(r.merit(b), r.merit(a)), own)
}

// best are the first of a sorted list that come near the best of it, no two
// saying the same.
func (r *reading) best(sorted []excerpt, limit int) []excerpt {
	var chosen []excerpt
	for _, e := range sorted {
		if len(chosen) == limit || r.merit(e) < r.worthShare()*r.merit(sorted[0]) {
			break
		}
		if !slices.ContainsFunc(chosen, func(c excerpt) bool { return r.repeats(c, e) }) {
			chosen = append(chosen, e)
		}
	}
	if r.fitted != nil {
		return chosen
	}
	return inOrder(chosen)
}

// worthShare is the share of the best excerpt's merit that a further one needs.
func (r *reading) worthShare() float64 {
	if r.fitted != nil {
		return r.Selection.WorthOfFitted
	}
	return r.Selection.WorthShare
}

// repeats reports whether two excerpts say the same: most words of either are in
// the other.
func (r *reading) repeats(a, b excerpt) bool {
	fewer, more := min(len(a.words), len(b.words)), max(len(a.words), len(b.words))
	return fewer >= r.Selection.RepeatWords && float64(a.words.shared(b.words)) > r.Selection.RepeatShare*float64(more)
}

// inOrder puts excerpts of one turn next to each other, as they were said.
func inOrder(chosen []excerpt) []excerpt {
	var ordered []excerpt
	for len(chosen) > 0 {
		key := turnOf(chosen[0].hit.Hit)
		other := func(e excerpt) bool { return turnOf(e.hit.Hit) != key }
		turn := slices.DeleteFunc(slices.Clone(chosen), other)
		slices.SortFunc(turn, func(a, b excerpt) int { return a.span.Start - b.span.Start })
		ordered = append(ordered, turn...)
		chosen = slices.DeleteFunc(chosen, func(e excerpt) bool { return !other(e) })
	}
	return ordered
}

// withoutAnswered drops a question where its answer is an excerpt too: the
// citation of the answer has the question.
func withoutAnswered(all []excerpt) []excerpt {
	answered := map[retrieval.TurnKey]bool{}
	for _, e := range all {
		if e.hit.Question != nil {
			answered[retrieval.TurnKey{TranscriptID: e.hit.TranscriptID, Turn: e.hit.Question.Turn}] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(e excerpt) bool { return answered[turnOf(e.hit.Hit)] })
}

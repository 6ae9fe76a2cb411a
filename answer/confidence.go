package answer

import (
	"cmp"
	"math"
	"slices"

	"github.com/pullquote/pullquote/internal/logistic"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// FeatureNames are what tells whether an answer answers, and whether the record does, in the
// order of Answer.Features: of the evidence and of the question, since the same evidence
// answers one kind of question more likely than another. Of some eighty these are enough: more
// of them fit the questions at hand better, and others worse.
var FeatureNames = []string{
	"best sentence", "ahead of the fourth turn", ModelFeature, "words and vectors agree", "words met", "words met by the one asked about", "numbers not named",
	"amount wanted", "money wanted", "duration wanted", "date wanted", "place wanted", "person wanted", "reason wanted",
	"yes or no wanted", "what somebody says wanted", "speaker asked about",
}

// ModelFeature is the one whose scale is the model's own: of one that nothing was fitted for
// it says nothing.
const ModelFeature = "best cosine"

// fourth is the turn that the best one has to be ahead of: as many as three quotations leave
// out.
const fourth = 4

// features are those of an answer made of these points.
func (r *reading) features(points []point) []float64 {
	var bests []float64 // the best sentence of each turn
	cosine := 0.0
	for _, h := range r.hits {
		best := math.Inf(-1)
		for _, s := range h.Evidence.Sentences {
			best, cosine = max(best, s.LogOdds), max(cosine, s.Cosine)
		}
		if len(h.Evidence.Sentences) > 0 {
			bests = append(bests, best)
		}
	}
	slices.SortFunc(bests, func(a, b float64) int { return cmp.Compare(b, a) })
	best, met := points[0], 0.0
	for _, p := range points {
		met = max(met, p.direct)
		if p.strongest().LogOdds > best.strongest().LogOdds {
			best = p
		}
	}
	q := r.question
	numbers, binds := q.Kinds&retrieval.Numbers, logistic.Truth(len(q.persons) > 0)
	missing := numbers &^ numbers.In(best.textOf(best.strongest().Span))
	wants := func(k retrieval.AnswerKinds) float64 { return logistic.Truth(q.Kinds&k != 0) }
	return []float64{
		at(bests, 0), at(bests, 0) - at(bests, fourth-1), cosine, best.hit.Evidence.Agreement, met, met * binds, float64(missing.Count()),
		wants(retrieval.Amount), wants(retrieval.Money), wants(retrieval.Duration), wants(retrieval.Date), wants(retrieval.Place), wants(retrieval.Person), wants(retrieval.Reason),
		logistic.Truth(q.YesNo), logistic.Truth(q.Attributed), binds,
	}
}

// strongest is the evidence of the excerpt's best sentence.
func (e excerpt) strongest() (best retrieval.SentenceEvidence) {
	found := false
	for _, s := range e.hit.Evidence.Sentences {
		if s.Start < e.span.End && e.span.Start < s.End && (!found || s.LogOdds > best.LogOdds) {
			best, found = s, true
		}
	}
	return best
}

// textOf are the words of a span of the excerpt's turn.
func (e excerpt) textOf(s sentence.Span) string {
	if s.End == 0 {
		return "" // of no sentence
	}
	return e.respan(s.Start-e.hit.Start, s.End-e.hit.Start).text
}

// at is the i-th of sorted values, or the last where there are fewer; 0 of none.
func at(sorted []float64, i int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(i, len(sorted)-1)]
}

// judgement is how an answer is judged before it is given.
type judgement struct {
	confidence float64 // the calibrated probability that what is quoted answers the question
	record     float64 // the probability that the record answers it
	features   []float64
}

// judge judges an answer made of these points.
func (r *reading) judge(points []point) judgement {
	features := r.features(points)
	probability := func(w retrieval.FeatureWeights) float64 {
		return logistic.Probability(w.Model(FeatureNames).LogOdds(features))
	}
	return judgement{probability(r.fitted.Answer), probability(r.fitted.Record), features}
}

// passes reports whether the record answers surely enough. It need not be likely that what is
// quoted does: of what the record answers, a reader finds more near it than in a silence.
func (j judgement) passes(d Decision) bool { return j.record >= d.Record }

// tell tells of an answer how it was judged.
func (j judgement) tell(a *Answer) { a.Confidence, a.Features = &j.confidence, j.features }

package answer

import (
	"cmp"
	"slices"

	"github.com/pullquote/pullquote/internal/logistic"
	"github.com/pullquote/pullquote/retrieval"
)

// ConfidenceFeatureNames are what tells whether an answer answers, in the order of
// Answer.Features.
var ConfidenceFeatureNames = []string{
	"best sentence", "ahead of the tenth", "ahead of the next turn", "turn", "meaning", "cosine",
	"words of the first", "words of all", "words unknown", "rank by words",
	"number wanted", "number wanted and not first", "number wanted and nowhere",
}

const tenth = 10 // sentence, which the best one has to be ahead of

// confidenceFeatures are the features of an answer made of these points.
func (r *reading) confidenceFeatures(points []point) []float64 {
	var odds []float64
	var turns []float64 // the best sentence of each turn
	for _, h := range r.hits {
		if len(h.Evidence.Sentences) == 0 {
			continue
		}
		of := make([]float64, len(h.Evidence.Sentences))
		for i, s := range h.Evidence.Sentences {
			of[i] = s.LogOdds
		}
		odds, turns = append(odds, of...), append(turns, slices.Max(of))
	}
	for _, list := range [][]float64{odds, turns} {
		slices.SortFunc(list, func(a, b float64) int { return cmp.Compare(b, a) })
	}
	first := points[0]
	evidence := first.strongest()
	covered, numberFirst, numberAny := 0.0, retrieval.HasNumber(first.text), false
	for _, p := range points {
		covered = max(covered, p.direct)
		numberAny = numberAny || retrieval.HasNumber(p.text)
	}
	unknown := 0.0
	for _, t := range r.topic {
		if t.Passages == 0 {
			unknown += t.Weight / r.weight
		}
	}
	byWords := 0.0
	if rank := first.hit.LexicalRank; rank != nil {
		byWords = 1 / float64(*rank)
	}
	wanted := r.question.number
	return []float64{
		at(odds, 0), at(odds, 0) - at(odds, tenth-1), at(turns, 0) - at(turns, 1), first.hit.Evidence.LogOdds, evidence.Meaning, evidence.Cosine,
		first.direct, covered, unknown, byWords,
		logistic.Truth(wanted), logistic.Truth(wanted && !numberFirst), logistic.Truth(wanted && !numberAny),
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

// at is the i-th of sorted values, or the last where there are fewer; 0 of none.
func at(sorted []float64, i int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(i, len(sorted)-1)]
}

// confidence is the calibrated probability that the points answer the question.
func (r *reading) confidence(points []point) (p float64, features []float64) {
	features = r.confidenceFeatures(points)
	return logistic.Probability(r.fitted.Answer.Model(ConfidenceFeatureNames).LogOdds(features)), features
}

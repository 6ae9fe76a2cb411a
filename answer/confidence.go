package answer

import (
	"cmp"
	"math"
	"slices"

	"github.com/pullquote/pullquote/internal/logistic"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// ConfidenceFeatureNames are what tells whether an answer answers, in the order of
// Answer.Features. Of some twenty these are enough: more of them fit the questions at hand
// better, and others worse.
var ConfidenceFeatureNames = []string{
	"best sentence", "ahead of the fourth turn", ModelFeature, "words and vectors agree", "words met", "words met by the one asked about", "numbers not named",
}

// ModelFeature is the one whose scale is the model's own: of one that nothing was fitted for
// it says nothing.
const ModelFeature = "best cosine"

// fourth is the turn that the best one has to be ahead of: as many as three quotations leave
// out.
const fourth = 4

// confidenceFeatures are the features of an answer made of these points.
func (r *reading) confidenceFeatures(points []point) []float64 {
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
	wanted := r.question.Kinds & retrieval.Numbers
	missing := wanted &^ wanted.In(best.textOf(best.strongest().Span))
	return []float64{
		at(bests, 0), at(bests, 0) - at(bests, fourth-1), cosine, best.hit.Evidence.Agreement, met, met * logistic.Truth(len(r.question.persons) > 0), float64(missing.Count()),
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

// confidence is the calibrated probability that the points answer the question.
func (r *reading) confidence(points []point) (p float64, features []float64) {
	features = r.confidenceFeatures(points)
	return logistic.Probability(r.fitted.Answer.Model(ConfidenceFeatureNames).LogOdds(features)), features
}

package eval

import (
	"math"
	"slices"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/logistic"
)

// RiskCoverage tells what comes of answering from a confidence on (El-Yaniv and Wiener, 2010,
// "On the Foundations of Noise-free Selective Classification").
type RiskCoverage struct {
	// AUC is how likely a right answer has a higher confidence than a wrong one; 0 where there
	// are not both.
	AUC    float64         `json:"auc"`
	Points []CoveragePoint `json:"points"`
}

// CoveragePoint is the share of the questions that are answered, and of these answers the
// wrong ones.
type CoveragePoint struct {
	Confidence float64 `json:"confidence"`
	Coverage   float64 `json:"coverage"`
	Risk       float64 `json:"risk"`
}

// curveStep is between the confidences of a curve.
const curveStep = 0.1

// riskCoverage is the curve of answers that have a confidence and are known to be right or
// wrong; nil where none has. Answers below the threshold that is set were not given, and are
// not on it: with `--set answer.decision.record=0` all are.
func riskCoverage(outcomes []Outcome) *RiskCoverage {
	var confidences []float64
	var right []bool
	judged := 0
	for _, o := range outcomes {
		if o.Right == nil {
			continue
		}
		judged++
		if o.Answered && o.Confidence != nil {
			confidences, right = append(confidences, *o.Confidence), append(right, *o.Right)
		}
	}
	if len(confidences) == 0 {
		return nil
	}
	curve := &RiskCoverage{}
	if auc := logistic.AUC(confidences, right); !math.IsNaN(auc) {
		curve.AUC = auc
	}
	for i := range int(1 / curveStep) {
		p := CoveragePoint{Confidence: float64(i) * curveStep}
		given, wrong := 0.0, 0.0
		for k, c := range confidences {
			if c >= p.Confidence {
				given++
				wrong += logistic.Truth(!right[k])
			}
		}
		if given > 0 {
			p.Coverage, p.Risk = given/float64(judged), wrong/given
			curve.Points = append(curve.Points, p)
		}
	}
	return curve
}

// isRight reports whether an answer is right, where the case says what is: it cites words
// that answer, or declines where nothing does.
func isRight(c Case, g gold, a *answer.Answer) *bool {
	if !c.Declines() && len(g.spans) == 0 {
		return nil
	}
	right := c.Declines() && !a.Answerable || slices.ContainsFunc(a.Citations, func(cited answer.Citation) bool {
		return slices.ContainsFunc(g.spans, func(s span) bool { return s.overlaps(cited) })
	})
	return &right
}

package eval

import (
	"math"
	"slices"
	"testing"
)

func TestRiskCoverage(t *testing.T) {
	outcome := func(answered bool, confidence float64, right bool) Outcome {
		o := Outcome{Answered: answered, Right: &right}
		if confidence >= 0 {
			o.Confidence = &confidence
		}
		return o
	}
	curve := riskCoverage([]Outcome{
		outcome(true, 0.95, true), outcome(true, 0.65, false), outcome(true, 0.35, true),
		outcome(false, 0.15, true), // declined
		outcome(true, -1, true),    // answered without a confidence
		{Answered: true},           // nobody knows whether it is right
	})
	at := func(confidence float64) CoveragePoint {
		i := slices.IndexFunc(curve.Points, func(p CoveragePoint) bool { return math.Abs(p.Confidence-confidence) < 1e-9 })
		if i < 0 {
			t.Fatalf("no point at %g in %+v", confidence, curve.Points)
		}
		return curve.Points[i]
	}
	for _, want := range []CoveragePoint{{0, 0.6, 1.0 / 3}, {0.5, 0.4, 0.5}, {0.9, 0.2, 0}} {
		got := at(want.Confidence)
		if math.Abs(got.Coverage-want.Coverage) > 1e-9 || math.Abs(got.Risk-want.Risk) > 1e-9 {
			t.Errorf("from %g on %+v, want %+v", want.Confidence, got, want)
		}
	}
	if curve.AUC != 0.5 {
		t.Errorf("the AUC is %g: one right answer is above the wrong one, one below", curve.AUC)
	}
	if riskCoverage([]Outcome{outcome(true, -1, true)}) != nil {
		t.Error("answers without confidence have a curve")
	}
}

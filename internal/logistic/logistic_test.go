package logistic

import (
	"math"
	"math/rand/v2"
	"testing"
)

// From many examples, the weights come out by which it was decided whether they hold.
func TestFitFindsTheWeights(t *testing.T) {
	want := Model{Bias: -1, Weights: []float64{2, -0.5, 0}}
	random := rand.New(rand.NewPCG(1, 2))
	var examples []Example
	for range 20_000 {
		x := []float64{random.NormFloat64(), 10 + 3*random.NormFloat64(), 7}
		examples = append(examples, Example{x, random.Float64() < Probability(want.LogOdds(x)), 1})
	}
	got, err := Fit(examples, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range want.Weights {
		if math.Abs(got.Weights[i]-w) > 0.1 {
			t.Errorf("weights %v, want about %v", got.Weights, want.Weights)
			break
		}
	}
	if math.Abs(got.Bias-want.Bias) > 0.5 {
		t.Errorf("bias %g, want about %g", got.Bias, want.Bias)
	}
}

// From many lists, one of each chosen by its log-odds, the weights come out.
func TestFitChoiceFindsTheWeights(t *testing.T) {
	want := []float64{1.5, -0.5}
	random := rand.New(rand.NewPCG(3, 4))
	var lists [][]Example
	for range 4000 {
		list, total := make([]Example, 5), 0.0
		odds := make([]float64, len(list))
		for i := range list {
			list[i] = Example{Features: []float64{random.NormFloat64(), 2 + random.NormFloat64()}, Weight: 1}
			odds[i] = math.Exp(Model{Weights: want}.LogOdds(list[i].Features))
			total += odds[i]
		}
		left := random.Float64() * total
		for i := range list {
			if left -= odds[i]; left < 0 {
				list[i].Holds = true
				break
			}
		}
		lists = append(lists, list)
	}
	got, err := FitChoice(lists, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range want {
		if math.Abs(got.Weights[i]-w) > 0.1 {
			t.Errorf("weights %v, want about %v", got.Weights, want)
			break
		}
	}
}

// What all examples share, or what parts them without exception, has a finite weight.
func TestFitStaysFinite(t *testing.T) {
	for name, examples := range map[string][]Example{
		"parted":       {{[]float64{0}, false, 1}, {[]float64{1}, true, 1}},
		"all hold":     {{[]float64{0}, true, 1}, {[]float64{1}, true, 1}},
		"all the same": {{[]float64{3}, true, 1}, {[]float64{3}, false, 1}},
	} {
		m, err := Fit(examples, 1)
		if err != nil || math.IsNaN(m.LogOdds([]float64{0.5})) || math.IsInf(m.LogOdds([]float64{0.5}), 0) {
			t.Errorf("%s: %v, %v", name, m, err)
		}
	}
}

func TestFitRefuses(t *testing.T) {
	for name, examples := range map[string][]Example{
		"nothing":        nil,
		"no number":      {{[]float64{math.NaN()}, true, 1}},
		"other features": {{[]float64{1}, true, 1}, {[]float64{1, 2}, false, 1}},
		"no weight":      {{[]float64{1}, true, 0}},
	} {
		if _, err := Fit(examples, 1); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestBalanced(t *testing.T) {
	b := Balanced([]Example{{Holds: true}, {}, {}, {}})
	if b[0].Weight != 2 || math.Abs(3*b[1].Weight-2) > 1e-12 {
		t.Errorf("weights %g and %g, want 2 and 2/3", b[0].Weight, b[1].Weight)
	}
}

func TestAUC(t *testing.T) {
	for _, c := range []struct {
		scores []float64
		holds  []bool
		want   float64
	}{
		{[]float64{1, 2, 3, 4}, []bool{false, false, true, true}, 1},
		{[]float64{1, 2, 3, 4}, []bool{true, true, false, false}, 0},
		{[]float64{1, 1}, []bool{true, false}, 0.5},
	} {
		if got := AUC(c.scores, c.holds); got != c.want {
			t.Errorf("AUC(%v, %v) = %g, want %g", c.scores, c.holds, got, c.want)
		}
	}
}

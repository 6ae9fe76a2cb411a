package logistic

import (
	"math"
	"math/rand/v2"
	"testing"
)

// What is told by the first ranks decides: the second feature parts most of those that hold
// from most that do not, but has some of these ahead of all.
func TestFitRankingLooksAtTheFirstRanks(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var lists [][]Example
	for range 10 {
		var list []Example
		add := func(n int, holds bool, first, second float64) {
			for range n {
				x := []float64{first + random.NormFloat64()/4, second + random.NormFloat64()/4}
				list = append(list, Example{x, holds, 1})
			}
		}
		add(5, true, 1, 0)
		add(25, true, 0, 1)
		add(5, false, 0, 2)
		add(35, false, 0, -1)
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		lists = append(lists, list)
	}
	second := map[int]float64{}
	for _, depth := range []int{5, 70} {
		m, err := FitRanking(lists, depth, 1)
		if err != nil {
			t.Fatal(err)
		}
		second[depth] = m.Weights[1] / m.Weights[0]
	}
	if second[5] > second[70]/2 {
		t.Errorf("the second feature weighs %.2f of the first for the first five ranks, and %.2f for all", second[5], second[70])
	}
}

// A list counts what it weighs.
func TestFitRankingWeighsLists(t *testing.T) {
	by := func(feature int, weight float64) []Example {
		holds, other := make([]float64, 2), make([]float64, 2)
		holds[feature], other[1-feature] = 1, 1
		return []Example{{other, false, weight}, {holds, true, weight}}
	}
	m, err := FitRanking([][]Example{by(0, 3), by(1, 1)}, 10, 0.1)
	if err != nil || m.Weights[0] <= m.Weights[1] {
		t.Errorf("weights %v (%v), want the first feature ahead", m.Weights, err)
	}
}

func TestFitRankingRefuses(t *testing.T) {
	for name, lists := range map[string][][]Example{
		"nothing":       nil,
		"all hold":      {{{[]float64{1}, true, 1}}},
		"nothing holds": {{{[]float64{1}, false, 1}, {[]float64{2}, false, 1}}},
		"no number":     {{{[]float64{math.NaN()}, true, 1}, {[]float64{2}, false, 1}}},
	} {
		if _, err := FitRanking(lists, 10, 1); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

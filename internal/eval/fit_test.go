package eval

import (
	"math"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/internal/logistic"
)

func TestIsTopic(t *testing.T) {
	for name, c := range map[string]struct {
		Case
		want bool
	}{
		"some words answer":              {Case{Quotes: []string{"412 metres across"}}, false},
		"some words of known turns":      {Case{Quotes: []string{"412 metres across"}, Expected: []Place{{"gate", 3}}}, false},
		"whole turns answer":             {Case{Expected: []Place{{"gate", 3}, {"gate", 4}}}, true},
		"nothing answers":                {Case{Unanswerable: true}, false},
		"nothing is known of the answer": {Case{}, false},
	} {
		if got := c.isTopic(); got != c.want {
			t.Errorf("%s: isTopic is %v", name, got)
		}
	}
}

// What a kind of questions counts for the order does not depend on how many there are.
func TestFitOrderBalancesKinds(t *testing.T) {
	listBy := func(feature int, isTopic bool) list {
		l := list{isTopic: isTopic}
		for i := range 20 {
			x := make([]float64, 3)
			x[feature], x[(feature+1)%3] = float64(i), float64(i*7%20)
			l.turns = append(l.turns, logistic.Example{Features: x, Holds: i%4 == 3})
		}
		return l
	}
	few := []list{listBy(0, false), listBy(1, true)}
	many := append(slices.Repeat(few[1:], 9), few[0])
	ratios := map[string]float64{}
	for name, lists := range map[string][]list{"few": few, "many": many} {
		w, err := fitOrder(lists)
		if err != nil {
			t.Fatal(err)
		}
		ratios[name] = w.Weights["log-odds"] / w.Weights["words"]
	}
	if math.Abs(ratios["few"]/ratios["many"]-1) > 0.2 {
		t.Errorf("the log-odds weigh %.2f of the words, and %.2f with nine times as many topics", ratios["few"], ratios["many"])
	}
}

package eval

import (
	"fmt"
	"math"
	"testing"
)

// Where all n differences have one sign, only 2 of the 2^n exchanges reach the
// observed one: the test's p must come close to 2^(1-n).
func TestPairedRandomization(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		x, y []float64
		want float64
	}{
		{"alike", []float64{1, 0, 0.5}, []float64{1, 0, 0.5}, 1},
		{"one question proves nothing", []float64{0}, []float64{1}, 1},
		{"five of five better", []float64{0, 0, 0, 0, 0}, []float64{1, 1, 1, 1, 1}, 0.0625},
		{"five of five worse", []float64{1, 1, 1, 1, 1}, []float64{0, 0, 0, 0, 0}, 0.0625},
		{"seven of eight better", make([]float64, 8), []float64{1, 1, 1, 1, 1, 1, 1, -1}, 18.0 / 256},
		{"up and down", []float64{0, 1}, []float64{1, 0}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := pairedRandomization(test.x, test.y)
			if math.Abs(got-test.want) > 0.01 {
				t.Errorf("p is %.4f, want %.4f", got, test.want)
			}
			if again := pairedRandomization(test.x, test.y); again != got {
				t.Errorf("the same figures have p %v and %v", got, again)
			}
		})
	}
}

// Runs are compared on the questions that both measured, and that are still the same.
func TestCompare(t *testing.T) {
	t.Parallel()
	before, after := new(Report), new(Report)
	for i := range 4 {
		id := fmt.Sprint(i)
		before.Questions = append(before.Questions, Outcome{ID: id, Question: "Why is it late?", Scores: Scores{MRR: 0.5, Success1: 0}})
		after.Questions = append(after.Questions, Outcome{ID: id, Question: "Why is it late?", Scores: Scores{MRR: 1}})
	}
	after.Questions[3].Question = "Is it late?"
	after.Questions = append(after.Questions, Outcome{ID: "new", Scores: Scores{MRR: 0}})
	got := Compare(before, after)
	if len(got) != 1 || got[0].Metric != MRR || got[0].Questions != 3 || got[0].Before != 0.5 || got[0].After != 1 {
		t.Errorf("the runs differ by %+v", got)
	}
}

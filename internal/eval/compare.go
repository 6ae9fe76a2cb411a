package eval

import (
	"math"
	"math/rand/v2"
)

// Difference is how one metric of two runs differs, over the questions that both
// measured.
type Difference struct {
	Metric    Metric  `json:"metric"`
	Questions int     `json:"questions"`
	Before    float64 `json:"before"` // mean
	After     float64 `json:"after"`  // mean
	P         float64 `json:"p"`      // of so large a difference by chance, two-sided
}

// Compare sets a run beside a former one, question by question.
func Compare(before, after *Report) []Difference {
	former := map[string]Outcome{}
	for _, o := range before.Questions {
		former[o.ID] = o
	}
	var differences []Difference
	for _, metric := range Metrics {
		var x, y []float64
		for _, o := range after.Questions {
			now, measured := o.Scores[metric]
			then, measuredThen := former[o.ID].Scores[metric]
			if measured && measuredThen && former[o.ID].Question == o.Question {
				x, y = append(x, then), append(y, now)
			}
		}
		if len(x) > 0 {
			differences = append(differences, Difference{metric, len(x), mean(x), mean(y), pairedRandomization(x, y)})
		}
	}
	return differences
}

// randomizations of a test: their number makes the error of a p of .05 about .002.
const randomizations = 10_000

// pairedRandomization is the two-sided p-value of the difference of two means
// over the same questions: were the two runs alike, each question could as well
// have had its two figures the other way round. p is the share of random
// exchanges, the observed one among them, whose difference is at least as large
// (Fisher, “The Design of Experiments”, 1935; for retrieval, Smucker, Allan and
// Carterette, “A comparison of statistical significance tests for information
// retrieval evaluation”, CIKM 2007). The seed is fixed: the same runs have the
// same p.
func pairedRandomization(x, y []float64) float64 {
	differences := make([]float64, len(x))
	observed := 0.0
	for i := range x {
		differences[i] = y[i] - x[i]
		observed += differences[i]
	}
	const rounding = 1e-9
	random := rand.New(rand.NewPCG(1, 2))
	extreme := 1
	for range randomizations {
		sum := 0.0
		for _, d := range differences {
			if random.Uint64()&1 == 0 {
				d = -d
			}
			sum += d
		}
		if math.Abs(sum) >= math.Abs(observed)-rounding {
			extreme++
		}
	}
	return float64(extreme) / (randomizations + 1)
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(1, len(values)))
}

package logistic

import (
	"cmp"
	"math"
	"slices"
)

const (
	// rankingRounds are enough: from the twentieth on the weights change by less than a
	// hundredth. Pairs are weighted anew in each, as the ranks have changed, and a smaller part
	// of its step is taken from round to round, so that the weights come to rest.
	rankingRounds = 50
	rankingStep   = 5.0 // round in which half of a step is taken
)

// FitRanking is the model whose log-odds rank the examples of each list with those that hold
// ahead, the first ranks above all (Burges, 2010, "From RankNet to LambdaRank to LambdaMART").
// A pair of one that holds and one that does not counts as much as their changing places
// would change the list's normalised discounted cumulative gain, of which depth ranks are
// summed up: of lists where many hold, nothing is spent on the tail. Lists come in the order
// that there is without the model; each counts what its first example weighs. Those of which
// nothing, or all, holds say nothing. The bias is 0.
func FitRanking(lists [][]Example, depth int, penalty float64) (Model, error) {
	lists, mean, scale, err := telling(lists)
	if err != nil {
		return Model{}, err
	}
	var ranked []ranking
	for _, list := range lists {
		ranked = append(ranked, newRanking(list, depth, mean, scale))
	}
	beta := make([]float64, len(mean))
	for round := range rankingRounds {
		gradient, hessian := penalised(beta, penalty)
		for _, r := range ranked {
			r.add(gradient, hessian, beta)
		}
		step, err := solve(hessian, gradient)
		if err != nil {
			return Model{}, err
		}
		for j := range beta {
			beta[j] -= step[j] * rankingStep / (rankingStep + float64(round))
		}
	}
	return unscaled(beta, scale), nil
}

// ranking is a list that is to be ranked.
type ranking struct {
	list   []choice
	depth  int
	weight float64 // of the list, over the gain of its perfect ranking
}

func newRanking(list []Example, depth int, mean, scale []float64) ranking {
	ideal := 0.0
	for rank := range min(count(list), depth) {
		ideal += discount(rank, depth)
	}
	return ranking{choicesOf(list, mean, scale), depth, list[0].Weight / ideal}
}

// discount is what of a gain is left at a rank, 0-based: nothing from the depth on.
func discount(rank, depth int) float64 {
	if rank >= depth {
		return 0
	}
	return 1 / math.Log2(float64(rank)+2)
}

// add adds what the list's pairs contribute to the gradient and the curvature of the negative
// log-likelihood that each is in order, weighted by the ranks that they have now.
func (r ranking) add(gradient []float64, hessian [][]float64, beta []float64) {
	scores, order := make([]float64, len(r.list)), make([]int, len(r.list))
	for i, c := range r.list {
		scores[i], order[i] = dot(beta, c.features), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	left := make([]float64, len(r.list))
	for rank, i := range order {
		left[i] = discount(rank, r.depth)
	}
	x := make([]float64, len(beta))
	for a, ahead := range r.list {
		for b, behind := range r.list {
			weight := r.weight * math.Abs(left[a]-left[b])
			if !ahead.holds || behind.holds || weight == 0 {
				continue
			}
			wrong := Probability(scores[b] - scores[a])
			for j := range x {
				x[j] = ahead.features[j] - behind.features[j]
				gradient[j] -= weight * wrong * x[j]
				for k := range j + 1 {
					hessian[j][k] += weight * wrong * (1 - wrong) * x[j] * x[k]
				}
			}
		}
	}
}

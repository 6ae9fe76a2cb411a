// Package logistic fits and applies logistic regressions: how likely it is that
// something is so, from a few numbers that are known of it.
package logistic

import (
	"fmt"
	"math"
	"slices"
)

// Model gives the log-odds that something with these features is so.
type Model struct {
	Bias    float64   `json:"bias"`
	Weights []float64 `json:"weights"` // of the features, in their order
}

// LogOdds are the log-odds for features, which are as many as the weights.
func (m Model) LogOdds(features []float64) float64 {
	sum := m.Bias
	for i, w := range m.Weights {
		sum += w * features[i]
	}
	return sum
}

// Probability is that of log-odds.
func Probability(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }

// Example is something of which it is known whether it is so.
type Example struct {
	Features []float64
	Holds    bool
	Weight   float64 // of the example in the fit; above 0
}

const (
	mostSteps  = 50   // of Newton's method, which takes some ten
	smallStep  = 1e-8 // that ends it
	leastScale = 1e-9 // of a feature that is the same in all examples
)

// Fit is the model with the greatest likelihood, its weights held small by the penalty
// (Hoerl and Kennard, 1970, "Ridge Regression") on features scaled to a mean of 0 and a
// variance of 1, so that one penalty is fair to all. It is found by Newton's method
// (iteratively reweighted least squares).
func Fit(examples []Example, penalty float64) (Model, error) {
	if len(examples) == 0 {
		return Model{}, fmt.Errorf("there are no examples")
	}
	n := len(examples[0].Features)
	mean, scale, err := moments(examples, n)
	if err != nil {
		return Model{}, err
	}
	beta := make([]float64, n+1) // the last is the bias
	x := make([]float64, n+1)
	for range mostSteps {
		gradient, hessian := make([]float64, n+1), newSquare(n+1)
		for j := range n {
			gradient[j] = penalty * beta[j]
			hessian[j][j] = penalty
		}
		hessian[n][n] = leastScale
		for _, e := range examples {
			standardise(x, e.Features, mean, scale)
			p := Probability(dot(beta, x))
			miss := e.Weight * (p - Truth(e.Holds))
			curve := e.Weight * p * (1 - p)
			for j := range x {
				gradient[j] += miss * x[j]
				for k := range j + 1 {
					hessian[j][k] += curve * x[j] * x[k]
				}
			}
		}
		step, err := solve(hessian, gradient)
		if err != nil {
			return Model{}, err
		}
		size := 0.0
		for j := range beta {
			beta[j] -= step[j]
			size = max(size, math.Abs(step[j]))
		}
		if size < smallStep {
			break
		}
	}
	return inOwnUnits(beta, mean, scale), nil
}

// inOwnUnits is the model of features as they come.
func inOwnUnits(beta, mean, scale []float64) Model {
	n := len(mean)
	m := Model{Bias: beta[n], Weights: make([]float64, n)}
	for j := range n {
		m.Weights[j] = beta[j] / scale[j]
		m.Bias -= m.Weights[j] * mean[j]
	}
	return m
}

// FitChoice is the model by whose log-odds the examples of each list that hold are chosen
// among all of it with the greatest likelihood: what it gives are no probabilities, but they
// order a list better than Fit does, which has to tell the examples of all lists apart
// (McFadden, 1974, "Conditional Logit Analysis"; Cao et al., 2007, "Learning to Rank: From
// Pairwise Approach to Listwise Approach"). Lists of which nothing, or all, holds say
// nothing. The bias is 0.
func FitChoice(lists [][]Example, penalty float64) (Model, error) {
	lists, mean, scale, err := telling(lists)
	if err != nil {
		return Model{}, err
	}
	var choices [][]choice
	for _, list := range lists {
		choices = append(choices, choicesOf(list, mean, scale))
	}
	n := len(mean)
	beta := make([]float64, n)
	loss := choiceLoss(choices, beta, penalty)
	for range mostSteps {
		gradient, hessian := penalised(beta, penalty)
		for _, list := range choices {
			addChoice(gradient, hessian, list, beta)
		}
		step, err := solve(hessian, gradient)
		if err != nil {
			return Model{}, err
		}
		next, size := loss, 1.0
		for ; size > smallStep; size /= 2 { // the bound of the curvature holds near beta only
			moved := make([]float64, n)
			for j := range beta {
				moved[j] = beta[j] - size*step[j]
			}
			if next = choiceLoss(choices, moved, penalty); next < loss {
				beta = moved
				break
			}
		}
		if loss-next < smallStep {
			break
		}
		loss = next
	}
	return unscaled(beta, scale), nil
}

// telling are the lists of which something holds and something does not, with the moments of
// their features.
func telling(lists [][]Example) (told [][]Example, mean, scale []float64, err error) {
	told = slices.DeleteFunc(slices.Clone(lists), func(list []Example) bool {
		holds := count(list)
		return holds == 0 || holds == len(list)
	})
	all := slices.Concat(told...)
	if len(all) == 0 {
		return nil, nil, nil, fmt.Errorf("there are no examples")
	}
	mean, scale, err = moments(all, len(all[0].Features))
	return told, mean, scale, err
}

// penalised are the gradient and the curvature of the penalty on weights.
func penalised(beta []float64, penalty float64) (gradient []float64, hessian [][]float64) {
	gradient, hessian = make([]float64, len(beta)), newSquare(len(beta))
	for j := range beta {
		gradient[j], hessian[j][j] = penalty*beta[j], penalty
	}
	return gradient, hessian
}

// unscaled is the model, without a bias, of features as they come.
func unscaled(beta, scale []float64) Model {
	m := Model{Weights: make([]float64, len(beta))}
	for j := range beta {
		m.Weights[j] = beta[j] / scale[j]
	}
	return m
}

// choice is an example of a list, its features scaled.
type choice struct {
	features []float64
	holds    bool
}

func choicesOf(list []Example, mean, scale []float64) []choice {
	choices := make([]choice, len(list))
	for i, e := range list {
		choices[i] = choice{make([]float64, len(mean)), e.Holds}
		for j, f := range e.Features {
			choices[i].features[j] = (f - mean[j]) / scale[j]
		}
	}
	return choices
}

// choiceLoss is the negative log-likelihood that what holds is chosen, with the penalty.
func choiceLoss(lists [][]choice, beta []float64, penalty float64) float64 {
	loss := penalty / 2 * dot(beta, beta)
	for _, list := range lists {
		all, chosen := shares(list, beta)
		loss += all.log - chosen.log
	}
	return loss
}

// part is the share of each example in a sum of odds, and the sum's logarithm.
type part struct {
	of  []float64
	log float64
}

// shares are those of a list's examples among all, and among those that hold.
func shares(list []choice, beta []float64) (all, chosen part) {
	odds := make([]float64, len(list))
	most := [2]float64{math.Inf(-1), math.Inf(-1)}
	for i, c := range list {
		odds[i] = dot(beta, c.features)
		most[0] = max(most[0], odds[i])
		if c.holds {
			most[1] = max(most[1], odds[i])
		}
	}
	all.of, chosen.of = make([]float64, len(list)), make([]float64, len(list))
	sums := [2]float64{}
	for i, c := range list {
		all.of[i] = math.Exp(odds[i] - most[0])
		sums[0] += all.of[i]
		if c.holds {
			chosen.of[i] = math.Exp(odds[i] - most[1])
			sums[1] += chosen.of[i]
		}
	}
	for i := range list {
		all.of[i] /= sums[0]
		chosen.of[i] /= sums[1]
	}
	all.log, chosen.log = most[0]+math.Log(sums[0]), most[1]+math.Log(sums[1])
	return all, chosen
}

func count(list []Example) (holds int) {
	for _, e := range list {
		if e.Holds {
			holds++
		}
	}
	return holds
}

// addChoice adds what a list contributes to the gradient of the negative log-likelihood, and
// to a bound of its curvature: the covariance of the features among all of the list. That
// of the examples that hold, which would be subtracted, is left out (Hunter and Lange,
// 2004, "A Tutorial on MM Algorithms").
func addChoice(gradient []float64, hessian [][]float64, list []choice, beta []float64) {
	all, chosen := shares(list, beta)
	expected := make([]float64, len(beta))
	for i, c := range list {
		for j, x := range c.features {
			expected[j] += all.of[i] * x
			gradient[j] += (all.of[i] - chosen.of[i]) * x
			for k := range j + 1 {
				hessian[j][k] += all.of[i] * x * c.features[k]
			}
		}
	}
	for j := range expected {
		for k := range j + 1 {
			hessian[j][k] -= expected[j] * expected[k]
		}
	}
}

// moments are the means and the deviations of features.
func moments(examples []Example, n int) (mean, scale []float64, err error) {
	mean, scale = make([]float64, n), make([]float64, n)
	total := 0.0
	for i, e := range examples {
		if len(e.Features) != n || !(e.Weight > 0) {
			return nil, nil, fmt.Errorf("example %d has %d features of %d and the weight %g", i, len(e.Features), n, e.Weight)
		}
		total += e.Weight
		for j, f := range e.Features {
			if math.IsNaN(f) || math.IsInf(f, 0) {
				return nil, nil, fmt.Errorf("feature %d of example %d is no number", j, i)
			}
			mean[j] += e.Weight * f
		}
	}
	for j := range mean {
		mean[j] /= total
	}
	for _, e := range examples {
		for j, f := range e.Features {
			scale[j] += e.Weight * (f - mean[j]) * (f - mean[j])
		}
	}
	for j := range scale {
		if scale[j] = math.Sqrt(scale[j] / total); scale[j] < leastScale {
			scale[j] = 1 // its weight stays 0
		}
	}
	return mean, scale, nil
}

// standardise puts scaled features into x, and 1 behind them for the bias.
func standardise(x, features, mean, scale []float64) {
	for j, f := range features {
		x[j] = (f - mean[j]) / scale[j]
	}
	x[len(features)] = 1
}

// Truth is a feature that holds or does not, 1 or 0.
func Truth(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func newSquare(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	return m
}

// solve finds x with a·x = b by Cholesky's decomposition; of a, which is symmetric, only
// the lower half is read. It works in place.
func solve(a [][]float64, b []float64) ([]float64, error) {
	n := len(b)
	for j := range n {
		for k := range j {
			a[j][j] -= a[j][k] * a[j][k]
		}
		if !(a[j][j] > 0) {
			return nil, fmt.Errorf("the examples do not determine feature %d; raise the penalty", j)
		}
		a[j][j] = math.Sqrt(a[j][j])
		for i := j + 1; i < n; i++ {
			for k := range j {
				a[i][j] -= a[i][k] * a[j][k]
			}
			a[i][j] /= a[j][j]
		}
	}
	for i := range n {
		for k := range i {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= a[k][i] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b, nil
}

// Balanced gives examples weights with which those that hold count as much as those that
// do not, and all together as many as there are.
func Balanced(examples []Example) []Example {
	holds := 0
	for _, e := range examples {
		if e.Holds {
			holds++
		}
	}
	of := map[bool]float64{
		true:  float64(len(examples)) / (2 * float64(max(holds, 1))),
		false: float64(len(examples)) / (2 * float64(max(len(examples)-holds, 1))),
	}
	out := make([]Example, len(examples))
	for i, e := range examples {
		e.Weight = of[e.Holds]
		out[i] = e
	}
	return out
}

// AUC is the probability that of two examples, one that holds and one that does not, the
// first has the higher score (the area under the ROC curve, after Mann and Whitney, 1947);
// equal scores count a half. It is NaN unless there are both.
func AUC(scores []float64, holds []bool) float64 {
	wins, pairs := 0.0, 0.0
	for i, a := range scores {
		for j, b := range scores {
			if !holds[i] || holds[j] {
				continue
			}
			pairs++
			switch {
			case a > b:
				wins++
			case a == b:
				wins += 0.5
			}
		}
	}
	return wins / pairs
}

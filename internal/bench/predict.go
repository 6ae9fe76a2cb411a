package bench

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"

	"github.com/pullquote/pullquote/internal/fault"
)

// Prediction is what a record of some size is expected to take.
type Prediction struct {
	Passages  int        `json:"passages"`
	From      []int      `json:"from"` // sizes of the records that it is fitted on
	Estimates []Estimate `json:"estimates"`
}

// Estimate is what is expected of one quantity.
type Estimate struct {
	Name     string  `json:"name"`
	Unit     string  `json:"unit"`
	Law      string  `json:"law"`
	Value    float64 `json:"value"`
	Measured float64 `json:"measured,omitempty"` // where a report of that size is there
}

// Error is by how much the estimate is above what was measured, as a part of that.
func (e Estimate) Error() float64 { return e.Value/e.Measured - 1 }

// law is how a quantity grows with the number n of passages: a + b·of(n), and only
// b·of(n) where it is nothing without passages. Both are fitted by least squares of the
// relative errors. Without a function it does not grow beyond the largest record.
type law struct {
	name string
	of   func(n float64) float64
	zero bool
}

var (
	// Rows and entries of indexes are as large in a large record as in a small one.
	linear = law{"a + b n", func(n float64) float64 { return n }, false}
	// Each vector is inserted by a search among those before it (Malkov and Yashunin,
	// "Efficient and robust approximate nearest neighbor search using Hierarchical
	// Navigable Small World graphs", 2018, section 4.2).
	inserted = law{"b n log n", func(n float64) float64 { return n * math.Log(n) }, true}
	// The same paper's cost of one search.
	logarithmic = law{"a + b log n", math.Log, false}
	// A search by words scores so many passages at the most (retrieval.CandidateGeneration), which
	// it does from some 300,000 passages on.
	bounded = law{name: "as in the largest"}
)

// quantity is one that a report has.
type quantity struct {
	name, unit string
	law        law
	of         func(Report) float64
}

func quantities() []quantity {
	list := []quantity{
		{"on disk", "MB", linear, func(r Report) float64 {
			var sum int64
			for _, s := range r.Sizes {
				sum += s.Bytes + s.IndexBytes
			}
			return float64(sum) / (1 << 20)
		}},
		{"of that, vectors and their indexes", "MB", linear, func(r Report) float64 { return r.table("embeddings") }},
		{"of that, words and their indexes", "MB", linear, func(r Report) float64 { return r.table("passages") }},
		{"load", "s", linear, func(r Report) float64 { return float64(r.Passages) / r.Ingest.PerSecond }},
		{"indexes after the load", "s", inserted, func(r Report) float64 { return r.Ingest.SettleSeconds }},
	}
	for _, s := range []struct {
		name string
		law  law
	}{{"lexical", bounded}, {"semantic", logarithmic}, {"hybrid", bounded}, {"POST /v1/search", bounded}} {
		list = append(list,
			quantity{s.name + ", p50", "ms", s.law, func(r Report) float64 { return r.search(s.name, 1).P50 }},
			quantity{s.name + ", p95", "ms", s.law, func(r Report) float64 { return r.search(s.name, 1).P95 }},
			quantity{fmt.Sprintf("%s, %d at a time", s.name, mostConnections), "ms each", s.law, func(r Report) float64 { return 1000 / r.search(s.name, mostConnections).PerSecond }})
	}
	return list
}

// table is what a table and its indexes take, in MB.
func (r Report) table(name string) float64 {
	i := slices.IndexFunc(r.Sizes, func(s Size) bool { return s.Table == name })
	if i < 0 {
		return 0
	}
	return float64(r.Sizes[i].Bytes+r.Sizes[i].IndexBytes) / (1 << 20)
}

func (r Report) search(name string, connections int) Latency {
	i := slices.IndexFunc(r.Searches, func(s Search) bool { return s.Name == name && s.Connections == connections })
	if i < 0 {
		return Latency{}
	}
	return r.Searches[i].Program
}

// Predict says what a record of so many passages takes, from reports of smaller ones,
// two at least. A report of just that size is held against the estimates.
func Predict(passages int, reports []Report) (Prediction, error) {
	p := Prediction{Passages: passages}
	reports = slices.SortedFunc(slices.Values(reports), func(a, b Report) int { return cmp.Compare(a.Passages, b.Passages) })
	var smaller []Report
	var measured *Report
	for i, r := range reports {
		switch {
		case r.Passages == passages:
			measured = &reports[i]
		case r.Passages < passages:
			smaller = append(smaller, r)
			p.From = append(p.From, r.Passages)
		}
	}
	if len(slices.Compact(p.From)) < 2 {
		return p, fault.New(fault.Invalid, "%d passages are predicted from reports of two smaller records at least; make them with bench --passages N --json", passages)
	}
	for _, q := range quantities() {
		e := Estimate{Name: q.name, Unit: q.unit, Law: q.law.name, Value: q.predict(float64(passages), smaller)}
		if measured != nil {
			e.Measured = q.of(*measured)
		}
		if !(e.Value > 0) || math.IsInf(e.Value, 0) {
			return p, fault.New(fault.Invalid, "the reports have no usable figure for %s", q.name)
		}
		p.Estimates = append(p.Estimates, e)
	}
	return p, nil
}

// predict fits y = a + b x to the reports, each weighted by 1/y², and tells y at n. A
// negative b says only that the noise is larger than the growth: then it is a mean.
func (q quantity) predict(n float64, reports []Report) float64 {
	if q.law.of == nil {
		return q.of(reports[len(reports)-1])
	}
	var w, wx, wy, wxx, wxy float64
	for _, r := range reports {
		x, y := q.law.of(float64(r.Passages)), q.of(r)
		weight := 1 / (y * y)
		w, wx, wy, wxx, wxy = w+weight, wx+weight*x, wy+weight*y, wxx+weight*x*x, wxy+weight*x*y
	}
	if q.law.zero {
		return wxy / wxx * q.law.of(n)
	}
	slope := max(0, (w*wxy-wx*wy)/(w*wxx-wx*wx))
	return (wy-slope*wx)/w + slope*q.law.of(n)
}

// Write prints the prediction as a table.
func (p Prediction) Write(w io.Writer) error {
	t := &table{tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight|tabwriter.TabIndent)}
	t.row("%d passages, fitted on %v", p.Passages, p.From)
	t.row("\nexpected\t\t\tlaw\tmeasured\terror\t")
	for _, e := range p.Estimates {
		measured, by := "", ""
		if e.Measured > 0 {
			measured, by = fmt.Sprintf("%.1f", e.Measured), fmt.Sprintf("%+.0f %%", 100*e.Error())
		}
		t.row("%s\t%.1f\t%s\t%s\t%s\t%s\t", e.Name, e.Value, e.Unit, e.Law, measured, by)
	}
	return t.Flush()
}

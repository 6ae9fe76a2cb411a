package bench_test

import (
	"math"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/bench"
	"github.com/pullquote/pullquote/internal/fault"
)

// grown is the report of a machine on which everything follows its law.
func grown(passages int) bench.Report {
	n := float64(passages)
	r := bench.Report{
		Passages: passages,
		Ingest:   bench.Ingest{PerSecond: n / (3 + n/5_000), SettleSeconds: n * math.Log(n) / 30_000},
		Sizes: []bench.Size{
			{Table: "embeddings", Bytes: int64(passages)*1_000 + 1<<20, IndexBytes: int64(passages) * 1_100},
			{Table: "passages", Bytes: int64(passages) * 900, IndexBytes: int64(passages) * 400},
		},
	}
	for _, name := range []string{"lexical", "semantic", "hybrid", "POST /v1/search"} {
		ms := min(10, n/30_000)
		if name == "semantic" {
			ms = .4 * math.Log(n)
		}
		for _, connections := range []int{1, 8} {
			r.Searches = append(r.Searches, bench.Search{
				Name: name, Connections: connections, Program: bench.Latency{P50: ms, P95: 2 * ms, PerSecond: 1_000 / ms},
			})
		}
	}
	return r
}

func TestPredictFollowsTheLaws(t *testing.T) {
	t.Parallel()
	p, err := bench.Predict(1_000_000, []bench.Report{grown(300_000), grown(1_000_000), grown(100_000)})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Estimates) != 17 || len(p.From) != 2 {
		t.Errorf("%d estimates from %v", len(p.Estimates), p.From)
	}
	for _, e := range p.Estimates {
		if math.Abs(e.Error()) > 1e-6 {
			t.Errorf("%s: %g %s, measured %g", e.Name, e.Value, e.Unit, e.Measured)
		}
	}
	var text strings.Builder
	if err := p.Write(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1000000 passages, fitted on [100000 300000]", "on disk", "b n log n", "+0 %"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the table has no %q:\n%s", want, text.String())
		}
	}
}

// A larger record is never told to be faster than those that were measured, whatever the noise.
func TestPredictSmoothsNoise(t *testing.T) {
	t.Parallel()
	fast := grown(300_000)
	for i := range fast.Searches {
		fast.Searches[i].Program = grown(50_000).Searches[i].Program
	}
	p, err := bench.Predict(1_000_000, []bench.Report{grown(100_000), fast})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range p.Estimates {
		if e.Name == "semantic, p50" && (e.Value < 4.32 || e.Value > 4.61) { // between the two that were measured
			t.Errorf("%s: %g %s", e.Name, e.Value, e.Unit)
		}
	}
}

func TestPredictNeedsTwoSmallerRecords(t *testing.T) {
	t.Parallel()
	for name, reports := range map[string][]bench.Report{
		"none":                nil,
		"one":                 {grown(100_000)},
		"one twice":           {grown(100_000), grown(100_000)},
		"one and a large":     {grown(100_000), grown(2_000_000)},
		"one without figures": {grown(100_000), {Passages: 300_000}},
	} {
		if _, err := bench.Predict(1_000_000, reports); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

package bench_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/bench"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// TestRun measures on a record so small that the figures say nothing, but for
// recall: there is no index to miss anything.
func TestRun(t *testing.T) {
	t.Parallel()
	postgrestest.OneServer(t, "the bench makes a database for itself")
	steps := map[string]bool{}
	report, err := bench.Run(t.Context(), bench.Config{
		URL: postgrestest.URL(t), Passages: 600, Dimensions: 16, Seed: 1, Questions: 10,
		Progress: func(step string, _, _ int) { steps[step] = true },
	})
	if err != nil {
		t.Fatal(err)
	}
	if report.Passages != 600 || report.Ingest.PerSecond <= 0 || report.Ingest.OfBareCopy <= 0 || report.Ingest.LiveOfBareCopy <= 0 {
		t.Errorf("%d passages, %+v", report.Passages, report.Ingest)
	}
	for _, s := range report.Searches {
		if s.Program.P50 <= 0 || s.Program.P95 < s.Program.P50 || s.Bare.P50 <= 0 || s.Ratio <= 0 {
			t.Errorf("%+v", s)
		}
	}
	for _, r := range report.Recalls {
		if r.Lexical != 1 || r.Semantic != 1 {
			t.Errorf("recall of a search that reads all: %+v", r)
		}
	}
	if len(report.Searches) != 24 || len(report.Recalls) != 9 || len(report.Sizes) != 5 || len(steps) < 30 {
		t.Errorf("%d searches, %d recalls, %d sizes, %d steps", len(report.Searches), len(report.Recalls), len(report.Sizes), len(steps))
	}
	checkOutput(t, report)
}

// checkOutput holds the report to its two forms.
func checkOutput(t *testing.T, report bench.Report) {
	t.Helper()
	var text strings.Builder
	if err := report.Write(&text); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"600 passages, 16 dimensions, Postgres 1", "single transcripts", "POST /v1/search", "recall@10", "on disk"} {
		if !strings.Contains(text.String(), line) {
			t.Errorf("the report has no %q:\n%s", line, text.String())
		}
	}
	data, err := json.Marshal(report)
	var back bench.Report
	if err == nil {
		err = json.Unmarshal(data, &back)
	}
	if err != nil || !reflect.DeepEqual(back, report) {
		t.Errorf("as JSON it is another report (%v): %s", err, data)
	}
}

func TestCorpusIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	first := slices.Collect(bench.NewCorpus(600, 7).Transcripts())
	again := slices.Collect(bench.NewCorpus(600, 7).Transcripts())
	if !reflect.DeepEqual(first, again) {
		t.Error("the same size and seed made two records")
	}
	other := slices.Collect(bench.NewCorpus(600, 8).Transcripts())
	if first[0].Transcript.Text == other[0].Transcript.Text {
		t.Error("two seeds made the same text")
	}
}

func TestCorpusIsLikeTranscripts(t *testing.T) {
	t.Parallel()
	for d := range bench.NewCorpus(600, 7).Transcripts() {
		if len(d.Passages) != len(d.Transcript.Turns) || len(d.Vectors) != len(d.Passages) {
			t.Fatalf("%d turns, %d passages, %d vectors", len(d.Transcript.Turns), len(d.Passages), len(d.Vectors))
		}
		for i, turn := range d.Transcript.Turns {
			if d.Transcript.Text[turn.Start:turn.End] != turn.Text {
				t.Fatalf("turn %d is not where it says", i)
			}
			if turn.Answers != nil && d.Passages[i].Question != d.Transcript.Turns[*turn.Answers].Text {
				t.Fatalf("turn %d answers another question", i)
			}
			if words := retrieval.Words(turn.Text); len(words) < len(strings.Fields(turn.Text)) {
				t.Fatalf("turn %d has words that are not indexed: %q", i, turn.Text)
			}
		}
	}
}

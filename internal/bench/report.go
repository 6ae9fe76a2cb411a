package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/pullquote/pullquote/internal/fault"
)

// ReadReport reads what was written as JSON.
func ReadReport(from io.Reader) (r Report, err error) {
	if err := json.NewDecoder(from).Decode(&r); err != nil || r.Passages == 0 {
		return r, fault.New(fault.Invalid, "it is no report; make one with pullquote bench --json")
	}
	return r, nil
}

// Write prints the report as tables.
func (r Report) Write(w io.Writer) error {
	t := &table{tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight|tabwriter.TabIndent)}
	t.row("%d passages, %d dimensions, %s, %.0f s in all", r.Passages, r.Dimensions, r.Server, r.Seconds)
	t.ingest(r)
	t.searches(r.Searches)
	t.recalls(r.Recalls)
	t.sizes(r.Sizes)
	return t.Flush()
}

type table struct{ *tabwriter.Writer }

func (t *table) row(format string, values ...any) { fmt.Fprintf(t, format+"\n", values...) }

func (t *table) ingest(r Report) {
	i := r.Ingest
	t.row("\nstoring\tpassages/s\tof bare COPY\t")
	t.row("a load\t%.0f\t%.2f\t", i.PerSecond, i.OfBareCopy)
	t.row("single transcripts\t%.0f\t%.2f\t", i.LivePerSecond, i.LiveOfBareCopy)
	t.row("the indexes after the load took %.0f s; peak memory of this process %s storing single transcripts, %s searching",
		i.SettleSeconds, megabytes(r.StoringBytes), megabytes(r.SearchingBytes))
}

func (t *table) searches(list []Search) {
	t.row("\nsearching, in ms\tat a time\tp50\tp95\t/s\tbare p50\tbare p95\tbare /s\tp50 : bare\t")
	for _, s := range list {
		t.row("%s\t%d\t%.1f\t%.1f\t%.0f\t%.1f\t%.1f\t%.0f\t%.2f\t", s.Name, s.Connections,
			s.Program.P50, s.Program.P95, s.Program.PerSecond, s.Bare.P50, s.Bare.P95, s.Bare.PerSecond, s.Ratio)
	}
}

func (t *table) recalls(list []Recall) {
	t.row("\nrecall@10\tby words\tby vectors\t")
	for _, r := range list {
		t.row("%s\t%.3f\t%.3f\t", r.Name, r.Lexical, r.Semantic)
	}
}

func (t *table) sizes(list []Size) {
	t.row("\non disk\ttable\tindexes\t")
	for _, s := range list {
		t.row("%s\t%s\t%s\t", s.Table, megabytes(s.Bytes), megabytes(s.IndexBytes))
	}
}

func megabytes(bytes int64) string { return fmt.Sprintf("%d MB", bytes>>20) }

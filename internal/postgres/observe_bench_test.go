package postgres_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/retrieval"
)

// BenchmarkObservedSearch runs in turn a search that nobody observes, one that is measured, and
// one that is traced besides, in an order that changes: the x- values are the medians of the
// times as shares of the first's. The record is small, so that what observing takes counts for
// most. x-again is the first once more, and says what such a share is worth; x-elsewhere is on
// the connections of x-traced, and does not trace.
func BenchmarkObservedSearch(b *testing.B) {
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(tracetest.NewNoopExporter()))
	b.Cleanup(func() { _ = provider.Shutdown(context.Background()) })
	tracing := observe.New(observe.Build{}, provider).In(b.Context())
	plain := openBench(b, nil)
	ingest(b, plain, retrieval.DefaultCollection, corpus(b))
	traced := openBench(b, observe.QueryTracer(tracing))
	ingest(b, traced, retrieval.DefaultCollection, corpus(b))

	search := func(store retrieval.Index, ctx func() (context.Context, func())) func() time.Duration {
		searcher := retrieval.NewSearcher(store, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler))
		return func() time.Duration {
			ctx, end := ctx()
			defer end()
			begun := time.Now()
			if _, err := searcher.Search(ctx, retrieval.Query{Text: benchQuestion}); err != nil {
				b.Fatal(err)
			}
			return time.Since(begun)
		}
	}
	in := func(ctx context.Context) func() (context.Context, func()) {
		return func() (context.Context, func()) { return ctx, func() {} }
	}
	kinds := []struct {
		name   string
		search func() time.Duration
		took   []time.Duration
	}{
		{name: "plain", search: search(plain, in(b.Context()))},
		{name: "again", search: search(plain, in(b.Context()))},
		{name: "measured", search: search(plain, in(observe.New(observe.Build{}, nil).In(b.Context())))},
		{name: "elsewhere", search: search(traced, in(b.Context()))},
		{name: "traced", search: search(traced, func() (context.Context, func()) {
			ctx, end := observe.Job(tracing, "search", 0, "")
			return ctx, func() { end(observe.JobDone) }
		})},
	}
	for i := range kinds {
		for range 10 { // the pool opens its connections
			kinds[i].search()
		}
	}
	for n := 0; b.Loop(); n++ {
		for i := range kinds {
			k := &kinds[(i+n)%len(kinds)]
			k.took = append(k.took, k.search())
		}
	}
	median := func(took []time.Duration) float64 {
		return float64(slices.Sorted(slices.Values(took))[len(took)/2])
	}
	first := median(kinds[0].took)
	b.ReportMetric(first/1e3, "µs/plain")
	for _, k := range kinds[1:] {
		b.ReportMetric(median(k.took)/first, "x-"+k.name)
	}
}

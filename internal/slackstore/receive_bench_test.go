package slackstore_test

import (
	"context"
	"log/slog"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackstore"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// BenchmarkSlackReceive measures what a delivery waits for before it is acknowledged,
// when nothing else happens and while 50 tasks search without a pause.
func BenchmarkSlackReceive(b *testing.B) {
	for _, load := range []struct {
		name    string
		workers int
	}{{"idle", 0}, {"50 tasks", 50}} {
		b.Run(load.name, func(b *testing.B) {
			record, _ := openRecord(b)
			retrievaltest.Add(b, record, "news", retrievaltest.Lighthouse)
			s, err := slackstore.Open(b.Context(), record.Pool(), testLog(b))
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(s.Close)
			for range load.workers {
				if _, err := s.Receive(b.Context(), question("When was the lamp lit?")); err != nil {
					b.Fatal(err)
				}
			}
			ctx, stop := context.WithCancel(b.Context())
			var work, begun sync.WaitGroup
			begun.Add(load.workers)
			searcher := retrieval.NewSearcher(record, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler))
			if load.workers > 0 {
				work.Go(func() {
					_ = s.Work(ctx, load.workers, func(task context.Context, t slackbot.Task, _ slackbot.Attempt) error {
						begun.Done()
						for ctx.Err() == nil {
							if _, err := searcher.Search(task, retrieval.Query{Text: t.Text, Filter: retrieval.Filter{Collection: "news"}}); err != nil {
								return err
							}
						}
						return nil
					})
				})
			}
			begun.Wait()
			var times []time.Duration
			for b.Loop() {
				t := question("Why?")
				start := time.Now()
				if _, err := s.Receive(ctx, t); err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(start))
			}
			stop()
			work.Wait()
			slices.Sort(times)
			p99 := times[int(math.Ceil(.99*float64(len(times))))-1]
			b.ReportMetric(float64(p99.Microseconds())/1000, "p99-ms")
		})
	}
}

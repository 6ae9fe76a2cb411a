package bench

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
)

// The record of BenchmarkShards: as many collections as one search may be sent to at the same
// time, each large enough for an HNSW index of its shard.
const (
	shardedCollections = 10
	shardedPassages    = 3_000 // in each
)

// BenchmarkShards has a record on one server and, distributed, on a Citus cluster of a
// coordinator and two workers beside it, and searches both in turn: one collection, and all at
// the same time, of which the best hits are merged. x-one and x-all are how long that takes on
// Citus, in medians, of the time on one server; x-load is the time to store the record.
//
//	PULLQUOTE_TEST_CITUS=1 go test ./internal/bench -run '^$' -bench Shards -benchtime 100x
func BenchmarkShards(b *testing.B) {
	postgrestest.Distributed(b)
	plain, plainLoad := loadShards(b, postgrestest.URL(b))
	citus, citusLoad := loadShards(b, postgrestest.Migrated(b))
	questions := NewCorpus(shardedPassages, 1).Questions(50)
	var one, all [2][]time.Duration
	i := 0
	for b.Loop() {
		question := questions[i%len(questions)].Text
		collection := i % shardedCollections
		for _, at := range [][]int{{0, 1}, {1, 0}}[i%2] { // in turn first
			search := []shardSearch{plain, citus}[at]
			start := time.Now()
			if err := search(b.Context(), question, collection, collection+1); err != nil {
				b.Fatal(err)
			}
			middle := time.Now()
			if err := search(b.Context(), question, 0, shardedCollections); err != nil {
				b.Fatal(err)
			}
			one[at], all[at] = append(one[at], middle.Sub(start)), append(all[at], time.Since(middle))
		}
		i++
	}
	b.ReportMetric(float64(citusLoad)/float64(plainLoad), "x-load")
	for name, of := range map[string][2][]time.Duration{"one": one, "all": all} {
		slices.Sort(of[0])
		slices.Sort(of[1])
		here, there := of[0][len(of[0])/2], of[1][len(of[1])/2]
		b.ReportMetric(float64(there)/float64(here), "x-"+name)
		b.ReportMetric(float64(here.Microseconds()), "µs/"+name)
	}
}

// shardSearch searches the collections from one number to another and merges what is best.
type shardSearch func(ctx context.Context, question string, from, to int) error

// loadShards stores the record, and says how long that took.
func loadShards(b *testing.B, url string) (shardSearch, time.Duration) {
	b.Helper()
	store, err := postgres.Open(b.Context(), url, NewCorpus(shardedPassages, 1).Model(), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(store.Close)
	var load time.Duration
	for n := range shardedCollections {
		transcripts := slices.Collect(NewCorpus(shardedPassages, uint64(n+1)).Transcripts())
		start := time.Now()
		if _, err := store.SaveAll(b.Context(), fmt.Sprint("collection ", n), transcripts[0].Model, slices.Values(transcripts)); err != nil {
			b.Fatal(err)
		}
		load += time.Since(start)
	}
	if err := store.Settle(b.Context()); err != nil {
		b.Fatal(err)
	}
	for _, table := range []string{"transcripts", "turns", "passages", "embeddings", "lexeme_frequencies"} { // on the shards, too
		if _, err := store.Pool().Exec(b.Context(), "VACUUM (ANALYZE) "+table); err != nil {
			b.Fatal(err)
		}
	}
	corpus := NewCorpus(shardedPassages, 1)
	searcher := retrieval.NewSearcher(store, corpus.embedder(corpus.Questions(50)), slog.New(slog.DiscardHandler))
	return func(ctx context.Context, question string, from, to int) error {
		found := make([]retrieval.Result, to-from)
		group, ctx := errgroup.WithContext(ctx)
		for n := range found {
			group.Go(func() (err error) {
				found[n], err = searcher.Search(ctx, retrieval.Query{Text: question, Filter: retrieval.Filter{Collection: fmt.Sprint("collection ", from+n)}})
				return err
			})
		}
		err := group.Wait()
		var hits []retrieval.Hit
		for _, f := range found {
			hits = append(hits, f.Hits...)
		}
		slices.SortStableFunc(hits, func(a, b retrieval.Hit) int { return cmp.Compare(b.Score, a.Score) })
		if err == nil && len(hits) == 0 {
			err = fmt.Errorf("nothing is found for %q", question)
		}
		return err
	}, load
}

package postgres_test

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/bench"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
)

const (
	benchPassages = 20_000
	benchTurns    = 100 // whose sentences are read at a time
)

// BenchmarkSentences stores a made-up record with the vectors of its sentences and, in
// turn, without: x-without is the ratio of the times. Then it reads the sentences of
// turns, some at a time. The vectors of the sentences are those of their passages.
func BenchmarkSentences(b *testing.B) {
	corpus := bench.NewCorpus(benchPassages, 3)
	without := slices.Collect(corpus.Transcripts())
	with := slices.Clone(without)
	for i := range with {
		with[i].Sentences = sentencesAsTheirPassages(with[i])
	}
	open := func() *postgres.Store {
		store, err := postgres.Open(b.Context(), postgrestest.URL(b), corpus.Model(), slog.New(slog.DiscardHandler))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(store.Close)
		return store
	}
	var plain, spoken, reading time.Duration
	var bytes, rows int64
	for b.Loop() {
		plain += storeAll(b, open(), without)
		store := open()
		spoken += storeAll(b, store, with)
		if err := store.Pool().QueryRow(b.Context(), `SELECT pg_total_relation_size('sentence_vectors'), count(*) FROM sentence_vectors`).Scan(&bytes, &rows); err != nil {
			b.Fatal(err)
		}
		reading += readSentences(b, store)
	}
	b.ReportMetric(float64(b.N)*benchPassages/spoken.Seconds(), "passages/s")
	b.ReportMetric(spoken.Seconds()/plain.Seconds(), "x-without")
	b.ReportMetric(float64(bytes)/float64(rows), "B/passage")
	b.ReportMetric(float64(reading.Microseconds())/float64(b.N), "µs/read")
}

// sentencesAsTheirPassages gives each sentence the vector of its passage.
func sentencesAsTheirPassages(d retrieval.PreparedTranscript) [][]retrieval.SentenceVector {
	sentences := make([][]retrieval.SentenceVector, len(d.Passages))
	for i, p := range d.Passages {
		for _, s := range p.Parts {
			sentences[i] = append(sentences[i], retrieval.NewSentenceVector(s, d.Vectors[i]))
		}
	}
	return sentences
}

func storeAll(b *testing.B, store *postgres.Store, prepared []retrieval.PreparedTranscript) time.Duration {
	b.Helper()
	start := time.Now()
	if _, err := store.SaveAll(b.Context(), bench.Collection, prepared[0].Model, slices.Values(prepared)); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// readSentences reads those of turns all over the record, and tells how long one reading
// takes.
func readSentences(b *testing.B, store *postgres.Store) time.Duration {
	b.Helper()
	page, err := store.List(b.Context(), retrieval.ListQuery{Collection: bench.Collection, Limit: benchTurns})
	if err != nil {
		b.Fatal(err)
	}
	scope, err := store.Scope(b.Context(), retrieval.Filter{Collection: bench.Collection}, nil)
	if err != nil {
		b.Fatal(err)
	}
	const times = 50
	start := time.Now()
	for n := range times {
		var keys []retrieval.TurnKey
		for i, t := range page.Transcripts {
			keys = append(keys, retrieval.TurnKey{TranscriptID: t.ID, Turn: (7*n + i) % t.TurnCount})
		}
		if found, err := store.SentenceVectors(b.Context(), scope, keys); err != nil || len(found) != len(keys) {
			b.Fatalf("%d of %d turns have sentences, %v", len(found), len(keys), err)
		}
	}
	return time.Since(start) / times
}

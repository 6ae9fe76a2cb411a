package postgres_test

import (
	"fmt"
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
	spokenPassages = 2_000 // stored at a time
	spokenTurns    = 10    // whose sentences are read at a time, each of another transcript
)

// BenchmarkSentences stores a made-up record with the vectors of its sentences and, in
// turn, without: x-without is the median ratio of the times. Then it reads the sentences
// of turns. The vectors of the sentences are those of their passages.
func BenchmarkSentences(b *testing.B) {
	corpus := bench.NewCorpus(spokenPassages, 3)
	without := slices.Collect(corpus.Transcripts())
	with := slices.Clone(without)
	for i := range with {
		with[i].Sentences = sentencesAsTheirPassages(with[i])
	}
	store, err := postgres.Open(b.Context(), postgrestest.URL(b), corpus.Model(), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(store.Close)
	var ratios, readings []float64
	for b.Loop() {
		spoken := fmt.Sprint("spoken ", len(ratios))
		ratios = append(ratios, storeAll(b, store, spoken, with)/storeAll(b, store, fmt.Sprint("plain ", len(ratios)), without))
		readings = append(readings, readSentences(b, store, spoken))
	}
	var perPassage float64
	if err := store.Pool().QueryRow(b.Context(), `SELECT pg_total_relation_size('sentence_vectors')::float8 / count(*) FROM sentence_vectors`).Scan(&perPassage); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(median(ratios), "x-without")
	b.ReportMetric(perPassage, "B/passage")
	b.ReportMetric(median(readings)*1e6, "µs/read")
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
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

// storeAll stores transcripts in a collection, and tells how many seconds that takes.
func storeAll(b *testing.B, store *postgres.Store, collection string, prepared []retrieval.PreparedTranscript) float64 {
	b.Helper()
	start := time.Now()
	if _, err := store.SaveAll(b.Context(), collection, prepared[0].Model, slices.Values(prepared)); err != nil {
		b.Fatal(err)
	}
	return time.Since(start).Seconds()
}

// readSentences reads those of turns all over a collection, and tells how many seconds one
// reading takes.
func readSentences(b *testing.B, store *postgres.Store, collection string) float64 {
	b.Helper()
	page, err := store.List(b.Context(), retrieval.ListQuery{Collection: collection, Limit: spokenTurns})
	if err != nil {
		b.Fatal(err)
	}
	scope, err := store.Scope(b.Context(), retrieval.Filter{Collection: collection}, nil)
	if err != nil {
		b.Fatal(err)
	}
	const times = 10
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
	return time.Since(start).Seconds() / times
}

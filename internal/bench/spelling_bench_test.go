package bench

import (
	"log/slog"
	"os"
	"strconv"
	"testing"

	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
)

// BenchmarkSpelling reads questions by a record of 80,000 words, as one of a million
// passages has: in it a word is one error away from dozens of others. PULLQUOTE_BENCH_PASSAGES
// names another size than 20,000 passages.
//
//	go test ./internal/bench -run '^$' -bench Spelling
func BenchmarkSpelling(b *testing.B) {
	passages, _ := strconv.Atoi(os.Getenv("PULLQUOTE_BENCH_PASSAGES"))
	if passages == 0 {
		passages = 20_000
	}
	corpus := NewCorpus(passages, 1)
	store, err := postgres.Open(b.Context(), postgrestest.Migrated(b), corpus.Model(), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(store.Close)
	if _, err := store.SaveAll(b.Context(), Collection, corpus.Model(), corpus.Transcripts()); err != nil {
		b.Fatal(err)
	}
	if err := store.Settle(b.Context()); err != nil {
		b.Fatal(err)
	}
	searcher := retrieval.NewSearcher(store, corpus.embedder(nil), slog.New(slog.DiscardHandler))
	for _, question := range []struct{ name, text string }{
		{"of known words", corpus.words[5000] + " " + corpus.words[300]},
		{"a short word with an error", corpus.words[5000] + "s " + corpus.words[300]},
		{"a long word with an error", corpus.words[300] + " unquestionabley"},
		{"a long word of no record", corpus.words[300] + " archipelagoes"},
		{"three of them", corpus.words[300] + " archipelagoes brandtsen renwik"},
	} {
		b.Run(question.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := searcher.Read(b.Context(), retrieval.Query{Text: question.text, Filter: retrieval.Filter{Collection: Collection}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

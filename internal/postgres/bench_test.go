package postgres_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// corpus are the files that the benchmarks read: PULLQUOTE_BENCH_FILES, a glob
// pattern, or the project's samples.
func corpus(b *testing.B) [][]byte {
	b.Helper()
	pattern := os.Getenv("PULLQUOTE_BENCH_FILES")
	if pattern == "" {
		pattern = "../../samples/*.txt"
	}
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		b.Fatalf("%s names no files (%v)", pattern, err)
	}
	var files [][]byte
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, data)
	}
	return files
}

func openBench(b *testing.B, tracer pgx.QueryTracer) *postgres.Store {
	b.Helper()
	store, err := postgres.OpenWith(b.Context(), postgrestest.URL(b), embeddings.NewBuiltin().Model(), slog.New(slog.DiscardHandler), postgres.Options{Tracer: tracer})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(store.Close)
	return store
}

func ingest(b *testing.B, store *postgres.Store, collection string, files [][]byte) {
	b.Helper()
	library := retrieval.NewLibrary(store, embeddings.NewBuiltin())
	for _, data := range files {
		if _, _, err := library.Add(b.Context(), retrieval.AddRequest{Data: data, Collection: collection}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	files := corpus(b)
	size := 0
	for _, data := range files {
		size += len(data)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, data := range files {
			if _, err := transcript.Parse(b.Context(), data, transcript.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkIngest parses, embeds and stores the corpus, each time in a
// collection of its own.
func BenchmarkIngest(b *testing.B) {
	files := corpus(b)
	store := openBench(b, nil)
	i := 0
	for b.Loop() {
		i++
		ingest(b, store, fmt.Sprint("c", i), files)
	}
}

const benchQuestion = "What was said about the cost, and who pays for it?"

// BenchmarkSearch runs in turn a search and the statements that it sends, bare,
// the two rankings at the same time in both; x-bare is the ratio of their times.
func BenchmarkSearch(b *testing.B) {
	trace := new(trace)
	store := openBench(b, trace)
	ingest(b, store, retrieval.DefaultCollection, corpus(b))
	searcher := retrieval.NewSearcher(store, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler))
	search := func() {
		if _, err := searcher.Search(b.Context(), retrieval.Query{Text: benchQuestion}); err != nil {
			b.Fatal(err)
		}
	}
	for range 10 { // the pool opens its connections, which sends statements too
		search()
	}
	trace.record(search)
	if len(trace.statements) != 5 {
		b.Fatalf("a search sends %d statements; the bare run below expects 5", len(trace.statements))
	}
	var searching, bare time.Duration
	for b.Loop() {
		start := time.Now()
		search()
		middle := time.Now()
		runBare(b, store.Pool(), trace.statements)
		searching += middle.Sub(start)
		bare += time.Since(middle)
	}
	b.ReportMetric(float64(searching.Microseconds())/float64(b.N), "µs/search")
	b.ReportMetric(float64(bare.Microseconds())/float64(b.N), "µs/bare")
	b.ReportMetric(float64(searching)/float64(bare), "x-bare")
}

// runBare sends the statements of a search: the collection, the scope, the two rankings at the
// same time, the texts.
func runBare(b *testing.B, pool *pgxpool.Pool, statements []statement) {
	b.Helper()
	run := func(s statement) error {
		rows, err := pool.Query(b.Context(), s.sql, s.args...)
		if err != nil {
			return err
		}
		for rows.Next() {
			if _, err := rows.Values(); err != nil {
				return err
			}
		}
		return rows.Err()
	}
	first, second := run(statements[0]), run(statements[1])
	var both errgroup.Group
	both.Go(func() error { return run(statements[2]) })
	both.Go(func() error { return run(statements[3]) })
	third := both.Wait()
	fourth := run(statements[4])
	for _, err := range []error{first, second, third, fourth} {
		if err != nil {
			b.Fatal(err)
		}
	}
}

// trace records statements.
type trace struct {
	mu         sync.Mutex
	recording  bool
	statements []statement
}

type statement struct {
	sql  string
	args []any
}

func (t *trace) record(run func()) {
	t.recording = true
	run()
	t.recording = false
}

func (t *trace) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.recording {
		t.statements = append(t.statements, statement{data.SQL, data.Args})
	}
	return ctx
}

func (t *trace) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// BenchmarkAsk answers a question and stores the answer.
func BenchmarkAsk(b *testing.B) {
	store := openBench(b, nil)
	ingest(b, store, retrieval.DefaultCollection, corpus(b))
	log := slog.New(slog.DiscardHandler)
	service := answer.NewService(retrieval.NewSearcher(store, embeddings.NewBuiltin(), log), store, nil, "http://localhost", log)
	for b.Loop() {
		if _, err := service.Answer(b.Context(), answer.Request{Question: benchQuestion}, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// Package bench measures Pullquote against the database that it stands on: how
// fast it stores and finds, beside the bare statements in the same run, how much
// of the exact result it finds, and what it takes on disk and in memory.
//
// Absolute times say as much of the machine as of the program. What can be
// compared between machines are the ratios: program and bare statements take
// turns, so that whatever else the machine does meets both.
//
// The record is made up and in a database of its own, which is removed afterwards;
// nothing of the user's is read or written.
package bench

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/api"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/retrieval"
)

// mostConnections is how many searches run at a time in the harder measurement.
const mostConnections = 8

// Progress is told which step is under way, and how far it is.
type Progress func(step string, done, total int)

// Config says what to measure.
type Config struct {
	URL        string // of an empty database
	Passages   int
	Dimensions int // of the vectors; DefaultDimensions when zero
	Seed       uint64
	Questions  int // asked at the most in each measurement; DefaultQuestions when zero
	Progress   Progress
}

// Report is what was measured.
type Report struct {
	Passages   int      `json:"passages"`
	Dimensions int      `json:"dimensions"`
	Server     string   `json:"server"` // versions of Postgres and pgvector
	Ingest     Ingest   `json:"ingest"`
	Searches   []Search `json:"searches"`
	Recalls    []Recall `json:"recall_at_10"`
	Sizes      []Size   `json:"sizes"`
	// Memory is the most that this process had while it stored single transcripts,
	// and while it searched; zero where the system does not tell. During the load the
	// rows that are compared are in it too.
	StoringBytes   int64   `json:"storing_peak_bytes"`
	SearchingBytes int64   `json:"searching_peak_bytes"`
	Seconds        float64 `json:"seconds"`
}

// bench is a run.
type bench struct {
	Config
	corpus    *Corpus
	store     *postgres.Store
	exact     *postgres.Store
	conn      *pgx.Conn
	embedder  embeddings.Embedder
	questions []Question
	loader    *loader
	report    Report
}

// Run fills the database and measures.
func Run(ctx context.Context, config Config) (Report, error) {
	begin := time.Now()
	config.Questions = cmp.Or(config.Questions, DefaultQuestions)
	config.Dimensions = cmp.Or(config.Dimensions, DefaultDimensions)
	b := &bench{Config: config, corpus: newCorpus(config.Passages, config.Dimensions, config.Seed)}
	b.report.Dimensions = config.Dimensions
	b.questions = b.corpus.Questions(config.Questions)
	b.embedder = b.corpus.embedder(b.questions)
	if err := b.open(ctx); err != nil {
		return b.report, err
	}
	defer b.close(ctx)
	for _, step := range []func(context.Context) error{b.ingest, b.recalls, b.searches, b.live, b.sizes} {
		if err := step(ctx); err != nil {
			return b.report, err
		}
	}
	b.report.Seconds = time.Since(begin).Seconds()
	return b.report, nil
}

func (b *bench) open(ctx context.Context) (err error) {
	log := slog.New(slog.DiscardHandler)
	if b.store, err = postgres.OpenWith(ctx, b.URL, b.embedder.Model(), log, postgres.Options{Tracer: tracer{}}); err != nil {
		return err
	}
	exact, err := exactURL(b.URL)
	if err != nil {
		return err
	}
	if b.exact, err = postgres.Open(ctx, exact, b.embedder.Model(), log); err != nil {
		return err
	}
	if b.conn, err = pgx.Connect(ctx, b.URL); err != nil {
		return err
	}
	return b.conn.QueryRow(ctx, `
		SELECT 'Postgres ' || current_setting('server_version') || ', pgvector ' || extversion FROM pg_extension WHERE extname = 'vector'`).Scan(&b.report.Server)
}

func (b *bench) close(ctx context.Context) {
	if b.conn != nil {
		b.conn.Close(context.WithoutCancel(ctx))
	}
	for _, store := range []*postgres.Store{b.store, b.exact} {
		if store != nil {
			store.Close()
		}
	}
}

func (b *bench) searcher(index retrieval.Index, embedder embeddings.Embedder) *retrieval.Searcher {
	return retrieval.NewSearcher(index, embedder, slog.New(slog.DiscardHandler))
}

// asks is a search for question number n, put in the words of text. A small record has not
// all of them; they are not misspelt for that.
func asks(s *retrieval.Searcher, text func(int) string, f retrieval.Filter) func(context.Context, int) error {
	return func(ctx context.Context, n int) error {
		_, err := s.Search(ctx, retrieval.Query{Text: text(n), Filter: f, AsTyped: true})
		return err
	}
}

func (b *bench) worded(n int) string { return b.questions[n].Text }

// scenarios are the kinds of search, those over HTTP by a server at url.
func (b *bench) scenarios(client *http.Client, url string) []scenario {
	all := retrieval.Filter{Collection: Collection}
	hybrid := b.searcher(b.store, b.embedder)
	scenarios := []scenario{
		{name: "lexical", search: asks(b.searcher(b.store, silent{b.embedder}), b.worded, all)},
		{name: "semantic", search: asks(hybrid, unspoken, all)},
		{name: "hybrid", search: asks(hybrid, b.worded, all)},
		{name: "POST /v1/search", search: b.posts(client, url, all), direct: asks(hybrid, b.worded, all)},
	}
	for _, f := range b.corpus.filters() {
		scenarios = append(scenarios, scenario{name: f.name, search: b.posts(client, url, f.Filter), direct: asks(hybrid, b.worded, f.Filter)})
	}
	return scenarios
}

func (b *bench) searches(ctx context.Context) error {
	server := httptest.NewServer(api.New(api.Config{
		Library: retrieval.NewLibrary(b.store, b.embedder), Searcher: b.searcher(b.store, b.embedder),
		Log: slog.New(slog.DiscardHandler),
	}))
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: mostConnections}}
	defer client.CloseIdleConnections()
	if err := warm(ctx, b.store.Pool()); err != nil {
		return err
	}
	resetPeakMemory()
	scenarios := b.scenarios(client, server.URL)
	for i, s := range scenarios {
		for _, connections := range []int{1, mostConnections} {
			b.Progress(fmt.Sprintf("searching: %s, %d at a time", s.name, connections), i, len(scenarios))
			measured, err := measure(ctx, b.store.Pool(), s, len(b.questions), connections)
			if err != nil {
				return err
			}
			b.report.Searches = append(b.report.Searches, measured)
		}
	}
	b.report.SearchingBytes = peakMemory()
	return nil
}

func (b *bench) recalls(ctx context.Context) error {
	lexical := finder{b.searcher(b.store, silent{b.embedder}), b.searcher(exactIndex{b.exact}, silent{b.embedder}), b.worded, len(b.questions)}
	semantic := finder{b.searcher(b.store, b.embedder), b.searcher(exactIndex{b.exact}, b.embedder), unspoken, len(b.questions)}
	filters := append([]filter{{"all", retrieval.Filter{Collection: Collection}}}, b.corpus.filters()...)
	for i, f := range filters {
		b.Progress("comparing with exact search: "+f.name, i, len(filters))
		r := Recall{Name: f.name}
		var err error
		if r.Lexical, err = lexical.recall(ctx, f.Filter); err != nil {
			return err
		}
		if r.Semantic, err = semantic.recall(ctx, f.Filter); err != nil {
			return err
		}
		b.report.Recalls = append(b.report.Recalls, r)
	}
	return nil
}

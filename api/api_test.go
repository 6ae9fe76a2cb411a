package api

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

func TestMain(m *testing.M) {
	for _, text := range []string{"text/html", "text/css", "text/javascript", "text/event-stream", "text/markdown", "text/vtt", "image/svg+xml",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/pdf", "application/x-bibtex", "application/x-research-info-systems"} {
		openapi3filter.RegisterBodyDecoder(text, openapi3filter.PlainBodyDecoder)
	}
	postgrestest.Main(m, tabs.close)
}

// testLog tells what is logged where it tells of a failure; a benchmark always prints.
func testLog(t testing.TB) *slog.Logger {
	if _, ok := t.(*testing.B); ok {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(t.Output(), nil))
}

// newConfig is the real thing: the program's own parts on an empty database.
func newConfig(t *testing.T) Config {
	t.Helper()
	return newConfigWith(t, nil)
}

// newConfigWith has a model, too.
func newConfigWith(t testing.TB, model answer.Model) Config {
	t.Helper()
	return newConfigAt(t, postgrestest.Migrated(t), model)
}

// newConfigAt is on a database that the test looks into.
func newConfigAt(t testing.TB, url string, model answer.Model) Config {
	t.Helper()
	embedder := embeddings.NewBuiltin()
	store, err := postgres.Open(t.Context(), url, embedder.Model(), testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	searcher := retrieval.NewSearcher(store, embedder, testLog(t))
	return Config{
		Library:  retrieval.NewLibrary(store, embedder),
		Searcher: searcher,
		Answers:  answer.NewService(searcher, store, model, "https://quotes.example", testLog(t)),
		Verifier: answer.NewVerifier(store, "https://quotes.example", testLog(t)),
		Embedder: embedder,
		Metrics:  observe.New(observe.Build{}, nil).Handler(),
		Ready:    func(ctx context.Context) (string, error) { return "", store.Ping(ctx) },
		Log:      testLog(t),
	}
}

// add stores a transcript in the default collection.
func add(t testing.TB, config Config, filename string, data []byte) retrieval.StoredTranscript {
	t.Helper()
	stored, _, err := config.Library.Add(t.Context(), retrieval.AddRequest{Data: data, Options: transcript.Options{Filename: filename}})
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

func addLighthouse(t testing.TB, config Config) retrieval.StoredTranscript {
	t.Helper()
	return add(t, config, "lighthouse.json", []byte(lighthouse(t)))
}

func lighthouse(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "lighthouse.json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

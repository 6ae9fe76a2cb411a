package postgres_test

import (
	"context"
	"log/slog"
	"math"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// openStore opens a Store on a database of the test's own.
func openStore(t testing.TB) (store *postgres.Store, url string) {
	t.Helper()
	url = postgrestest.Migrated(t)
	store, err := postgres.Open(t.Context(), url, embeddings.NewBuiltin().Model(), slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store, url
}

func TestStore(t *testing.T) {
	retrievaltest.TestRecord(t, func(t *testing.T) retrievaltest.Store {
		store, _ := openStore(t)
		return store
	})
}

// lighthouse is a transcript ready to be stored.
func lighthouse(t testing.TB) retrieval.PreparedTranscript {
	t.Helper()
	parsed, err := transcript.Parse(t.Context(), []byte(retrievaltest.Lighthouse), transcript.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := retrieval.PreparedTranscript{
		Collection: "news", SHA256: strings.Repeat("ab", 32), Transcript: parsed,
		Passages: retrieval.Passages(parsed), Model: embeddings.NewBuiltin().Model(),
	}
	for range d.Passages {
		vector := make([]float32, d.Model.Dimensions)
		vector[0] = 1
		d.Vectors = append(d.Vectors, vector)
		d.Sentences = append(d.Sentences, []retrieval.SentenceVector{retrieval.NewSentenceVector(sentence.Span{}, vector)})
	}
	return d
}

func TestSaveIsAllOrNothing(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(*retrieval.PreparedTranscript)
	}{
		{"a turn that Postgres refuses", func(d *retrieval.PreparedTranscript) { d.Transcript.Turns[3].Text = "nine\x00thousand" }},
		{"a vector that is none", func(d *retrieval.PreparedTranscript) { d.Vectors[3][0] = float32(math.NaN()) }},
		{"a vector of another dimension", func(d *retrieval.PreparedTranscript) { d.Vectors[3] = []float32{1} }},
		{"a sentence's vector of another dimension", func(d *retrieval.PreparedTranscript) { d.Sentences[3][0].Values = []int8{1} }},
		{"sentences of fewer passages", func(d *retrieval.PreparedTranscript) { d.Sentences = d.Sentences[:3] }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			store, url := openStore(t)
			d := lighthouse(t)
			tt.spoil(&d)
			if _, _, err := store.Save(t.Context(), d); err == nil {
				t.Fatal("it was stored")
			}
			conn, err := pgx.Connect(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(context.WithoutCancel(t.Context()))
			var rows int
			err = conn.QueryRow(t.Context(), `
				SELECT (SELECT count(*) FROM transcripts) + (SELECT count(*) FROM turns) + (SELECT count(*) FROM passages)
					+ (SELECT count(*) FROM embeddings) + (SELECT count(*) FROM sentence_vectors) + (SELECT count(*) FROM lexeme_frequencies) + (SELECT count(*) FROM speakers)
					+ (SELECT sum(passages) FROM passage_counts)`).Scan(&rows)
			if err != nil || rows != 0 {
				t.Errorf("%d rows are left behind, %v", rows, err)
			}
		})
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, url string
		code      fault.Code
		says      string
	}{
		{"a URL that is none", "postgres://%zz", fault.Invalid, "DATABASE_URL cannot be read"},
		{"nobody there", "postgres://user:secret@127.0.0.1:1/db", fault.Unavailable, "cannot be reached"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := postgres.Open(t.Context(), tt.url, embeddings.NewBuiltin().Model(), slog.New(slog.DiscardHandler))
			if fault.CodeOf(err) != tt.code || !strings.Contains(fault.MessageOf(err), tt.says) || strings.Contains(fault.MessageOf(err), "secret") {
				t.Errorf("Open(%s) says %q (%s)", tt.url, fault.MessageOf(err), fault.CodeOf(err))
			}
		})
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	empty, err := postgres.Describe(t.Context(), postgrestest.URL(t))
	if err != nil || empty.Schema != 0 || empty.Vector == "" {
		t.Errorf("an empty database is %+v, %v", empty, err)
	}
	store, url := openStore(t)
	if _, _, err := store.Save(t.Context(), lighthouse(t)); err != nil {
		t.Fatal(err)
	}
	d, err := postgres.Describe(t.Context(), url)
	if err != nil || d.Schema != d.NewestSchema || d.Transcripts != 1 || d.Passages != 4 || d.Models[embeddings.NewBuiltin().Model().Name] != 4 {
		t.Errorf("the record is %+v, %v", d, err)
	}
}

// A database that takes no changes is not ready, and says why; reading goes on.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	url := postgrestest.Migrated(t)
	open := func(url string) *postgres.Store {
		store, err := postgres.Open(t.Context(), url, embeddings.NewBuiltin().Model(), slog.New(slog.NewTextHandler(t.Output(), nil)))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(store.Close)
		return store
	}
	store := open(url)
	if err := store.Writable(t.Context()); err != nil {
		t.Errorf("a database that takes changes: %v", err)
	}
	if _, err := store.Pool().Exec(t.Context(), `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$`); err != nil {
		t.Fatal(err)
	}
	store.Pool().Reset() // connections made from now on are read-only
	if err := store.Writable(t.Context()); fault.CodeOf(err) != fault.Unavailable || !strings.Contains(fault.HintOf(err), "read-only") {
		t.Errorf("it is ready all the same: %v", err)
	}
	if _, _, err := store.Save(t.Context(), lighthouse(t)); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("storing fails with %v", err)
	}
	if _, err := store.List(t.Context(), retrieval.ListQuery{Collection: "news", Limit: 1}); err != nil {
		t.Errorf("reading fails with %v", err)
	}
}

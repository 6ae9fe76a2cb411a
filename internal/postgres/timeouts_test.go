package postgres_test

import (
	"context"
	"log/slog"
	"net/url"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// Every connection gives statements up that last too long, but not the making of an index,
// which waits here for a transaction that was there before it.
func TestStatementTimeouts(t *testing.T) {
	t.Parallel()
	database, err := url.Parse(postgrestest.Migrated(t))
	if err != nil {
		t.Fatal(err)
	}
	open := func(timeout string) *postgres.Store {
		query := database.Query()
		if timeout != "" {
			query.Set("statement_timeout", timeout)
		}
		short := *database
		short.RawQuery = query.Encode()
		store, err := postgres.Open(t.Context(), short.String(), embeddings.NewBuiltin().Model(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(store.Close)
		return store
	}
	patient, hasty := open(""), open("1s")
	var statement, idle string
	err = patient.Pool().QueryRow(t.Context(), `SELECT current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')`).Scan(&statement, &idle)
	if err != nil || statement != "5min" || idle != "5min" {
		t.Errorf("the time-outs are %s and %s, %v", statement, idle, err)
	}
	_, err = hasty.Pool().Exec(t.Context(), `SELECT pg_sleep(60)`)
	if err = postgres.Translate(err); fault.CodeOf(err) != fault.Unavailable || fault.MessageOf(err) != "the database did not answer in time; try again" {
		t.Errorf("a statement that lasts too long: %v", err)
	}

	before, err := patient.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer before.Rollback(context.WithoutCancel(t.Context()))
	if _, err := before.Exec(t.Context(), `DELETE FROM embeddings`); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		_, err := before.Exec(t.Context(), `SELECT pg_sleep(2)`)
		before.Rollback(t.Context())
		ended <- err
	}()
	indexing, err := hasty.Reindex(t.Context(), embeddings.NewBuiltin().Model(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer indexing.Close(t.Context())
	if err := indexing.Index(t.Context()); err != nil {
		t.Errorf("an index that takes longer: %v", err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := hasty.Settle(t.Context()); err != nil {
		t.Errorf("maintenance: %v", err)
	}
}

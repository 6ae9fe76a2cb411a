package postgrestest_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

func TestURLIsAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	conn := connect(t, postgrestest.URL(t))
	if tables := count(t, conn, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"); tables != 0 {
		t.Errorf("a new database has %d tables, want none", tables)
	}
	if _, err := conn.Exec(t.Context(), "CREATE EXTENSION vector"); err != nil {
		t.Errorf("pgvector: %v", err)
	}
}

func TestNewCopiesOnePreparedDatabase(t *testing.T) {
	t.Parallel()
	var prepared atomic.Int32
	prepare := func(ctx context.Context, url string) error {
		prepared.Add(1)
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		_, err = conn.Exec(ctx, "CREATE TABLE numbers AS SELECT generate_series(1, 3) AS n")
		return err
	}
	first := connect(t, postgrestest.New(t, prepare))
	second := connect(t, postgrestest.New(t, prepare))
	if _, err := first.Exec(t.Context(), "DELETE FROM numbers"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, second, "SELECT count(*) FROM numbers"); n != 3 {
		t.Errorf("the second database has %d rows after the first was emptied, want 3", n)
	}
	if n := prepared.Load(); n != 1 {
		t.Errorf("prepared %d times, want once", n)
	}
}

func TestDatabasesAreDropped(t *testing.T) {
	t.Parallel()
	var url string
	t.Run("a test", func(t *testing.T) { url = postgrestest.URL(t) })
	if conn, err := pgx.Connect(t.Context(), url); err == nil {
		conn.Close(t.Context())
		t.Error("the database is there after its test")
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func count(t *testing.T, conn *pgx.Conn, query string) (n int) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

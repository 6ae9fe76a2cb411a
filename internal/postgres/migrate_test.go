package postgres_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	url := postgrestest.URL(t)
	const servers = 10
	var applied [servers]int
	var wg sync.WaitGroup
	for i := range servers {
		wg.Go(func() {
			var err error
			if applied[i], err = postgres.Migrate(context.WithoutCancel(t.Context()), url); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	current, newest, err := postgres.SchemaVersions(t.Context(), url)
	if err != nil || current != newest {
		t.Fatalf("the schema has version %d of %d, %v", current, newest, err)
	}
	want, err := postgres.Migrate(t.Context(), postgrestest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, n := range applied {
		total += n
	}
	if total != want {
		t.Errorf("%d migrations were applied in all by servers %v, want %d", total, applied, want)
	}
}

// TestMigrateLate brings a file whose number is lower than that of one which the
// database has.
func TestMigrateLate(t *testing.T) {
	t.Parallel()
	store, url := openStore(t)
	if _, err := store.Pool().Exec(t.Context(), `DROP TABLE request_keys; DELETE FROM schema_versions WHERE version_id = 5`); err != nil {
		t.Fatal(err)
	}
	if applied, err := postgres.Migrate(t.Context(), url); err != nil || applied != 1 {
		t.Fatalf("%d migrations were applied, %v", applied, err)
	}
	var there bool
	if err := store.Pool().QueryRow(t.Context(), `SELECT to_regclass('request_keys') IS NOT NULL`).Scan(&there); err != nil || !there {
		t.Errorf("the table is there: %v, %v", there, err)
	}
}

// TestMigrateBesideNewer has a program meet the schema of a newer one: it goes on with it as
// long as that only adds, and refuses it, and leaves it as it is, once it is for newer ones alone.
func TestMigrateBesideNewer(t *testing.T) {
	t.Parallel()
	store, url := openStore(t)
	change := func(statement string) {
		t.Helper()
		if _, err := store.Pool().Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	change(`INSERT INTO schema_versions (version_id, is_applied) VALUES (1000, true); ALTER TABLE keys ADD COLUMN novelty text`)
	if applied, err := postgres.Migrate(t.Context(), url); err != nil || applied != 0 {
		t.Errorf("%d migrations were applied to a newer schema, %v", applied, err)
	}
	if err := store.Writable(t.Context()); err != nil {
		t.Errorf("a newer schema: %v", err)
	}

	change(`UPDATE compatibility SET least_schema = 1000; DROP TABLE request_keys; DELETE FROM schema_versions WHERE version_id = 5`)
	_, migrated := postgres.Migrate(t.Context(), url)
	_, described := postgres.Describe(t.Context(), url)
	for what, err := range map[string]error{"migrate": migrated, "describe": described, "a server that runs": store.Writable(t.Context())} {
		if fault.CodeOf(err) != fault.Unavailable || fault.MessageOf(err) != "the database needs a newer Pullquote" ||
			!strings.Contains(fault.HintOf(err), "it is for programs whose schema is version 1000 or newer, and this one's is ") {
			t.Errorf("%s: %s", what, fault.Line(err))
		}
	}
	var made bool
	if err := store.Pool().QueryRow(t.Context(), `SELECT to_regclass('request_keys') IS NOT NULL`).Scan(&made); err != nil || made {
		t.Errorf("a migration was applied to it: %t, %v", made, err)
	}
}

// TestMigrateOlder meets a schema that only an older build can complete, and says
// where the way is told.
func TestMigrateOlder(t *testing.T) {
	t.Parallel()
	url := postgrestest.URL(t)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.Exec(t.Context(), `
		CREATE TABLE goose_db_version (version_id bigint, is_applied boolean);
		INSERT INTO goose_db_version VALUES (0, true), (1, true), (2, true);
		CREATE TABLE embeddings ()`); err != nil {
		t.Fatal(err)
	}
	_, migrated := postgres.Migrate(t.Context(), url)
	_, described := postgres.Describe(t.Context(), url)
	for _, err := range []error{migrated, described} {
		if fault.CodeOf(err) != fault.Unavailable || !strings.Contains(fault.MessageOf(err), "doc/OPERATIONS.md") {
			t.Errorf("it says %q (%s)", fault.MessageOf(err), fault.CodeOf(err))
		}
	}
}

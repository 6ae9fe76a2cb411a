package postgres_test

import (
	"context"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
)

// TestShardNeedsCitus asks for it where it is not.
func TestShardNeedsCitus(t *testing.T) {
	t.Parallel()
	url := postgrestest.URL(t)
	if _, err := postgres.PlanSharding(t.Context(), url); fault.CodeOf(err) != fault.Unavailable || !strings.Contains(fault.MessageOf(err), "run `pullquote migrate` first") {
		t.Errorf("without the schema: %v", err)
	}
	if _, err := postgres.Migrate(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	for name, shard := range map[string]func(context.Context, string) (postgres.Sharding, error){"plan": postgres.PlanSharding, "run": postgres.Shard} {
		if _, err := shard(t.Context(), url); fault.CodeOf(err) != fault.Unavailable || fault.MessageOf(err) != "the database has no Citus" {
			t.Errorf("%s without Citus: %v", name, err)
		}
	}
}

// TestShardKeepsTheRecord distributes a record that is there already, and finds all of it.
func TestShardKeepsTheRecord(t *testing.T) {
	t.Parallel()
	postgrestest.Distributed(t)
	url := postgrestest.Undistributed(t)
	store := openAt(t, url)
	hold(t, store)
	hits := findLighthouse(t, store)
	plan, err := postgres.PlanSharding(t.Context(), url)
	if err != nil || !strings.Contains(plan.String(), "SELECT create_distributed_table('turns', 'collection_id', colocate_with => 'transcripts');") {
		t.Fatal(plan, err)
	}
	if done, err := postgres.Shard(t.Context(), url); err != nil || done.String() != plan.String() {
		t.Fatal(done, err)
	}
	if again, err := postgres.Shard(t.Context(), url); err != nil || len(again.Statements) != 0 {
		t.Errorf("a second time it runs %v, %v", again, err)
	}
	if after := findLighthouse(t, store); len(hits) == 0 || !reflect.DeepEqual(hits, after) {
		t.Errorf("a search finds %v, and before %v", after, hits)
	}
	if list, err := store.List(t.Context(), retrieval.ListQuery{Collection: "news", Limit: 10}); err != nil || len(list.Transcripts) != 1 { // by functions of the schema
		t.Errorf("there are listed %v, %v", list.Transcripts, err)
	}
	checkStatistics(t, store, len(lighthouse(t).Passages))
	var local int
	err = store.Pool().QueryRow(t.Context(), `
		SELECT count(*) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'collection_id'
		WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND NOT EXISTS (SELECT FROM pg_dist_partition p WHERE p.logicalrelid = c.oid AND p.partmethod = 'h')
		AND c.relname !~ '_[0-9]+$'`).Scan(&local) // but the shards
	if err != nil || local > 0 {
		t.Errorf("%d tables of collections are not distributed, %v", local, err)
	}
}

// TestMigrateDistributed brings a distributed schema what two of its migrations make.
func TestMigrateDistributed(t *testing.T) {
	t.Parallel()
	postgrestest.Distributed(t)
	url := postgrestest.Migrated(t)
	store := openAt(t, url)
	for _, statement := range []string{
		`DROP TABLE filenames`, `DELETE FROM schema_versions WHERE version_id = 20`, // makes a table with a collection_id
		`ALTER TABLE turns ADD COLUMN novelty text`, `CREATE INDEX turns_novelty ON turns (collection_id, novelty)`,
		`CREATE OR REPLACE VIEW novelties AS SELECT collection_id, novelty FROM turns`, `DROP VIEW novelties`, `ALTER TABLE turns DROP COLUMN novelty`,
	} {
		if _, err := store.Pool().Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if applied, err := postgres.Migrate(t.Context(), url); err != nil || applied != 1 {
		t.Fatalf("%d migrations were applied, %v", applied, err)
	}
	if plan, err := postgres.PlanSharding(t.Context(), url); err != nil || len(plan.Statements) != 0 {
		t.Errorf("after it there is to be distributed: %v, %v", plan, err)
	}
	hold(t, store)
	if len(findLighthouse(t, store)) == 0 {
		t.Error("nothing is found")
	}
}

// TestSearchGoesToOneShard asks Citus how it runs what a search sends.
func TestSearchGoesToOneShard(t *testing.T) {
	t.Parallel()
	postgrestest.Distributed(t)
	trace := new(trace)
	store, err := postgres.OpenWith(t.Context(), postgrestest.Migrated(t), embeddings.NewBuiltin().Model(), slog.New(slog.DiscardHandler), postgres.Options{Tracer: trace})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	h := hold(t, store)
	searcher := retrieval.NewSearcher(store, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler))
	trace.record(func() {
		for _, filter := range []retrieval.Filter{{}, {Speaker: h.speaker}, {Speaker: "Bell"}, {Role: "answer"}, {From: "2020-01-01"}, {Transcript: h.transcript}} {
			filter.Collection = "news"
			if _, err := searcher.Search(t.Context(), retrieval.Query{Text: "the lighthouse", Filter: filter}); err != nil && fault.CodeOf(err) != fault.NotFound {
				t.Error(err)
			}
		}
		if _, err := store.List(t.Context(), retrieval.ListQuery{Collection: "news", Limit: 10}); err != nil {
			t.Error(err)
		}
		if _, err := store.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "news", Limit: 10}); err != nil {
			t.Error(err)
		}
	})
	routed := 0
	for _, s := range trace.statements {
		rows, err := store.Pool().Query(t.Context(), "EXPLAIN (COSTS OFF) "+s.sql, s.args...)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatalf("%v, of %s", err, s.sql)
		}
		plan := strings.Join(lines, "\n")
		switch {
		case strings.Contains(plan, "Task Count: 1\n") && !strings.Contains(plan, "Distributed Subplan"):
			routed++
		case strings.Contains(plan, "Citus"):
			t.Errorf("a statement does not go to one shard:\n%s\n%s", s.sql, plan)
		}
	}
	if routed < 10 {
		t.Errorf("%d statements of %d are of distributed tables", routed, len(trace.statements))
	}
}

func openAt(t *testing.T, url string) *postgres.Store {
	t.Helper()
	store, err := postgres.Open(t.Context(), url, embeddings.NewBuiltin().Model(), slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}

func findLighthouse(t *testing.T, store *postgres.Store) []retrieval.Hit {
	t.Helper()
	searcher := retrieval.NewSearcher(store, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler))
	found, err := searcher.Search(t.Context(), retrieval.Query{Text: "the lighthouse", Filter: retrieval.Filter{Collection: "news"}})
	if err != nil {
		t.Fatal(err)
	}
	return found.Hits
}

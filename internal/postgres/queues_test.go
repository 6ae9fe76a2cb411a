package postgres_test

import (
	"log/slog"
	"reflect"
	"testing"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// A queue is there while it is empty, and its age is that of the oldest job that is due: those
// that are done or scheduled do not count.
func TestQueues(t *testing.T) {
	t.Parallel()
	store, err := postgres.Open(t.Context(), postgrestest.Migrated(t), embeddings.NewBuiltin().Model(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	if queues, err := store.Queues(t.Context()); err != nil || len(queues) > 0 {
		t.Errorf("%+v %v; want no queue", queues, err)
	}
	if _, err := store.Pool().Exec(t.Context(), `
		INSERT INTO river_queue (name, updated_at) VALUES ('empty', now());
		INSERT INTO river_job (queue, kind, args, max_attempts, state, created_at, finalized_at) VALUES
			('busy', 'k', '{}', 9, 'available', now() - interval '1 minute', NULL),
			('busy', 'k', '{}', 9, 'available', now() - interval '2 minutes', NULL),
			('busy', 'k', '{}', 9, 'retryable', now() - interval '1 hour', NULL),
			('busy', 'k', '{}', 9, 'scheduled', now() - interval '1 year', NULL),
			('busy', 'k', '{}', 9, 'completed', now() - interval '1 day', now())`); err != nil {
		t.Fatal(err)
	}
	queues, err := store.Queues(t.Context())
	if err != nil || len(queues) != 2 || queues[0].Name != "busy" || queues[1].Name != "empty" {
		t.Fatalf("%+v %v", queues, err)
	}
	want := []map[string]int{
		{"available": 2, "pending": 0, "retryable": 1, "running": 0, "scheduled": 1},
		{"available": 0, "pending": 0, "retryable": 0, "running": 0, "scheduled": 0},
	}
	for i, q := range queues {
		if !reflect.DeepEqual(q.States, want[i]) {
			t.Errorf("%s has %v, want %v", q.Name, q.States, want[i])
		}
	}
	if age := queues[0].Oldest; age < time.Hour || age > 2*time.Hour || queues[1].Oldest != 0 {
		t.Errorf("the oldest are %v and %v old", age, queues[1].Oldest)
	}
}

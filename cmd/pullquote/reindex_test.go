package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// TestReindexKilled kills `pullquote reindex` again and again, at random points
// between its requests and their answers, and counts what the server embeds: no
// input twice but those that were under way.
func TestReindexKilled(t *testing.T) {
	t.Parallel()
	const (
		statements  = 300
		batch       = 8 // inputs that the server takes
		concurrency = 8 // requests at a time, at the most
		kills       = 4
	)
	url := postgrestest.Migrated(t)
	server := embeddingstest.NewServer(t)
	server.Most = batch
	builtin := []string{"DATABASE_URL=" + url}
	letters := append(builtin, "OPENAI_BASE_URL="+server.URL, "PULLQUOTE_EMBEDDING_MODEL=letters")
	finish(t, builtin, "ingest", lamps(t, statements))

	for range kills {
		ctx, kill := context.WithCancel(t.Context()) // it ends in kill -9
		killed, at := pullquoteProcess(ctx, t, letters, "reindex"), 1+rand.IntN(12)
		if before := rand.IntN(2) == 0; before {
			server.Before(func(request int) http.Handler {
				if request >= at {
					kill()
				}
				return nil
			})
		} else {
			server.After(func(request int) {
				if request >= at {
					kill()
				}
			})
		}
		server.Restart()
		if err := killed.Run(); err == nil {
			t.Fatal("it was not killed")
		}
		server.Before(nil)
		server.After(nil)
		kill()
	}
	if out := finish(t, letters, "search", "--json", "--limit", "100", "lamp"); !strings.Contains(out, `"semantic_rank": 1`) {
		t.Fatalf("the old vectors do not serve: %s", out)
	}
	out := finish(t, letters, "reindex")
	if want := "letters (8 dimensions) serves: "; !strings.HasPrefix(out, want) {
		t.Errorf("it says %q, want %q …", out, want)
	}

	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	var passages, vectors, others int
	if err := conn.QueryRow(t.Context(), `
		SELECT (SELECT count(*) FROM passages), letters, others
		FROM (
			SELECT count(*) FILTER (WHERE m.name = 'letters') AS letters, count(*) FILTER (WHERE m.name <> 'letters') AS others
			FROM embeddings JOIN embedding_models m ON m.id = model_id
		) AS vectors`).Scan(&passages, &vectors, &others); err != nil {
		t.Fatal(err)
	}
	twice := 0
	for input, times := range server.Embedded() {
		if strings.HasPrefix(input, "Jon") { // and not a question, or what tells the dimensions
			twice += times - 1
		}
	}
	t.Logf("%d passages, %d kills, %d inputs embedded more than once", passages, kills, twice)
	if passages != statements || vectors != passages || others != 0 {
		t.Errorf("there are %d vectors, and %d old ones, of %d passages", vectors, others, passages)
	}
	if most := kills * batch * concurrency; twice > most {
		t.Errorf("%d inputs were embedded more than once; want up to %d", twice, most)
	}
}

// lamps is a file of so many statements, no two of them alike.
func lamps(t *testing.T, statements int) (path string) {
	t.Helper()
	var turns []string
	for i := range statements {
		turns = append(turns, fmt.Sprintf(`{"speaker":"Jon Bastable","role":"statement","text":"Lamp %d was lit."}`, i))
	}
	path = filepath.Join(t.TempDir(), "lamps.json")
	text := `{"title":"Lamps","turns":[` + strings.Join(turns, ",\n") + `]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// pullquoteProcess is the program as a process of its own, not yet started.
func pullquoteProcess(ctx context.Context, t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(ctx, filepath.Join(program(t), "pullquote"), args...)
	cmd.Env = env
	return cmd
}

// finish runs the program to its good end and returns what it printed.
func finish(t *testing.T, env []string, args ...string) (stdout string) {
	t.Helper()
	cmd := pullquoteProcess(t.Context(), t, env, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %v: %s", args, err, &errs)
	}
	return out.String()
}

package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/internal/rerank/reranktest"
)

// TestReranker lets a reranker order what is found, which then fails.
func TestReranker(t *testing.T) {
	t.Parallel()
	server := reranktest.New(t, reranktest.LlamaCpp)
	env := []string{"DATABASE_URL=" + postgrestest.Migrated(t), "PULLQUOTE_RERANK_URL=" + server.URL + "/v1"}
	finish(t, env, "ingest", lamps(t, 20))
	if out := finish(t, env, "doctor"); !strings.Contains(out, "ok    reranker        "+server.URL+"/v1/rerank, two texts in ") {
		t.Errorf("the doctor does not know the reranker: %s", out)
	}
	if out := finish(t, env, "search", "--json", "lamp 7"); strings.Contains(out, "own order") || server.Requests() != 2 {
		t.Errorf("after %d requests: %s", server.Requests(), out)
	}
	server.Instead(reranktest.Body(http.StatusServiceUnavailable, "loading"))
	if out := finish(t, env, "search", "--json", "lamp 7"); !strings.Contains(out, "the reranker failed (the reranker answered with status 503), so the turns are in the search's own order") {
		t.Errorf("the failure is not told: %s", out)
	}
}

// TestEmbeddingServer takes the vectors from a server, which then fails.
func TestEmbeddingServer(t *testing.T) {
	t.Parallel()
	server := embeddingstest.NewServer(t)
	url := server.URL
	env := map[string]string{"DATABASE_URL": postgrestest.Migrated(t), "OPENAI_BASE_URL": url, "PULLQUOTE_EMBEDDING_MODEL": "letters"}
	pullquote := func(wantCode int, args ...string) (stdout, stderr string) {
		t.Helper()
		var out, errs bytes.Buffer
		code := run(t.Context(), args, environment{
			getenv: func(name string) string { return env[name] }, stdin: strings.NewReader(""), stdout: &out, stderr: &errs,
		})
		if code != wantCode {
			t.Errorf("%v: exit code %d, want %d: %s%s", args, code, wantCode, &out, &errs)
		}
		return out.String(), errs.String()
	}
	file := filepath.Join(t.TempDir(), "orchard.json")
	if err := os.WriteFile(file, []byte(orchard), 0o600); err != nil {
		t.Fatal(err)
	}

	if out, _ := pullquote(0, "doctor"); !strings.Contains(out, "letters, 8 dimensions\n") {
		t.Errorf("the doctor does not know the model: %s", out)
	}
	pullquote(0, "ingest", file)
	if out, _ := pullquote(0, "search", "--json", "second week of May"); !strings.Contains(out, `"semantic_rank": 1`) {
		t.Errorf("the search did not go by the vectors: %s", out)
	}

	env["PULLQUOTE_EMBEDDING_MODEL"] = "builtin"
	const missing = "they are searched by the vectors of letters until all have those of builtin-1, which has embedded 0: run pullquote reindex\n"
	if out, _ := pullquote(0, "doctor"); !strings.Contains(out, missing) {
		t.Errorf("the doctor does not miss the other model's vectors: %s", out)
	}
	if out, _ := pullquote(0, "search", "--json", "second week of May"); !strings.Contains(out, `"semantic_rank": 1`) {
		t.Errorf("the search did not go by the old vectors: %s", out)
	}
	if out, _ := pullquote(0, "reindex", "--keep"); out != "builtin-1 (512 dimensions) serves: 2 passages embedded, 0 old vectors removed\n" {
		t.Errorf("the record is not reindexed: %s", out)
	}
	if out, _ := pullquote(0, "doctor"); strings.Contains(out, "reindex") {
		t.Errorf("the doctor does not know of the reindex: %s", out)
	}
	env["PULLQUOTE_EMBEDDING_MODEL"] = "letters"
	if out, errs := pullquote(0, "reindex", "--json"); !strings.Contains(out, `"embedded": 0`) || errs != "" {
		t.Errorf("the vectors that were kept are not used: %s%s", out, errs)
	}

	server.Before(func(int) http.Handler { return embeddingstest.Status(http.StatusUnauthorized) })
	out, _ := pullquote(3, "doctor")
	if !strings.Contains(out, "FAIL  embeddings      the embedding server refused the key (check OPENAI_API_KEY, or PULLQUOTE_EMBEDDING_API_KEY if that is set: it is the key for "+url+")\n") {
		t.Errorf("the doctor does not say what is wrong: %s", out)
	}
	if _, errs := pullquote(2, "reindex"); !strings.Contains(errs, "refused the key") {
		t.Errorf("the refusal is not said: %s", errs)
	}
	if _, errs := pullquote(3, "ingest", "--collection", "others", file); !strings.Contains(errs, "refused the key") {
		t.Errorf("the refusal is not said: %s", errs)
	}
	pullquote(1, "search", "--collection", "others", "May")

	out, errs := pullquote(0, "search", "second week of May")
	if !strings.Contains(out, "In the second week of May.") || !strings.Contains(errs, "this search went by words alone\n") {
		t.Errorf("the search does not go on without the server: %s%s", out, errs)
	}
}

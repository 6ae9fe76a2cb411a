package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// A server goes on without keys until there is one, made by another process; from then on it
// asks for one, and a key that is revoked opens nothing at the next request. With a key it may
// be reached by other machines.
func TestServeWithKeys(t *testing.T) {
	t.Parallel()
	env := []string{"DATABASE_URL=" + postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL=builtin"}
	s := startServer(t, env...)
	s.expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename=orchard.json&collection=trees", orchard, `"The Blue Orchard"`)
	s.key = "sk-of-another-program"
	s.expect(t, http.StatusOK, "GET", "/v1/collections", "", `"trees"`)

	create := func(scopes, collections string) (id, key string) {
		var made struct{ ID, Key string }
		if err := json.Unmarshal([]byte(finish(t, env, "keys", "create", "--name", "desk", "--scopes", scopes, "--collections", collections, "--json")), &made); err != nil {
			t.Fatal(err)
		}
		return made.ID, made.Key
	}
	id, key := create("read", "trees")
	s.expect(t, http.StatusUnauthorized, "GET", "/v1/collections", "", `"unauthorized"`)
	s.expect(t, http.StatusOK, "GET", "/readyz", "", `"ready"`)
	s.key = key
	s.expect(t, http.StatusOK, "GET", "/v1/collections", "", `"trees"`)
	s.expect(t, http.StatusOK, "POST", "/v1/answers", `{"question": "When do the trees flower?"}`, `"collection":"trees"`)
	s.expect(t, http.StatusForbidden, "POST", "/v1/transcripts?collection=trees", orchard, `"forbidden"`)
	_, s.key = create("read,write", "quarries")
	s.expect(t, http.StatusOK, "GET", "/v1/collections", "", `"collections":[]`)
	s.expect(t, http.StatusNotFound, "GET", "/v1/transcripts?collection=trees", "", `"not_found"`)
	s.key = key
	finish(t, env, "keys", "revoke", id)
	s.expect(t, http.StatusUnauthorized, "GET", "/v1/collections", "", `"unauthorized"`)
	s.stop(t, syscall.SIGTERM)
	if log := s.log.String(); strings.Contains(log, key) {
		t.Errorf("the log has the key: %s", log)
	}

	reachable := startServerAt(t, "0.0.0.0:0", env...)
	reachable.expect(t, http.StatusUnauthorized, "GET", "/v1/collections", "", `"unauthorized"`)
	_, reachable.key = create("read", "*")
	reachable.expect(t, http.StatusOK, "GET", "/v1/collections", "", `"trees"`)
	reachable.stop(t, syscall.SIGTERM)
}

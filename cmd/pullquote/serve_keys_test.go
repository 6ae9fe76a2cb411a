package main

import (
	"encoding/json"
	"io"
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

// A proxy on this machine names persons, who act under keys made for them by another process;
// everyone else, and what names nobody, is refused from the start.
func TestServeBehindAProxy(t *testing.T) {
	t.Parallel()
	env := []string{"DATABASE_URL=" + postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL=builtin"}
	s := startServer(t, append(env, "PULLQUOTE_PROXY_HEADER=X-Forwarded-User")...)
	s.expect(t, http.StatusUnauthorized, "GET", "/v1/collections", "", `"unauthorized"`)
	as := func(person string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), "GET", s.url+"/v1/transcripts?collection=trees", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Forwarded-User", person)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(body)
	}
	if status, body := as("ada"); status != http.StatusForbidden || !strings.Contains(body, "signed in as ada, who has no access here") {
		t.Errorf("without a key: %d %s", status, body)
	}
	id := strings.TrimSpace(finish(t, env, "keys", "create", "--person", "ada", "--scopes", "read", "--collections", "trees"))
	if status, body := as("ada"); status != http.StatusOK {
		t.Errorf("with one: %d %s", status, body)
	}
	if list := finish(t, env, "keys", "list"); !strings.Contains(list, id+"  person ada  ada  read in trees  valid, last used ") {
		t.Errorf("the list is %s", list)
	}
	finish(t, env, "keys", "revoke", id)
	if status, body := as("ada"); status != http.StatusForbidden {
		t.Errorf("revoked: %d %s", status, body)
	}
	s.stop(t, syscall.SIGTERM)
}

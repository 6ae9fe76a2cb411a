package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// uploaded is what the API tells of a transcript.
type uploaded struct {
	ID      string `json:"id"`
	Pending int    `json:"pending_passages"`
}

// call sends a request and reads what it answers.
func (s *runningServer) call(t *testing.T, method, path, body string, answer any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(answer); err != nil || response.StatusCode >= http.StatusBadRequest {
		t.Fatalf("%s %s: %s (%v)", method, path, response.Status, err)
	}
}

// upload uploads a file of so many statements of a place.
func (s *runningServer) upload(t *testing.T, place string, statements int) (r uploaded) {
	t.Helper()
	turns := make([]string, statements)
	for i := range turns {
		turns[i] = fmt.Sprintf(`{"speaker":"Ivo Rook","text":"Tree %d of %s flowers in May."}`, i, place)
	}
	s.call(t, "POST", "/v1/transcripts", fmt.Sprintf(`{"title":"The orchard of %s","turns":[%s]}`, place, strings.Join(turns, ",")), &r)
	return r
}

// embedded waits until a transcript has its vectors.
func (s *runningServer) embedded(t *testing.T, id string) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		var r uploaded
		s.call(t, "GET", "/v1/transcripts/"+id, "", &r)
		if r.Pending == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d passages still wait", r.Pending)
		}
	}
}

// TestServeEmbedsAfterwards uploads while the embedding server does not answer, kills or stops
// the server, and has two others embed what it has left.
func TestServeEmbedsAfterwards(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			embedsAfterwards(t, signal)
		})
	}
}

func embedsAfterwards(t *testing.T, signal syscall.Signal) {
	embedder := embeddingstest.NewServer(t)
	env := []string{"DATABASE_URL=" + postgrestest.Migrated(t), "OPENAI_BASE_URL=" + embedder.URL, "PULLQUOTE_EMBEDDING_MODEL=letters", "PULLQUOTE_CHAT_MODEL="}
	first := startServer(t, env...)
	asked := make(chan struct{}, 100)
	embedder.Before(func(int) http.Handler {
		return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			asked <- struct{}{}
			<-r.Context().Done()
		})
	})
	const statements = 400
	left := first.upload(t, "Varn", statements)
	if left.Pending != statements {
		t.Errorf("an upload is answered with %d passages that wait, want %d", left.Pending, statements)
	}
	first.expect(t, http.StatusOK, "POST", "/v1/search", `{"query":"tree 7 of Varn"}`, "Tree 7 of Varn")
	<-asked
	if signal == syscall.SIGTERM {
		first.stop(t, signal)
	} else {
		if err := first.process.Kill(); err != nil {
			t.Fatal(err)
		}
		<-first.exited
	}

	embedder.Before(nil)
	embedder.Forget()
	servers := []*runningServer{startServer(t, env...), startServer(t, env...)}
	uploads := []string{left.ID}
	for i := range 6 {
		uploads = append(uploads, servers[i%2].upload(t, fmt.Sprint("Rook ", i), statements).ID)
	}
	for i, id := range uploads {
		servers[i%2].embedded(t, id)
	}
	passages := 0
	for text, times := range embedder.Embedded() {
		if !strings.Contains(text, "flowers in May") {
			continue // what the servers asked as they started
		}
		if passages++; times != 1 {
			t.Errorf("embedded %d times: %q", times, text)
		}
	}
	if want := len(uploads) * statements; passages != want {
		t.Errorf("%d passages were embedded, want %d", passages, want)
	}
	servers[0].expect(t, http.StatusOK, "POST", "/v1/search", `{"query":"tree 7 of Varn"}`, `"semantic_rank":1`)
	for _, s := range servers {
		s.stop(t, syscall.SIGTERM)
	}
}

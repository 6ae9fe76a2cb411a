package embeddings_test

import (
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/pipetest"
)

// busy takes a second, by the bubble's clock, for a request, and refuses those
// beyond what it can take at a time.
type busy struct {
	t          *testing.T
	takes      int
	retryAfter string

	mu                     sync.Mutex
	running, most, refused int
	accepted               []time.Time
}

func (b *busy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n := len(readRequest(b.t, r).Input)
	if !b.begin() {
		reply{status: http.StatusTooManyRequests, retryAfter: b.retryAfter}.ServeHTTP(w, r)
		return
	}
	time.Sleep(time.Second)
	b.mu.Lock()
	b.running--
	b.mu.Unlock()
	answerWith(w, n)
}

func (b *busy) begin() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.running == b.takes {
		b.refused++
		return false
	}
	b.running++
	b.most = max(b.most, b.running)
	b.accepted = append(b.accepted, time.Now())
	return true
}

func TestOpenAIConcurrency(t *testing.T) {
	for _, test := range []struct {
		name        string
		concurrency int // configured
		takes       int
		texts       int
		most        int
		refused     int // at most
		seconds     int // at most
	}{
		{"few at first", 0, 100, 2, 2, 0, 1},
		{"more while it goes well", 0, 100, 35, 8, 0, 7},
		{"no more than configured", 3, 100, 20, 3, 0, 8},
		{"one by one", 1, 100, 4, 1, 0, 4},
		{"no more than the server takes", 0, 3, 60, 3, 15, 40},
		{"one by one for a small server", 0, 1, 20, 1, 15, 60},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := &busy{t: t, takes: test.takes}
				e := newOpenAI(t, embeddings.OpenAIConfig{
					BaseURL: baseURL, Model: "words", BatchSize: 1, Concurrency: test.concurrency, HTTPClient: pipetest.Serve(t, server),
				})
				start := time.Now()
				if _, err := e.Embed(t.Context(), embeddings.Document, make([]string, test.texts)); err != nil {
					t.Fatal(err)
				}
				took := time.Since(start)
				t.Logf("%d requests at a time, %d refused, %s", server.most, server.refused, took)
				if server.most != test.most || server.refused > test.refused || took > time.Duration(test.seconds)*time.Second {
					t.Errorf("%d requests at a time, %d refused, %s; want %d, up to %d, up to %d s",
						server.most, server.refused, took, test.most, test.refused, test.seconds)
				}
			})
		})
	}
}

// TestOpenAIPauseForAll is a server that wants to be left alone: no other request
// is sent meanwhile, except a question, which has no time to wait.
func TestOpenAIPauseForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &busy{t: t, takes: 1, retryAfter: "20"}
		e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: baseURL, Model: "words", BatchSize: 1, HTTPClient: pipetest.Serve(t, server)})
		start := time.Now()
		embedded := make(chan error)
		go func() {
			_, err := e.Embed(t.Context(), embeddings.Document, make([]string, 4))
			embedded <- err
		}()
		time.Sleep(5 * time.Second)
		if _, err := e.Embed(t.Context(), embeddings.Query, []string{"now?"}); err != nil {
			t.Error(err)
		}
		if err := <-embedded; err != nil {
			t.Fatal(err)
		}
		// One of the first two is refused; the question comes in between.
		want := []time.Duration{0, 5 * time.Second, 20 * time.Second}
		for i, at := range want {
			if got := server.accepted[i].Sub(start); got != at {
				t.Errorf("request %d was sent after %s, want %s", i, got, at)
			}
		}
	})
}

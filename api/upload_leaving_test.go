package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// awaited is a store in which nothing is found until whoever asks has left.
type awaited struct {
	retrievaltest.Memory
	asked chan struct{} // is closed when a file is looked for
	left  chan bool     // says whether its client left then
}

func (a *awaited) Find(ctx context.Context, _, _ string) (r retrieval.StoredTranscript, found bool, err error) {
	close(a.asked)
	select {
	case <-ctx.Done():
		a.left <- true
	case <-time.After(time.Minute):
		a.left <- false
	}
	return r, false, nil
}

// A client that leaves ends the work: what it sent is not parsed, and not stored.
func TestUploadOfAClientThatLeaves(t *testing.T) {
	t.Parallel()
	store := &awaited{asked: make(chan struct{}), left: make(chan bool, 1)}
	served := make(chan struct{})
	handler := New(Config{Library: retrieval.NewLibrary(store, embeddings.NewBuiltin()), UploadTimeout: time.Hour, Log: testLog(t)})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(served)
		handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	ctx, leave := context.WithCancel(t.Context())
	go func() {
		<-store.asked
		leave()
	}()
	file := strings.NewReader(strings.Repeat("MS. MARCHETTI: The lamp burns.\n\nMR. CASTELLAN: All night.\n\n", 1000))
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+"/v1/transcripts", file)
	if err != nil {
		t.Fatal(err)
	}
	if response, err := server.Client().Do(r); err == nil {
		response.Body.Close()
		t.Fatalf("who has left is answered: %s", response.Status)
	}
	if !<-store.left {
		t.Fatal("the work went on for a minute")
	}
	<-served
	if page, err := store.List(t.Context(), retrieval.ListQuery{Collection: retrieval.DefaultCollection, Limit: 1}); err != nil || len(page.Transcripts) > 0 {
		t.Errorf("stored all the same: %+v (%v)", page.Transcripts, err)
	}
}

package embeddings_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
)

// request is what a server of the protocol reads.
type request struct {
	Input      []string `json:"input"`
	Model      string   `json:"model"`
	Dimensions int      `json:"dimensions"`
}

type item struct {
	Object    string    `json:"object"`
	Embedding []float32 `json:"embedding"`
	Index     int       `json:"index"`
}

// protocol speaks OpenAI's embedding protocol. Its model is the built-in embedder,
// from whose vectors it takes their length and their order, for the client to mend.
func protocol(t *testing.T) http.Handler {
	model := embeddings.NewBuiltin()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/embeddings", func(w http.ResponseWriter, r *http.Request) {
		req := readRequest(t, r)
		vectors, err := model.Embed(r.Context(), embeddings.Document, req.Input)
		if err != nil {
			return // the client has gone
		}
		data := make([]item, len(vectors))
		for i, v := range vectors {
			for j := range v {
				v[j] *= 3
			}
			data[i] = item{Object: "embedding", Embedding: v, Index: i}
		}
		slices.Reverse(data)
		w.Header().Set("Content-Type", "application/json")
		// An error here is the client's leaving, too.
		_ = json.NewEncoder(w).Encode(map[string]any{
			"object": "list", "model": req.Model, "data": data,
			"usage": map[string]any{"prompt_tokens": len(req.Input), "total_tokens": len(req.Input)},
		})
	})
	return mux
}

func readRequest(t *testing.T, r *http.Request) request {
	var req request
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&req); err != nil && r.Context().Err() == nil {
		t.Errorf("the request is not of the protocol: %v", err)
	}
	return req
}

// pipeServer serves on connections in memory, so that a test in a synctest bubble
// sees every pause, and every goroutine left behind. It returns the client that
// reaches it.
func pipeServer(t *testing.T, handler http.Handler) *http.Client {
	l := &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: handler}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(l) // always ErrServerClosed
	}()
	transport := &http.Transport{DialContext: l.dial}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		<-served
	})
	return &http.Client{Transport: transport}
}

type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "memory"} }

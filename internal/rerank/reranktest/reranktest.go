// Package reranktest is a reranker on a local port that speaks as the real ones do.
// It counts the words that a text shares with the question, and fails when told to.
package reranktest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Shape is whose protocol is spoken.
type Shape int

const (
	Cohere   Shape = iota // documents → results of relevance_score; so do Jina, vLLM and llama.cpp
	Voyage                // documents → data of relevance_score
	TEI                   // texts → a list of scores, and no word of documents
	LlamaCpp              // documents → results in the order of the documents
)

// Server is the reranker. Its fields are set before it is asked.
type Server struct {
	URL   string
	Shape Shape
	Key   string // that it wants; none when empty
	Model string // that it has; any when empty

	mu       sync.Mutex
	instead  http.Handler
	requests int
}

// New starts a server. It ends with the test.
func New(t testing.TB, shape Shape) *Server {
	s := &Server{Shape: shape}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Instead sets a handler that answers in its place; nil: none.
func (s *Server) Instead(handler http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.instead = handler
}

// Requests is how many there were.
func (s *Server) Requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

type request struct {
	Model, Query     string
	Documents, Texts []string
	Truncate         bool
}

type ranked struct {
	Index          int      `json:"index"`
	RelevanceScore *float64 `json:"relevance_score,omitempty"`
	Score          *float64 `json:"score,omitempty"`
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests++
	instead := s.instead
	s.mu.Unlock()
	if instead != nil {
		instead.ServeHTTP(w, r)
		return
	}
	var req request
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&req)
	switch {
	case r.URL.Path != "/rerank" && r.URL.Path != "/v1/rerank":
		w.WriteHeader(http.StatusNotFound)
	case s.Key != "" && r.Header.Get("Authorization") != "Bearer "+s.Key:
		http.Error(w, `{"message":"invalid api token `+r.Header.Get("Authorization")+`"}`, http.StatusUnauthorized)
	case s.Model != "" && req.Model != s.Model:
		http.Error(w, `{"message":"model not found"}`, http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusBadRequest)
	case s.Shape == TEI && req.Texts == nil:
		http.Error(w, "Failed to deserialize the JSON body into the target type: missing field `texts` at line 1 column 60", http.StatusUnprocessableEntity)
	case s.Shape != TEI && req.Documents == nil:
		http.Error(w, `{"error":{"message":"\"documents\" must be provided"}}`, http.StatusBadRequest)
	default:
		s.answer(w, req.Query, append(req.Documents, req.Texts...))
	}
}

func (s *Server) answer(w http.ResponseWriter, query string, texts []string) {
	list := make([]ranked, len(texts))
	for i, text := range texts {
		score := overlap(query, text)
		if list[i] = (ranked{Index: i, RelevanceScore: &score}); s.Shape == TEI {
			list[i] = ranked{Index: i, Score: &score}
		}
	}
	if s.Shape != LlamaCpp {
		slices.SortStableFunc(list, func(a, b ranked) int {
			return cmp.Compare(*cmp.Or(b.RelevanceScore, b.Score), *cmp.Or(a.RelevanceScore, a.Score))
		})
	}
	var response any = map[string]any{"id": "1", "results": list, "meta": map[string]any{}}
	switch s.Shape {
	case TEI:
		response = list
	case Voyage:
		response = map[string]any{"object": "list", "data": list}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(response) // an error is the client's leaving
}

// overlap is how many words of the question the text has, as a share.
func overlap(query, text string) float64 {
	words := strings.Fields(strings.ToLower(query))
	n := 0
	for _, w := range words {
		if strings.Contains(strings.ToLower(text), strings.Trim(w, ".,?!")) {
			n++
		}
	}
	return float64(n) / float64(max(1, len(words)))
}

// Body answers every request with a status and a body.
func Body(status int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	})
}

// Silent never answers.
func Silent() http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		// Only a server that has read a request notices that its client leaves.
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
}

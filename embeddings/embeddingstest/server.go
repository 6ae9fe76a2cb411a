package embeddingstest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Server speaks OpenAI's embedding protocol on a local port, counts what it embeds,
// and fails when it is told to. Its vectors count the bytes of a text, sorted into
// as many heaps as they have dimensions: enough to tell texts apart.
type Server struct {
	URL        string // with the version
	Dimensions int

	// Most is how many inputs it takes at a time; 0: any number.
	Most int

	mu       sync.Mutex
	before   func(request int) http.Handler
	after    func(request int)
	requests int
	embedded map[string]int // by input, how often
}

// NewServer starts a server of a model of eight dimensions. It ends with the test.
func NewServer(t testing.TB) *Server {
	s := &Server{Dimensions: 8, embedded: map[string]int{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL + "/v1"
	return s
}

// Status answers with a status.
func Status(code int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
}

// Before sets what is called with the number of each request, beginning with 1. The
// handler that it returns, unless nil, answers instead, and nothing is embedded.
func (s *Server) Before(request func(int) http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = request
}

// After sets what is called with the number of each request that was answered.
func (s *Server) After(request func(int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.after = request
}

// Embedded are the inputs that were embedded, each with how often.
func (s *Server) Embedded() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := make(map[string]int, len(s.embedded))
	for input, n := range s.embedded {
		counts[input] = n
	}
	return counts
}

// Total is how many inputs were embedded, each as often as it was.
func (s *Server) Total() (n int) {
	for _, times := range s.Embedded() {
		n += times
	}
	return n
}

// Restart numbers the requests anew.
func (s *Server) Restart() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = 0
}

// Forget begins to count anew.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests, s.embedded = 0, map[string]int{}
}

type vector struct {
	Index     int       `json:"index"`
	Embedding []float32 `json:"embedding"`
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var request struct{ Input []string }
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil || r.URL.Path != "/v1/embeddings" {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if s.Most > 0 && len(request.Input) > s.Most {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	number, before, after := s.next()
	if before != nil {
		if instead := before(number); instead != nil {
			instead.ServeHTTP(w, r)
			return
		}
	}
	var response struct {
		Data []vector `json:"data"`
	}
	s.mu.Lock()
	for i, text := range request.Input {
		s.embedded[text]++
		v := vector{i, make([]float32, s.Dimensions)}
		for _, b := range []byte(text) {
			v.Embedding[int(b)%s.Dimensions]++
		}
		response.Data = append(response.Data, v)
	}
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(response) // an error is the client's leaving
	if after != nil {
		_ = http.NewResponseController(w).Flush() // likewise
		after(number)
	}
}

func (s *Server) next() (number int, before func(int) http.Handler, after func(int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	return s.requests, s.before, s.after
}

// Package llmtest is an OpenAI-compatible server whose model is a script, for tests
// of all that talks to a model: real HTTP, real event streams, no network beyond the
// machine.
//
// A Script answers each request as it likes: honestly, with lies, or not at all. It
// can read the prompt as Pullquote writes it, turns under their header lines with
// numbered sentences.
//
//	server := llmtest.New(t, llmtest.Honest())
//	model, err := llm.New(llm.Config{BaseURL: server.URL, Model: "scripted"})
//
// Honest points at sentences, Literal says what it is told to, Faults are all the
// ways to break, and Shredded cuts the reply of another script at random places.
// Nothing depends on time or chance: the same prompt has the same reply.
package llmtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pullquote/pullquote/internal/pipetest"
)

// Script is a model: it answers a request. It may be called concurrently.
type Script func(Request) Reply

// Server is an OpenAI-compatible server with a scripted model.
type Server struct {
	URL string // with the version, as in OPENAI_BASE_URL

	script Script
	key    string   // empty: none is asked for
	models []string // nil: no list, and any name will do
	client *http.Client

	mu      sync.Mutex
	seen    []Request
	serving int
	idle    *sync.Cond // serving is 0
}

// Option changes a server.
type Option func(*Server)

// WithKey makes the server refuse requests without the key.
func WithKey(key string) Option { return func(s *Server) { s.key = key } }

// WithModels makes the server list its models and refuse requests for others.
func WithModels(names ...string) Option { return func(s *Server) { s.models = names } }

// New starts a server on the loopback interface; the test's end stops it.
func New(t testing.TB, script Script, options ...Option) *Server {
	s := newServer(script, options)
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		server.CloseClientConnections() // or replies that hang would hold Close up
		server.Close()
	})
	s.URL, s.client = server.URL+"/v1", server.Client()
	return s
}

// NewInMemory is New on connections in memory, which only Client reaches. In a bubble
// of testing/synctest no wait on them takes real time, and goroutines left behind fail
// the test.
func NewInMemory(t testing.TB, script Script, options ...Option) *Server {
	s := newServer(script, options)
	t.Cleanup(s.Wait) // when the server has stopped
	s.URL, s.client = "http://llm.test/v1", pipetest.Serve(t, s)
	return s
}

func newServer(script Script, options []Option) *Server {
	s := &Server{script: script}
	s.idle = sync.NewCond(&s.mu)
	for _, o := range options {
		o(s)
	}
	return s
}

// Client reaches the server.
func (s *Server) Client() *http.Client { return s.client }

// Requests are the requests for completions so far, in the order of their arrival.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// Wait waits until no request is being answered: until the last client of a reply
// that hangs has gone.
func (s *Server) Wait() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.serving > 0 {
		s.idle.Wait()
	}
}

func (s *Server) serve(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.serving += n; s.serving == 0 {
		s.idle.Broadcast()
	}
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.serve(+1)
	defer s.serve(-1)
	switch route := r.Method + " " + r.URL.Path; {
	case s.key != "" && r.Header.Get("Authorization") != "Bearer "+s.key:
		Refuse(http.StatusUnauthorized, "invalid_api_key", "Incorrect API key provided: "+strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")).send(w, r, Request{})
	case route == "GET /v1/models" && s.models != nil:
		s.listModels(w)
	case route == "POST /v1/chat/completions":
		s.complete(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s *Server) complete(w http.ResponseWriter, r *http.Request) {
	req, err := readRequest(r)
	if err != nil {
		Refuse(http.StatusBadRequest, "invalid_json", err.Error()).send(w, r, req)
		return
	}
	s.mu.Lock()
	req.N = len(s.seen)
	s.seen = append(s.seen, req)
	s.mu.Unlock()
	if s.models != nil && !slices.Contains(s.models, req.Model) {
		Refuse(http.StatusNotFound, "model_not_found", "The model `"+req.Model+"` does not exist").send(w, r, req)
		return
	}
	s.script(req).send(w, r, req)
}

func (s *Server) listModels(w http.ResponseWriter) {
	type model struct {
		ID     string `json:"id"`
		Object string `json:"object"`
	}
	list := struct {
		Object string  `json:"object"`
		Data   []model `json:"data"`
	}{Object: "list"}
	for _, name := range s.models {
		list.Data = append(list.Data, model{name, "model"})
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(list) // the client may have gone
}

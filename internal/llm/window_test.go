package llm_test

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/pipetest"
)

// told is a server that tells of itself what stands here, by path.
type told struct {
	mu        sync.Mutex
	documents map[string]string
	hangs     bool
	asked     []string
}

// loads has the server answer from now on.
func (s *told) loads(documents map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.documents, s.hangs = documents, false
}

func (s *told) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.URL.Path)
	hangs := s.hangs
	document, ok := s.documents[r.URL.Path]
	s.mu.Unlock()
	if hangs {
		<-r.Context().Done()
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+key {
		http.Error(w, "a key is wanted", http.StatusUnauthorized)
		return
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(document)) // the client may have gone
}

// TestWindow shows where servers of each make tell the window of a model, of which the reply
// takes a part.
func TestWindow(t *testing.T) {
	for _, test := range []struct {
		name      string
		documents map[string]string
		model     string
		window    int
		prompt    int // beside a reply of 800 tokens
		asked     []string
	}{
		{"llama.cpp", map[string]string{
			"/v1/models": `{"object":"list","data":[{"id":"/models/smol.gguf","owned_by":"llamacpp","meta":{"n_ctx":2048,"n_ctx_train":131072}}]}`,
		}, "any name", 2048, 1248, []string{"/v1/models"}},
		{"llama.cpp that is older", map[string]string{
			"/v1/models": `{"object":"list","data":[{"id":"gpt-3.5-turbo","owned_by":"llamacpp","meta":{"n_ctx_train":131072}}]}`,
			"/props":     `{"default_generation_settings":{"id":0,"n_ctx":8192},"total_slots":1}`,
		}, "smol", 8192, 7392, []string{"/v1/models", "/props"}},
		{"Ollama with the model loaded", map[string]string{
			"/v1/models": `{"object":"list","data":[{"id":"other:latest","owned_by":"library"},{"id":"qwen3:4b","owned_by":"library"}]}`,
			"/api/ps":    `{"models":[{"name":"other:latest","context_length":262144},{"name":"qwen3:4b","model":"qwen3:4b","context_length":4096}]}`,
		}, "qwen3:4b", 4096, 3296, []string{"/v1/models", "/api/ps"}},
		{"Ollama completes a name", map[string]string{
			"/v1/models": `{"object":"list","data":[{"id":"llama3.2:latest","owned_by":"library"}]}`,
			"/api/ps":    `{"models":[{"name":"llama3.2:latest","context_length":32768}]}`,
		}, "llama3.2", 32768, 31968, []string{"/v1/models", "/api/ps"}},
		{"Ollama before it has loaded it", map[string]string{
			"/v1/models": `{"object":"list","data":[{"id":"qwen3:4b","owned_by":"library"}]}`,
			"/api/ps":    `{"models":[]}`,
		}, "qwen3:4b", 0, 0, []string{"/v1/models", "/api/ps"}},
		{"vLLM", map[string]string{
			"/v1/models": `{"object":"list","data":[{"id":"org/chat","object":"model","owned_by":"vllm","max_model_len":16384}]}`,
		}, "org/chat", 16384, 15584, []string{"/v1/models"}},
		{"a router", map[string]string{
			"/v1/models": `{"data":[{"id":"a/b","context_length":131072},{"id":"c/d","context_length":65536}]}`,
		}, "c/d", 65536, 64736, []string{"/v1/models"}},
		{"a tiny window is divided", map[string]string{
			"/v1/models": `{"data":[{"id":"m","max_model_len":1024}]}`,
		}, "m", 1024, 512, []string{"/v1/models"}},
		{"nonsense", map[string]string{
			"/v1/models": `{"data":[{"id":"m","max_model_len":-7}]}`,
		}, "m", 0, 0, []string{"/v1/models"}},
		{"another model than those listed", map[string]string{
			"/v1/models": `{"data":[{"id":"m","max_model_len":16384}]}`,
		}, "n", 0, 0, []string{"/v1/models"}},
		{"a list that is none", map[string]string{"/v1/models": `{"data":"none"}`}, "m", 0, 0, []string{"/v1/models"}},
		{"no list", nil, "m", 0, 0, []string{"/v1/models"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := &told{documents: test.documents}
				client := newClient(t, llm.Config{BaseURL: "http://llm.test/v1", APIKey: key, Model: test.model, HTTPClient: pipetest.Serve(t, server)})
				for range 2 { // it is asked once
					if window, prompt := client.Window(t.Context()), client.PromptTokens(t.Context(), 800); window != test.window || prompt != test.prompt {
						t.Errorf("a window of %d, and %d for the prompt; want %d and %d", window, prompt, test.window, test.prompt)
					}
				}
				if !slices.Equal(server.asked, test.asked) {
					t.Errorf("asked for %q, want %q", server.asked, test.asked)
				}
			})
		})
	}
}

// TestWindowOfOpenAI needs no request, nor does one that the configuration tells.
func TestWindowOfOpenAI(t *testing.T) {
	for _, test := range []struct {
		model          string
		prompt         int // by the configuration
		window, leaves int
	}{
		{"gpt-5-mini", 0, 128_000, 127_200},
		{"gpt-4.1-nano", 0, 1_047_576, 1_046_776},
		{"gpt-4o-mini", 0, 128_000, 127_200},
		{"gpt-4", 0, 8_192, 7_392},
		{"gpt-3.5-turbo", 1800, 16_385, 1800},
		{"something-new", 0, 0, 0},
	} {
		server := &told{}
		client := newClient(t, llm.Config{BaseURL: "http://api.openai.com/v1", APIKey: key, Model: test.model, PromptTokens: test.prompt, HTTPClient: pipetest.Serve(t, server)})
		if window, leaves := client.Window(t.Context()), client.PromptTokens(t.Context(), 800); window != test.window || leaves != test.leaves {
			t.Errorf("%s: a window of %d, and %d for the prompt", test.model, window, leaves)
		}
		if len(server.asked) > 0 {
			t.Errorf("asked for %q", server.asked)
		}
	}
}

// TestWindowInTime is of a server that does not answer, and of one that loads its model
// later: it is asked again after a minute.
func TestWindowInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &told{hangs: true}
		client := newClient(t, llm.Config{BaseURL: "http://llm.test/v1", APIKey: key, Model: "m", HTTPClient: pipetest.Serve(t, server)})
		start := time.Now()
		if window := client.Window(t.Context()); window != 0 || time.Since(start) > 2*time.Second {
			t.Errorf("a window of %d after %s", window, time.Since(start))
		}
		server.loads(map[string]string{"/v1/models": `{"data":[{"id":"m","max_model_len":16384}]}`})
		if window := client.Window(t.Context()); window != 0 {
			t.Errorf("asked again at once: %d", window)
		}
		time.Sleep(time.Minute)
		if window := client.Window(t.Context()); window != 16384 {
			t.Errorf("not asked again: %d", window)
		}
	})
}

package llm_test

import (
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
)

func TestPing(t *testing.T) {
	honest := llmtest.Honest()
	many := llmtest.WithModels("a", "b", "c", "d", "e", "f")
	for _, test := range []struct {
		name     string
		script   llmtest.Script
		options  []llmtest.Option
		key      string
		says     string // empty: all is well
		requests int    // for completions
	}{
		{"listed", honest, []llmtest.Option{llmtest.WithModels("other", "scripted")}, "", "", 0},
		{"listed as Ollama does", honest, []llmtest.Option{llmtest.WithModels("scripted:latest")}, "", "", 0},
		{"no list", honest, nil, "", "", 1},
		{"no list, and other parameters", llmtest.Without(honest, "max_tokens", "temperature", "stream_options"), nil, "", "", 4},
		{"no list, and the token is too few", llmtest.Always(llmtest.Stream(llmtest.Thought("Hm."), llmtest.Finish("length"))), nil, "", "", 1},
		{"the right key", honest, []llmtest.Option{llmtest.WithKey(key), llmtest.WithModels("scripted")}, key, "", 0},

		{"a wrong key", honest, []llmtest.Option{llmtest.WithKey("another")}, key, "refused the key (check OPENAI_API_KEY", 0},
		{"no key", honest, []llmtest.Option{llmtest.WithKey("another")}, "", "wants a key (set OPENAI_API_KEY", 0},
		{"an unknown model", honest, []llmtest.Option{many}, "", `no model "scripted" (set PULLQUOTE_CHAT_MODEL to one that it has: "a", "b", "c", "d", "e", …`, 1},
		{"an unknown model, and no list", llmtest.Always(llmtest.Refuse(404, "model_not_found", "no such model")), nil, "", `no model "scripted" (set PULLQUOTE_CHAT_MODEL to one that it has`, 1},
		{"no such model in other words", llmtest.Always(llmtest.Refuse(400, "bad", "scripted is not a valid model ID")), nil, "", `no model "scripted"`, 1},
		{"a web server", llmtest.Always(llmtest.Reply{Status: 404, Body: "404 page not found"}), nil, "", "no chat model where it should be (check OPENAI_BASE_URL", 1},
		{"a broken server", llmtest.Always(llmtest.Refuse(500, "bad", "crashed")), nil, "", "status 500: crashed", 1},
		{"silence", llmtest.Always(llmtest.Stream(llmtest.Hang())), nil, "", "did not begin its reply in time; try again (it had 5s", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := llmtest.NewInMemory(t, test.script, test.options...)
				model := newClient(t, llm.Config{BaseURL: server.URL, APIKey: test.key, HTTPClient: server.Client(), Timeouts: llm.Timeouts{FirstToken: 5 * time.Second}})
				err := model.Ping(t.Context())
				server.Wait()
				if n := len(server.Requests()); n != test.requests {
					t.Errorf("%d requests, want %d", n, test.requests)
				}
				if test.says != "" {
					checkError(t, err, fault.Unavailable, test.says)
				} else if err != nil {
					t.Errorf("got the error %v", err)
				}
			})
		})
	}
}

// TestPingOnce shows that a server that cannot be reached is not tried again.
func TestPingOnce(t *testing.T) {
	tries := 0
	model := newClient(t, llm.Config{HTTPClient: &http.Client{Transport: roundTripper(func(*http.Request) (*http.Response, error) {
		tries++
		return nil, net.ErrClosed
	})}})
	checkError(t, model.Ping(t.Context()), fault.Unavailable, "cannot be reached; try again later (check that it runs and that OPENAI_BASE_URL is right; the model is \"scripted\" at https://api.openai.com/v1)")
	if tries != 1 {
		t.Errorf("%d tries", tries)
	}
}

// TestModelThatDoesNotChat is one that go-openai knows to be for something else.
func TestModelThatDoesNotChat(t *testing.T) {
	server := llmtest.New(t, llmtest.Honest())
	model := newClient(t, llm.Config{BaseURL: server.URL, Model: "davinci"})
	checkError(t, model.Ping(t.Context()), fault.Unavailable, "does not chat (set PULLQUOTE_CHAT_MODEL")
	_, _, err := complete(t.Context(), model)
	checkError(t, err, fault.Unavailable, "does not chat (set PULLQUOTE_CHAT_MODEL")
}

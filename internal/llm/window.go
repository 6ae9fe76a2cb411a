package llm

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"github.com/pullquote/pullquote/internal/openaihttp"
)

const (
	// windowTimeout is how long a server is asked for the model's window. An answer is
	// waited for, and there is a size of prompts that mostly fits.
	windowTimeout = 2 * time.Second
	// windowAge is how long what it said holds: servers load models anew, with other
	// windows.
	windowAge = 10 * time.Minute
	// unknownAge is how long nothing is asked when it said nothing: a server that loads its
	// models on demand knows the window only then.
	unknownAge = time.Minute
	// leastWindow is less than any model has that can chat.
	leastWindow = 512
)

// window is the model's, as its server has told it.
type window struct {
	mu     sync.Mutex
	tokens int // 0: it did not
	until  time.Time
}

// openAIWindows are those of OpenAI's models, by the beginnings of their names
// (https://platform.openai.com/docs/models), the longer before the shorter.
var openAIWindows = []struct {
	prefix string
	tokens int
}{
	{"gpt-5", 128_000}, // those of the chat variants; the others have 400,000
	{"gpt-4.1", 1_047_576},
	{"gpt-4o", 128_000},
	{"gpt-4-turbo", 128_000},
	{"gpt-4", 8_192},
	{"gpt-3.5-turbo", 16_385},
	{"o1", 128_000}, // o1-mini's; o1 has 200,000
	{"o3", 200_000},
	{"o4", 200_000},
}

// PromptTokens implements answer.Model: what the configuration says, or what a reply of so
// many tokens leaves of the model's window.
func (c *Client) PromptTokens(ctx context.Context, reply int) int {
	if c.prompt > 0 {
		return c.prompt
	}
	w := c.Window(ctx)
	return max(w-reply, w/2) // a tiny window is divided
}

// Window is how many tokens a prompt and its reply may have together; 0 when neither the
// model's name nor its server tells. A server is asked within two seconds, and again after
// ten minutes.
func (c *Client) Window(ctx context.Context) int {
	if c.server.IsOpenAI() {
		for _, w := range openAIWindows {
			if strings.HasPrefix(c.model, w.prefix) {
				return w.tokens
			}
		}
		return 0
	}
	c.window.mu.Lock()
	defer c.window.mu.Unlock()
	if time.Now().Before(c.window.until) {
		return c.window.tokens
	}
	ctx, cancel := context.WithTimeout(ctx, windowTimeout)
	defer cancel()
	tokens, age := c.askWindow(ctx), windowAge
	if tokens < leastWindow {
		tokens, age = 0, unknownAge
	}
	c.window.tokens, c.window.until = tokens, time.Now().Add(age)
	c.log.DebugContext(ctx, "the model's window", "model", c.Name(), "tokens", tokens)
	return tokens
}

// listedModel is what lists of models say of a model's window.
type listedModel struct {
	ID            string `json:"id"`
	OwnedBy       string `json:"owned_by"`
	MaxModelLen   int    `json:"max_model_len"`  // vLLM, SGLang
	ContextWindow int    `json:"context_window"` // Groq
	ContextLength int    `json:"context_length"` // OpenRouter, Together
	Meta          struct {
		Context int `json:"n_ctx"` // llama.cpp: of a slot. Its n_ctx_train is what the model could have
	} `json:"meta"`
}

// askWindow asks the server: its list of models, and where that does not say, what makes
// of servers that load models with a window of their own choice tell beside it.
func (c *Client) askWindow(ctx context.Context) int {
	var list struct {
		Data []listedModel `json:"data"`
	}
	if !c.get(ctx, c.server.Endpoint("models"), &list) {
		return 0
	}
	for _, m := range list.Data {
		if !sameModel(m.ID, c.model) && !(len(list.Data) == 1 && m.OwnedBy == ownerLlamaCpp) {
			continue
		}
		if listed := cmp.Or(m.MaxModelLen, m.Meta.Context, m.ContextWindow, m.ContextLength); listed > 0 {
			return listed
		}
		switch m.OwnedBy {
		case ownerLlamaCpp:
			return c.llamaCppWindow(ctx)
		case ownerOllama:
			return c.ollamaWindow(ctx)
		}
	}
	return 0
}

// What servers say in their lists of models instead of their make.
const (
	ownerLlamaCpp = "llamacpp"
	ownerOllama   = "library"
)

// llamaCppWindow is a slot's, which older servers tell among their properties alone.
func (c *Client) llamaCppWindow(ctx context.Context) int {
	var properties struct {
		Generation struct {
			Context int `json:"n_ctx"`
		} `json:"default_generation_settings"`
	}
	c.get(ctx, c.server.Root("props"), &properties)
	return properties.Generation.Context
}

// ollamaWindow is that with which the model is loaded; nothing while it is not. What the
// model could have, which Ollama tells too, is far more than it mostly is given.
func (c *Client) ollamaWindow(ctx context.Context) int {
	var running struct {
		Models []struct {
			Name    string `json:"name"`
			Context int    `json:"context_length"`
		} `json:"models"`
	}
	c.get(ctx, c.server.Root("api/ps"), &running)
	for _, m := range running.Models {
		if sameModel(m.Name, c.model) {
			return m.Context
		}
	}
	return 0
}

// sameModel reports whether a server's name for a model is the one that is configured.
func sameModel(listed, configured string) bool {
	return listed == configured || listed == configured+":latest" // as Ollama completes names
}

// get reads a JSON document of the server's; false when there is none.
func (c *Client) get(ctx context.Context, url string, document any) bool {
	body, err := c.server.Get(ctx, &openaihttp.Exchange{Client: c.http, Limit: maxModelListBytes}, url)
	return err == nil && json.Unmarshal(body, document) == nil
}

package llm_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
)

// planned is prompt where a plan is asked for.
func planned() answer.Prompt {
	p := prompt
	p.Format = &answer.Format{
		Name: "plan", System: "Reply with a plan.",
		Schema: json.RawMessage(`{"type":"object","properties":{"quotations":{"type":"array","items":{"type":"integer"}}},"required":["quotations"],"additionalProperties":false}`),
	}
	return p
}

const plannedReply = `{"quotations": [{"link":"Ines Varga (Harbour Office) said","sentences":[2,3]}]}`

// refusing refuses requests with a schema as a server does.
func refusing(status int, body string) llmtest.Script {
	return func(r llmtest.Request) llmtest.Reply {
		if r.Schema != "" {
			return llmtest.Reply{Status: status, Header: map[string]string{"Content-Type": "application/json"}, Body: body}
		}
		return llmtest.Honest()(r)
	}
}

func message(text, kind string) string {
	return fmt.Sprintf(`{"error":{"message":%q,"type":%q,"param":null,"code":null}}`, text, kind)
}

// TestFormat shows how servers take a schema: who holds replies to it, who passes over it,
// and who refuses it, which is asked of them once. What refuses it is asked for prose, in
// the same answer and by its own instructions.
func TestFormat(t *testing.T) {
	for _, server := range []struct {
		name     string
		script   llmtest.Script
		reply    string
		requests int // until the first reply
	}{
		{"held to, as by OpenAI, llama.cpp, Ollama and vLLM", llmtest.Planning(), plannedReply, 1},
		{"held to by one that counts no tokens", llmtest.Without(llmtest.Planning(), "stream_options"), plannedReply, 2},
		{"passed over, as by older Ollamas", llmtest.Honest(), honestReply, 1},
		{"refused by OpenAI for an older model", refusing(400, message("Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.", "invalid_request_error")), honestReply, 2},
		{"refused by a server for its model", refusing(400, message("This model does not support response format `json_schema`.", "invalid_request_error")), honestReply, 2},
		{"refused by one that knows JSON alone", refusing(400, message("This response_format type is unavailable now", "invalid_request_error")), honestReply, 2},
		{"refused by llama-cpp-python", refusing(500, message("[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': \"Input should be 'text' or 'json_object'\"}]", "internal_server_error")), honestReply, 2},
		{"refused by a validator", refusing(422, `{"detail":[{"type":"extra_forbidden","loc":["body","response_format","json_schema"],"msg":"Extra inputs are not permitted"}]}`), honestReply, 2},
		{"refused for want of a grammar", refusing(400, message("Failed to initialize samplers: failed to parse grammar", "invalid_request_error")), honestReply, 2},
		{"refused by a router", refusing(404, message("No endpoints found that support structured outputs.", "invalid_request_error")), honestReply, 2},
		{"refused for it and for more", llmtest.Without(llmtest.Honest(), "response_format", "temperature", "stream_options"), honestReply, 4},
	} {
		t.Run(server.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := llmtest.NewInMemory(t, server.script)
				model := newClient(t, llm.Config{BaseURL: s.URL, HTTPClient: s.Client()})
				for range 2 {
					var text strings.Builder
					_, err := model.Complete(t.Context(), planned(), func(piece string) error { text.WriteString(piece); return nil })
					if err != nil || text.String() != server.reply {
						t.Fatalf("got %q and the error %v", text.String(), err)
					}
				}
				requests := s.Requests()
				if len(requests) != server.requests+1 {
					t.Fatalf("%d requests, want %d and another", len(requests), server.requests)
				}
				for _, r := range requests {
					if (r.Schema != "") != (r.System == planned().Format.System) || (r.Schema == "") != (r.System == prompt.System) {
						t.Errorf("asked with the schema %q by the instructions %q", r.Schema, r.System)
					}
				}
			})
		})
	}
}

// TestFormatIsNotToBlame are refusals that are of something else.
func TestFormatIsNotToBlame(t *testing.T) {
	for _, refusal := range []llmtest.Reply{
		llmtest.Refuse(400, "context_length_exceeded", "the prompt is too long"),
		llmtest.Refuse(401, "invalid_api_key", "the key may not use response_format"),
	} {
		synctest.Test(t, func(t *testing.T) {
			s := llmtest.NewInMemory(t, llmtest.Always(refusal))
			model := newClient(t, llm.Config{BaseURL: s.URL, HTTPClient: s.Client()})
			_, err := model.Complete(t.Context(), planned(), func(string) error { return nil })
			if n := len(s.Requests()); n != 1 || fault.CodeOf(err) != fault.Unavailable {
				t.Errorf("%d requests, and the error %v", n, err)
			}
		})
	}
}

// TestReplyLimit tells a reply that was cut at its limit from others that are incomplete.
func TestReplyLimit(t *testing.T) {
	for reason, limit := range map[string]bool{"length": true, "content_filter": false} {
		synctest.Test(t, func(t *testing.T) {
			s := llmtest.NewInMemory(t, llmtest.Always(llmtest.Stream(llmtest.Content(`{"quotations": [`), llmtest.Finish(reason))))
			model := newClient(t, llm.Config{BaseURL: s.URL, HTTPClient: s.Client()})
			_, err := model.Complete(t.Context(), planned(), func(string) error { return nil })
			if errors.Is(err, answer.ErrReplyLimit) != limit {
				t.Errorf("finished with %q: %v", reason, err)
			}
		})
	}
}

package llmtest_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
)

const turns = `Turn: Ines Varga (Harbour Office) | answer | asked by Tom Reed: Why was the ferry stopped? | 2031-05-02 | Briefing
[s1] Good morning to all of you.
[s2] The ferry was stopped because its rudder failed.
[s3] A new rudder for the ferry has been ordered.

Turn: Tom Reed | question | 2031-05-02 | Briefing
[s4] And who pays for the rudder?

`

func TestSentences(t *testing.T) {
	harbour := "Ines Varga (Harbour Office) | answer | asked by Tom Reed: Why was the ferry stopped? | 2031-05-02 | Briefing"
	want := []llmtest.Sentence{
		{Number: 1, Text: "Good morning to all of you.", Turn: harbour},
		{Number: 2, Text: "The ferry was stopped because its rudder failed.", Turn: harbour},
		{Number: 3, Text: "A new rudder for the ferry has been ordered.", Turn: harbour},
		{Number: 4, Text: "And who pays for the rudder?", Turn: "Tom Reed | question | 2031-05-02 | Briefing"},
	}
	r := llmtest.Request{User: turns + "Question: Who pays?\n"}
	if got := r.Sentences(); !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := r.Sentences()[0].Speaker(); got != "Ines Varga (Harbour Office)" {
		t.Errorf("the speaker is %q", got)
	}
	if got := r.Question(); got != "Who pays?" {
		t.Errorf("the question is %q", got)
	}
}

func TestHonest(t *testing.T) {
	for _, test := range []struct{ name, user, want string }{
		{"neighbours", turns + "Question: Why was the ferry stopped?\n", "According to Ines Varga (Harbour Office): [s2-s3]. "},
		{"two turns", turns + "Question: What of the rudder?\n", "According to Ines Varga (Harbour Office): [s2-s3]. According to Tom Reed: [s4]. "},
		{"one sentence", turns + "Question: Who ordered it?\n", "According to Ines Varga (Harbour Office): [s3]. "},
		{"no answer", turns + "Question: When does school begin?\n", llmtest.NoAnswer},
		{"no answer but a name", turns + "Question: What is Varga's salary?\n", llmtest.NoAnswer},
		{"a follow-up", "Earlier question: Why was the ferry stopped?\nLast question: And who pays?\n", "And who pays?"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := llmtest.Honest()(llmtest.Request{User: test.user}).Text(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestLiteral(t *testing.T) {
	for _, test := range []struct {
		name string
		cuts []int
		want []string
	}{
		{"whole", nil, []string{"“Да,” no."}},
		{"in pieces", []int{1, 3, 6}, []string{"“", "Да", ",” ", "no."}},
		{"beyond its ends", []int{-1, 0, 4, 4, 99}, []string{"“Да,", "” no."}},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := llmtest.New(t, llmtest.Literal("“Да,” no.", test.cuts...))
			if got := contents(post(t, server)); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestShredded shows that a seed and a prompt always have the same pieces, and that
// other seeds have others.
func TestShredded(t *testing.T) {
	text := strings.Repeat("Grüße an alle. ", 10)
	pieces := func(seed uint64) []string {
		got := contents(post(t, llmtest.New(t, llmtest.Shredded(seed, llmtest.Literal(text, 3)))))
		if strings.Join(got, "") != text {
			t.Errorf("seed %d: the pieces come to %q", seed, got)
		}
		return got
	}
	if !slices.Equal(pieces(1), pieces(1)) {
		t.Error("a seed has two sets of pieces")
	}
	if slices.Equal(pieces(1), pieces(2)) {
		t.Error("two seeds have the same pieces")
	}
}

// TestStream is a stream as it is sent.
func TestStream(t *testing.T) {
	server := llmtest.New(t, llmtest.Always(llmtest.Stream(llmtest.Thought("Hm."), llmtest.Content("Yes."), llmtest.Finish("stop"))))
	want := `data: {"choices":[{"delta":{"content":null,"reasoning_content":"Hm."},"finish_reason":null,"index":0}],"created":1,"id":"chatcmpl-1","model":"m","object":"chat.completion.chunk","usage":null}

data: {"choices":[{"delta":{"content":"Yes."},"finish_reason":null,"index":0}],"created":1,"id":"chatcmpl-1","model":"m","object":"chat.completion.chunk","usage":null}

data: {"choices":[{"delta":{},"finish_reason":"stop","index":0}],"created":1,"id":"chatcmpl-1","model":"m","object":"chat.completion.chunk","usage":null}

data: {"choices":[],"object":"chat.completion.chunk","usage":{"completion_tokens":1,"prompt_tokens":1,"total_tokens":2}}

data: [DONE]

`
	if got := post(t, server); got != want {
		t.Errorf("got:\n%s", got)
	}
}

func TestRequestsThatAreRefused(t *testing.T) {
	server := llmtest.New(t, llmtest.Honest(), llmtest.WithModels("m"))
	for _, test := range []struct {
		name, body string
		status     int
	}{
		{"no JSON", `{`, 400},
		{"an unknown parameter", `{"model":"m","messages":[],"top_k":1}`, 400},
		{"options of a stream without one", `{"model":"m","messages":[],"stream_options":{"include_usage":true}}`, 400},
		{"an unknown role", `{"model":"m","messages":[{"role":"tool"}]}`, 400},
		{"an unknown model", `{"model":"n","messages":[]}`, 404},
	} {
		t.Run(test.name, func(t *testing.T) {
			resp, err := http.Post(server.URL+"/chat/completions", "application/json", strings.NewReader(test.body))
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if resp.StatusCode != test.status {
				t.Errorf("status %d, want %d", resp.StatusCode, test.status)
			}
		})
	}
}

// post asks the server for a stream and returns it.
func post(t *testing.T, server *llmtest.Server) string {
	t.Helper()
	body := `{"model":"m","messages":[{"role":"user","content":"Hello."}],"stream":true,"stream_options":{"include_usage":true}}`
	resp, err := http.Post(server.URL+"/chat/completions", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	stream, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(stream)
}

// contents are the pieces of a stream.
func contents(stream string) []string {
	var pieces []string
	for line := range strings.Lines(stream) {
		if _, after, found := strings.Cut(line, `"delta":{"content":"`); found {
			piece, _, _ := strings.Cut(after, `"}`)
			pieces = append(pieces, piece)
		}
	}
	return pieces
}

package llm_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
)

// BenchmarkToken measures what the client adds to each token of a stream that is
// already there, and what that is over the network.
func BenchmarkToken(b *testing.B) {
	const tokens = 1000
	words := strings.SplitAfter(strings.Repeat("word ", tokens), " ")[:tokens]
	server := llmtest.New(b, llmtest.Always(llmtest.Say(words...)))
	b.Run("from memory", func(b *testing.B) {
		benchmarkToken(b, tokens, llm.Config{BaseURL: server.URL, HTTPClient: &http.Client{Transport: recorded(b, server)}})
	})
	b.Run("over loopback, with the server's work", func(b *testing.B) {
		benchmarkToken(b, tokens, llm.Config{BaseURL: server.URL})
	})
}

func benchmarkToken(b *testing.B, tokens int, config llm.Config) {
	model := newClient(b, config)
	b.ReportAllocs()
	for b.Loop() {
		got := 0
		_, err := model.Complete(b.Context(), answer.Prompt{User: "Speak.", MaxTokens: 2 * tokens}, func(string) error {
			got++
			return nil
		})
		if err != nil || got != tokens {
			b.Fatalf("%d tokens and the error %v", got, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*tokens), "ns/token")
}

// recorded repeats a reply of the server's from memory.
func recorded(b *testing.B, server *llmtest.Server) http.RoundTripper {
	body := `{"model":"m","messages":[{"role":"user","content":"Speak."}],"stream":true,"stream_options":{"include_usage":true}}`
	resp, err := http.Post(server.URL+"/chat/completions", "application/json", strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	stream, err := io.ReadAll(resp.Body)
	if err != nil {
		b.Fatal(err)
	}
	return roundTripper(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: resp.StatusCode, Header: resp.Header, Body: io.NopCloser(strings.NewReader(string(stream)))}, nil
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

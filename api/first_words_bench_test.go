package api

import (
	"bufio"
	"bytes"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/retrieval"
)

// BenchmarkFirstWords asks in turn the endpoint, whose first words are a checked
// quotation, and what it cannot do without: a search, and the model's own
// words. x-bare is the ratio of their times.
func BenchmarkFirstWords(b *testing.B) {
	const question, reply = "How far does the new lamp reach?", "The reach is {nineteen nautical}. She went on to say more"
	model, _ := scripted(b, saying(reply, llmtest.Finish("stop")))
	config := newConfigWith(b, model)
	addLighthouse(b, config)
	server := httptest.NewServer(New(config))
	defer server.Close()
	var endpoint, bare time.Duration
	for b.Loop() {
		endpoint += firstWords(b, server, question)
		start := time.Now()
		if _, err := config.Searcher.Search(b.Context(), retrieval.Query{Text: question}); err != nil {
			b.Fatal(err)
		}
		modelsWords(b, model, question)
		bare += time.Since(start)
	}
	b.ReportMetric(float64(endpoint.Microseconds())/float64(b.N), "µs/endpoint")
	b.ReportMetric(float64(bare.Microseconds())/float64(b.N), "µs/bare")
	b.ReportMetric(float64(endpoint)/float64(bare), "x-bare")
}

// firstWords reads an answer and tells when its first words came.
func firstWords(b *testing.B, server *httptest.Server, question string) (after time.Duration) {
	b.Helper()
	start := time.Now()
	r := askForEvents(b.Context(), question)
	r.URL.Scheme, r.URL.Host, r.RequestURI = "http", strings.TrimPrefix(server.URL, "http://"), ""
	response, err := server.Client().Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if after == 0 && bytes.Equal(lines.Bytes(), []byte("event: delta")) {
			after = time.Since(start)
		}
	}
	if after == 0 {
		b.Fatal("the answer had no words")
	}
	return after
}

// modelsWords reads a reply of the model's.
func modelsWords(b *testing.B, model answer.Model, question string) {
	b.Helper()
	var told strings.Builder
	_, err := model.Complete(b.Context(), answer.Prompt{User: question, MaxTokens: 100}, func(delta string) error {
		told.WriteString(delta)
		return nil
	})
	if err != nil || !strings.Contains(told.String(), "She") {
		b.Fatalf("the model said %q (%v)", told.String(), err)
	}
}

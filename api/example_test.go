package api_test

import (
	"encoding/json"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/api"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// interview is a transcript in Pullquote's own format.
const interview = `{"title": "The Lighthouse at Gull Rock", "turns": [
	{"speaker": "Imre Castellan", "role": "question", "text": "How far does the new lamp reach?"},
	{"speaker": "Odile Marchetti", "role": "answer", "text": "The new lamp reaches nineteen nautical miles."}]}`

// newHandler serves a record that is kept in memory.
func newHandler() http.Handler {
	record, embedder, silent := new(retrievaltest.Memory), embeddings.NewBuiltin(), slog.New(slog.DiscardHandler)
	return api.New(api.Config{
		Library:  retrieval.NewLibrary(record, embedder),
		Searcher: retrieval.NewSearcher(record, embedder, silent),
		Verifier: answer.NewVerifier(record, "https://quotes.example", silent),
		Log:      silent,
	})
}

// post sends JSON and reads what comes back.
func post(handler http.Handler, path, body string, result any) {
	request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorded := httptest.NewRecorder()
	handler.ServeHTTP(recorded, request)
	if err := json.Unmarshal(recorded.Body.Bytes(), result); err != nil {
		log.Fatal(err)
	}
}

// A transcript is sent as it is; a search finds turns, each with its speaker and the
// question that it answers.
func ExampleNew() {
	handler := newHandler()
	var stored retrieval.StoredTranscript
	post(handler, "/v1/transcripts", interview, &stored)

	var found struct{ Hits []retrieval.Hit }
	post(handler, "/v1/search", `{"query": "How far is the lamp seen?", "limit": 1}`, &found)
	for _, h := range found.Hits {
		fmt.Printf("%s, asked %q: %s\n", h.Speaker, h.Question.Text, h.Text)
	}
	// Output:
	// Odile Marchetti, asked "How far does the new lamp reach?": The new lamp reaches nineteen nautical miles.
}

// Every quotation of a draft is held to the record.
func ExampleNew_verify() {
	handler := newHandler()
	var stored retrieval.StoredTranscript
	post(handler, "/v1/transcripts", interview, &stored)

	const draft = "Odile Marchetti said: “The new lamp reaches nineteen nautical miles.” She added: “The new lamp reaches ninety nautical miles.”"
	body, err := json.Marshal(map[string]string{"text": draft})
	if err != nil {
		log.Fatal(err)
	}
	var checked struct{ Quotes []answer.Verdict }
	post(handler, "/v1/verify", string(body), &checked)
	for _, v := range checked.Quotes {
		fmt.Printf("%s: %s\n", v.Status, v.Quote)
	}
	// Output:
	// exact: The new lamp reaches nineteen nautical miles.
	// altered: The new lamp reaches ninety nautical miles.
}

// What goes wrong is a problem as RFC 9457 has it, with a code and what to do.
func ExampleNew_problem() {
	var problem struct{ Code, Detail string }
	post(newHandler(), "/v1/search", `{"query": "How far?", "limit": 1000}`, &problem)
	fmt.Printf("%s: %s\n", problem.Code, problem.Detail)
	// Output:
	// invalid: limit 1000 is out of range; use 1 to 100
}

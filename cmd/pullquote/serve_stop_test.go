package main

import (
	"bufio"
	"io"
	"net/http"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// post sends a request and gives what is answered, or an error, in the end.
func (s *runningServer) post(t *testing.T, path, accept, body string) (*http.Response, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", accept)
	return http.DefaultClient.Do(request)
}

// A server that is to stop is not ready first, and takes requests all the same; then it takes
// none, and what runs comes to its end.
func TestServeDrains(t *testing.T) {
	t.Parallel()
	asked, release := make(chan struct{}), make(chan struct{})
	honest := llmtest.Honest()
	model := llmtest.New(t, func(r llmtest.Request) llmtest.Reply {
		close(asked)
		<-release
		return honest(r)
	})
	s := startServer(t, "DATABASE_URL="+postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL=builtin",
		"OPENAI_BASE_URL="+model.URL, "PULLQUOTE_CHAT_MODEL=scripted", "PULLQUOTE_DRAIN=2", "PULLQUOTE_GRACE=60")
	s.expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename=orchard.json", orchard, `"The Blue Orchard"`)
	answered := make(chan string, 1)
	go func() {
		_, _, a := s.ask(t, `{"question": "When do the trees flower?"}`)
		answered <- a.Mode
	}()
	<-asked
	if err := s.process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for ready := true; ready; time.Sleep(10 * time.Millisecond) {
		response, err := http.Get(s.url + "/readyz")
		if err != nil {
			t.Fatalf("it takes no more connections, and was ready before: %v", err)
		}
		response.Body.Close()
		ready = response.StatusCode == http.StatusOK
	}
	s.expect(t, http.StatusServiceUnavailable, "GET", "/readyz", "", `"detail":"not ready: the server is stopping; ask again in a moment"`)
	s.expect(t, http.StatusOK, "GET", "/healthz", "", `"ok"`)
	s.expect(t, http.StatusOK, "POST", "/v1/search", `{"query": "second week of May"}`, "Ivo Rook")
	s.refuses(t)
	close(release)
	if mode := <-answered; mode != "llm" {
		t.Errorf("the answer is of the mode %q", mode)
	}
	s.wait(t)
}

// What has not come to its end when the time is up is told so: in a stream that has begun by an
// event of its own form, else by a problem. No connection is cut, and nothing half is stored.
func TestServeTellsWhomItEnds(t *testing.T) {
	t.Parallel()
	const asks = 6
	asked := make(chan struct{}, asks)
	model := llmtest.New(t, func(llmtest.Request) llmtest.Reply {
		asked <- struct{}{}
		return llmtest.Stream(llmtest.Hang())
	})
	env := []string{
		"DATABASE_URL=" + postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL=builtin",
		"OPENAI_BASE_URL=" + model.URL, "PULLQUOTE_CHAT_MODEL=scripted", "PULLQUOTE_GRACE=1",
	}
	s := startServer(t, env...)
	s.expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename=orchard.json", orchard, `"The Blue Orchard"`)
	const (
		question = `{"question": "When do the trees flower?"}`
		stopping = "the server is stopping; ask again in a moment"
	)
	type outcome struct {
		status int
		text   string
		err    error
	}
	tests := []struct {
		name, path, accept, body string
		status                   int
		ends                     string // the last line that has something
	}{
		{"an answer", "/v1/answers", "application/json", question, 503, `{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"` + stopping + `","code":"unavailable","retry_after":5}`},
		{"an answer's events", "/v1/answers", "text/event-stream", question, 200, `data: {"type":"about:blank","title":"Service Unavailable","status":503,"detail":"` + stopping + `","code":"unavailable","retry_after":5}`},
		{"a completion", "/v1/chat/completions", "*/*", `{"model":"pullquote","messages":[{"role":"user","content":"When do the trees flower?"}]}`, 503, `"type":"server_error"`},
		{"a completion's chunks", "/v1/chat/completions", "*/*", `{"model":"pullquote","stream":true,"messages":[{"role":"user","content":"When do the trees flower?"}]}`, 200, `data: {"error":{"message":"` + stopping + `","type":"server_error","param":null,"code":"unavailable"}}`},
		{"a response's events", "/v1/responses", "*/*", `{"model":"pullquote","stream":true,"input":"When do the trees flower?"}`, 200, `data: {"type":"response.failed",`},
		{"a tool", "/mcp", "application/json, text/event-stream", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":` + question + `}}`, 200, `"text":"` + stopping + `"`},
	}
	outcomes := make([]chan outcome, len(tests))
	for i, test := range tests {
		outcomes[i] = make(chan outcome, 1)
		go func() {
			response, err := s.post(t, test.path, test.accept, test.body)
			if err != nil {
				outcomes[i] <- outcome{err: err}
				return
			}
			defer response.Body.Close()
			text, err := io.ReadAll(response.Body)
			outcomes[i] <- outcome{response.StatusCode, string(text), err}
		}()
	}
	for range tests {
		<-asked
	}
	s.stop(t, syscall.SIGTERM)
	for i, test := range tests {
		got := <-outcomes[i]
		if got.err != nil || got.status != test.status || !strings.Contains(requestID.ReplaceAllString(lastLine(got.text), ""), test.ends) {
			t.Errorf("%s ends with status %d, %v:\n%s\nwant %d and %s", test.name, got.status, got.err, got.text, test.status, test.ends)
		}
	}
	next := startServer(t, env...)
	next.expect(t, http.StatusOK, "GET", "/v1/answers", "", `"answers":[]`)
	next.stop(t, syscall.SIGTERM)
}

// requestID is what each problem has of its own.
var requestID = regexp.MustCompile(`"request_id":"[^"]+",`)

func lastLine(text string) (last string) {
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		if line := strings.TrimSpace(lines.Text()); line != "" {
			last = line
		}
	}
	return last
}

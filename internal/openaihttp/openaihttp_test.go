package openaihttp_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sashabaranov/go-openai"

	"github.com/pullquote/pullquote/internal/openaihttp"
)

func TestNewServer(t *testing.T) {
	for _, test := range []struct {
		address, key string
		want         string // as it is shown
		err          error
	}{
		{"", "sk-1", "https://api.openai.com/v1", nil},
		{" http://localhost:11434/v1/ ", "", "http://localhost:11434/v1", nil},
		{"https://me:secret@llm.test", "sk-1\n", "https://me:xxxxx@llm.test", nil},
		{"localhost:11434", "", "", openaihttp.ErrAddress},
		{"ftp://llm.test", "", "", openaihttp.ErrAddress},
		{"http://llm.test/v1?key=1", "", "", openaihttp.ErrAddress},
		{"http://llm.test", "sk-1\nsk-2", "http://llm.test", openaihttp.ErrKey},
	} {
		s, err := openaihttp.NewServer(test.address, test.key)
		if err != test.err || s != nil && s.String() != test.want {
			t.Errorf("%q: got %v and the error %v, want %s and %v", test.address, s, err, test.want, test.err)
		}
	}
}

func TestSaid(t *testing.T) {
	s, err := openaihttp.NewServer("", "sk-1")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		err  error
		want string
	}{
		{"nothing", errors.New("no connection"), ""},
		{"a message", fmt.Errorf("wrapped: %w", &openai.APIError{Message: "no\n good,  sk-1"}), ": no good, [key]"},
		{"a key in disguise", &openai.APIError{Message: "no s\u200bk&#45;1"}, ": no [key]"},
		{"a body", &openai.RequestError{Body: []byte("bad gateway")}, ": bad gateway"},
		{"a page", &openai.RequestError{Body: []byte(" <html>")}, ""},
		{"what commands a terminal", &openai.APIError{Message: "no\x1b[2J \x1b]0;owned\x07model\u202e &amp;quot;x&quot;\u200b\u2028now"}, `: no model "x" now`},
		{"too much", &openai.APIError{Message: strings.Repeat("ü", 101)}, ": " + strings.Repeat("ü", 100)},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := s.Said(test.err); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestExchange shows what go-openai, or whoever asks, gets to read of a response.
func TestExchange(t *testing.T) {
	const stream, anything = "text/event-stream", "application/json"
	for _, test := range []struct {
		name      string
		accept    string
		status    int
		mediaType string
		body      string
		want      string
		streamed  bool
		err       error // of the request or of reading
	}{
		{"a document", anything, 200, "application/json", "{}", "{}", false, nil},
		{"a stream", stream, 200, "text/event-stream; charset=utf-8", "data: 1\n\ndata:2\r\n\n", "data: 1\n\ndata:2\r\n\n", true, nil},
		{"comments and names", stream, 200, stream, ": hello\n\nevent: error\nid: 7\ndata: 1\n\n:\n", "data: 1\n\n", true, nil},
		{"a line without an end", stream, 200, stream, "data: 1\n\ndata: 2", "data: 1\n\n", true, nil},
		{"a stream without a label", stream, 200, "text/plain", "data: 1\n", "data: 1\n\n", true, nil},
		{"a document instead of a stream", stream, 200, "application/problem+json", "{}", "{}", false, nil},
		{"a page instead of a stream", stream, 200, "text/html; charset=utf-8", "<p>", "<p>", false, nil},
		{"a refusal", stream, 400, stream, "data: no", "data: no", false, nil},
		{"too large a document", anything, 200, "", strings.Repeat("x", 101), "", false, openaihttp.ErrTooLarge},
		{"just as large as it may be", anything, 200, "", strings.Repeat("x", 100), strings.Repeat("x", 100), false, nil},
		{"too long a stream", stream, 200, stream, strings.Repeat("data: 1\n", 13), "", true, openaihttp.ErrTooLarge},
		{"too long a line", stream, 200, stream, "data: " + strings.Repeat("x", 100), "", true, openaihttp.ErrTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", test.mediaType)
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			}))
			defer server.Close()
			x := &openaihttp.Exchange{Client: server.Client(), Limit: 100}
			got, err := get(x, server.URL, test.accept)
			if !errors.Is(err, test.err) || err == nil && got != test.want {
				t.Fatalf("got %q and the error %v, want %q and %v", got, err, test.want, test.err)
			}
			if err == nil && (x.Status != test.status || (x.Body == nil) != test.streamed) {
				t.Errorf("kept status %d and body %q", x.Status, x.Body)
			}
		})
	}
}

func get(x *openaihttp.Exchange, url, accept string) (string, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("Accept", accept)
	resp, err := x.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}

package api

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// hurried serves a config whose bodies have to go on arriving every tenth of a second.
func hurried(t *testing.T, config Config) *httptest.Server {
	t.Helper()
	config.BodyTimeout = 100 * time.Millisecond
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	return server
}

// dial sends the head of a request and the beginning of its body.
func dial(t *testing.T, server *httptest.Server, head, body string) net.Conn {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if _, err := fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: quotes.example\r\n%s", head, body); err != nil {
		t.Fatal(err)
	}
	return conn
}

// A body that stops after its first bytes holds its connection no longer than the
// patience with it lasts, on whichever route and however it is sent. Where the route
// reads it, the client is told why.
func TestBodyStalls(t *testing.T) {
	t.Parallel()
	server := hurried(t, newConfig(t))
	const multipart, form = "multipart/form-data; boundary=lamp", "application/x-www-form-urlencoded"
	begun := map[string]string{
		"application/json": "{",
		"text/plain":       "M",
		form:               "key=pq",
		multipart:          "--lamp\r\nContent-Disposition: form-data; name=\"file\"; filename=\"lamp.txt\"\r\n\r\nM",
	}
	reads := map[string][]string{ // those of the files; of the others JSON alone
		"POST /v1/transcripts": {"application/json", "text/plain", multipart},
		"POST /v1/verify":      {"application/json", "text/plain", multipart},
		"POST /signin":         {form},
	}
	readsNothing := []string{"POST /v1/transcripts/{id}/reparse", "POST /v1/conversations", "POST /signout", "POST /v1/export"} // which wants a format first
	var waiting sync.WaitGroup
	defer waiting.Wait()
	for _, route := range newServer(Config{}).routes() {
		method, path, _ := strings.Cut(strings.NewReplacer("{$}", "", "{id}", "x", "{n}", "0", "{name}", "x").Replace(route.pattern), " ")
		for contentType, beginning := range begun {
			for framing, body := range map[string]string{
				"Content-Length: 1000":       beginning,
				"Transfer-Encoding: chunked": fmt.Sprintf("%x\r\n%s\r\n", len(beginning), beginning),
			} {
				told := method == http.MethodPost && contentType == "application/json"
				if types, ok := reads[route.pattern]; ok {
					told = strings.Contains(strings.Join(types, " "), contentType)
				}
				for _, pattern := range readsNothing {
					told = told && route.pattern != pattern
				}
				conn := dial(t, server, method+" "+path, fmt.Sprintf("Content-Type: %s\r\n%s\r\n\r\n%s", contentType, framing, body))
				waiting.Go(func() {
					name := route.pattern + " " + contentType + " " + framing
					_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
					response, err := http.ReadResponse(bufio.NewReader(conn), nil)
					if err != nil {
						t.Errorf("%s: no response: %v", name, err)
						return
					}
					text, _ := io.ReadAll(response.Body)
					if told && (response.StatusCode != http.StatusRequestTimeout || !strings.Contains(string(text), "stopped arriving")) {
						t.Errorf("%s: %s: %s", name, response.Status, text)
					}
					if _, err := io.ReadAll(conn); err != nil {
						t.Errorf("%s: the connection is kept: %v", name, err)
					}
				})
			}
		}
	}
}

// A file that takes many times as long as the patience lasts is stored, as long as it
// goes on arriving; and one of which a byte comes now and then is given up all the same.
func TestBodyThatArrivesSlowly(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	server := hurried(t, config)
	line := "MS. MARCHETTI: The lamp burns.\n\nMR. CASTELLAN: All night.\n\n"
	for name, test := range map[string]struct {
		piece  string
		pieces int
		status int
	}{
		"steadily":        {strings.Repeat(line, 20), 40, http.StatusCreated}, // 1,200 bytes in 25 ms
		"a byte at times": {"M", 1000, http.StatusRequestTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := dial(t, server, "POST /v1/transcripts", fmt.Sprintf("Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n", len(test.piece)*test.pieces))
			go func() {
				for range test.pieces {
					if _, err := io.WriteString(conn, test.piece); err != nil {
						return
					}
					time.Sleep(25 * time.Millisecond)
				}
			}()
			_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
			response, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			if response.StatusCode != test.status {
				t.Errorf("%s", response.Status)
			}
		})
	}
}

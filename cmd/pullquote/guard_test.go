package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestGuardHost(t *testing.T) {
	guarded := guardHost(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}), "https://Quotes.example:8443/record")
	for host, want := range map[string]int{
		"localhost:8080":              http.StatusOK,
		"LocalHost":                   http.StatusOK,
		"127.0.0.1:8080":              http.StatusOK,
		"127.8.8.8":                   http.StatusOK,
		"[::1]:8080":                  http.StatusOK,
		"[::1]":                       http.StatusOK,
		"quotes.example":              http.StatusOK,
		"quotes.EXAMPLE:1":            http.StatusOK,
		"evil.example:8080":           http.StatusMisdirectedRequest,
		"localhost.evil.example":      http.StatusMisdirectedRequest,
		"127.0.0.1.evil.example":      http.StatusMisdirectedRequest,
		"www.quotes.example":          http.StatusMisdirectedRequest,
		"192.168.1.2:8080":            http.StatusMisdirectedRequest,
		"0.0.0.0:8080":                http.StatusMisdirectedRequest,
		"evil.example:80@localhost":   http.StatusMisdirectedRequest,
		"":                            http.StatusMisdirectedRequest,
		"[::ffff:192.168.1.2]:8080":   http.StatusMisdirectedRequest,
		"localhost:8080.evil.example": http.StatusMisdirectedRequest,
	} {
		request := httptest.NewRequest(http.MethodGet, "/v1/transcripts", nil)
		request.Host = host
		response := httptest.NewRecorder()
		guarded.ServeHTTP(response, request)
		if response.Code != want {
			t.Errorf("host %q: status %d, want %d", host, response.Code, want)
		}
		var problem struct {
			Status int
			Detail string
		}
		if want == http.StatusOK {
			continue
		}
		if err := json.Unmarshal(response.Body.Bytes(), &problem); err != nil || problem.Status != want || !strings.Contains(problem.Detail, fmt.Sprintf("%q", host)) || !strings.Contains(problem.Detail, "PULLQUOTE_PUBLIC_URL") {
			t.Errorf("host %q is told %s: %v", host, response.Body, err)
		}
	}
}

// The check of a load balancer in HTTP/1.0, which names no host, learns the state of the server,
// and nothing else. Whoever names another host, or does so in the address, learns nothing.
func TestGuardHostLetsProbesWithoutAHostThrough(t *testing.T) {
	server := httptest.NewServer(guardHost(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}), ""))
	defer server.Close()
	for request, want := range map[string]int{
		"GET /readyz HTTP/1.0\r\n\r\n":                                http.StatusOK,
		"HEAD /healthz HTTP/1.0\r\n\r\n":                              http.StatusOK,
		"GET /readyz HTTP/1.1\r\nHost:\r\n\r\n":                       http.StatusOK,
		"GET /readyz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n":             http.StatusOK,
		"GET /readyz HTTP/1.0\r\nHost: evil.example\r\n\r\n":          http.StatusMisdirectedRequest,
		"GET /readyz HTTP/1.1\r\nHost: evil.example\r\n\r\n":          http.StatusMisdirectedRequest,
		"GET http://evil.example/readyz HTTP/1.0\r\n\r\n":             http.StatusMisdirectedRequest,
		"GET /readyz HTTP/1.1\r\n\r\n":                                http.StatusBadRequest, // HTTP/1.1 requires a host
		"GET / HTTP/1.0\r\n\r\n":                                      http.StatusMisdirectedRequest,
		"GET /metrics HTTP/1.0\r\n\r\n":                               http.StatusMisdirectedRequest,
		"GET /v1/transcripts HTTP/1.0\r\n\r\n":                        http.StatusMisdirectedRequest,
		"GET /readyz/ HTTP/1.0\r\n\r\n":                               http.StatusMisdirectedRequest,
		"GET /readyz/../v1/transcripts HTTP/1.0\r\n\r\n":              http.StatusMisdirectedRequest,
		"GET /healthz%2f..%2fv1%2ftranscripts HTTP/1.0\r\n\r\n":       http.StatusMisdirectedRequest,
		"POST /mcp HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}":           http.StatusMisdirectedRequest,
		"GET /v1/transcripts HTTP/1.1\r\nHost:\r\n\r\n":               http.StatusMisdirectedRequest,
		"GET /v1/transcripts HTTP/1.0\r\nX-Forwarded-Host: a\r\n\r\n": http.StatusMisdirectedRequest,
	} {
		if got := statusOf(t, server.Listener.Addr().String(), request); got != want {
			t.Errorf("%q: status %d, want %d", request, got, want)
		}
	}
}

// statusOf sends a request as it is written.
func statusOf(t *testing.T, address, request string) int {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%q: %v", request, err)
	}
	response.Body.Close()
	return response.StatusCode
}

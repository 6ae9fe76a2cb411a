package main

import (
	"encoding/json"
	"fmt"
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

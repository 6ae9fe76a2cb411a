package rerank_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/rerank"
	"github.com/pullquote/pullquote/internal/rerank/reranktest"
)

var (
	texts = []string{"The orchard bloomed.", "The lamp was lit in April.", "A lamp."}
	want  = []float64{0, 1, 0.5}
)

const question = "lamp April?"

func newClient(t *testing.T, config rerank.Config) *rerank.Client {
	t.Helper()
	c, err := rerank.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestShapes(t *testing.T) {
	for name, test := range map[string]struct {
		shape    reranktest.Shape
		path     string
		requests int // for two calls
	}{
		"Cohere":                    {reranktest.Cohere, "/v1/rerank", 2},
		"Voyage":                    {reranktest.Voyage, "/v1/", 2},
		"text-embeddings-inference": {reranktest.TEI, "", 3}, // and it is remembered
		"llama.cpp":                 {reranktest.LlamaCpp, "/rerank/", 2},
	} {
		t.Run(name, func(t *testing.T) {
			server := reranktest.New(t, test.shape)
			c := newClient(t, rerank.Config{URL: server.URL + test.path})
			for range 2 {
				if got, err := c.Rerank(t.Context(), question, texts); err != nil || !slices.Equal(got, want) {
					t.Errorf("got %v, %v; want %v", got, err, want)
				}
			}
			if n := server.Requests(); n != test.requests {
				t.Errorf("%d requests, want %d", n, test.requests)
			}
			if got, err := c.Rerank(t.Context(), question, nil); got != nil || err != nil || server.Requests() != test.requests {
				t.Errorf("of no texts: %v, %v", got, err)
			}
		})
	}
}

func TestKeyAndModel(t *testing.T) {
	server := reranktest.New(t, reranktest.Cohere)
	server.Key, server.Model = "sk-right", "m"
	for _, test := range []struct{ key, model, says string }{
		{"sk-right\n", "m", ""},
		{"sk-wrong", "m", "check PULLQUOTE_RERANK_API_KEY"},
		{"sk-right", "other", "status 404: {\"message\":\"model not found\"}"},
	} {
		_, err := newClient(t, rerank.Config{URL: server.URL, APIKey: test.key, Model: test.model}).Rerank(t.Context(), question, texts)
		if test.says == "" && err != nil || test.says != "" && (err == nil || !strings.Contains(fault.Line(err), test.says)) {
			t.Errorf("with %s and %s: %v, want %q", test.key, test.model, err, test.says)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, test := range []struct {
		name    string
		instead http.Handler
		code    fault.Code
		says    string
	}{
		{"429", reranktest.Body(429, "slow down"), fault.RateLimited, "status 429: slow down"},
		{"500", reranktest.Body(500, "<html>no"), fault.Unavailable, "answered with status 500"},
		{"a repeated key", reranktest.Body(400, "no sk-secret here"), fault.Unavailable, "status 400: no [key] here"},
		{"another server", reranktest.Body(404, "page not found"), fault.Unavailable, "check PULLQUOTE_RERANK_URL"},
		{"truncated JSON", reranktest.Body(200, `{"results":[{"index":0,"rele`), fault.Unavailable, "a score for each text"},
		{"a page", reranktest.Body(200, `<html>`), fault.Unavailable, "a score for each text"},
		{"too few", reranktest.Body(200, `[{"index":0,"score":1}]`), fault.Unavailable, "a score for each text"},
		{"one index twice", reranktest.Body(200, `[{"index":0,"score":1},{"index":0,"score":1},{"index":1,"score":1}]`), fault.Unavailable, "a score for each text"},
		{"index out of range", reranktest.Body(200, `[{"index":0,"score":1},{"index":3,"score":1},{"index":1,"score":1}]`), fault.Unavailable, "a score for each text"},
		{"no index", reranktest.Body(200, `[{"score":1},{"score":1},{"score":1}]`), fault.Unavailable, "a score for each text"},
		{"NaN", reranktest.Body(200, `[{"index":0,"score":NaN},{"index":2,"score":1},{"index":1,"score":1}]`), fault.Unavailable, "a score for each text"},
		{"null", reranktest.Body(200, `[{"index":0,"score":null},{"index":2,"score":1},{"index":1,"score":1}]`), fault.Unavailable, "a score for each text"},
		{"endless", reranktest.Body(200, strings.Repeat(" ", 2<<20)), fault.Unavailable, "a score for each text"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := reranktest.New(t, reranktest.Cohere)
			server.Instead(test.instead)
			scores, err := newClient(t, rerank.Config{URL: server.URL, APIKey: "sk-secret"}).Rerank(t.Context(), question, texts)
			if scores != nil || fault.CodeOf(err) != test.code || !strings.Contains(fault.Line(err), test.says) {
				t.Errorf("got %v and %v; want %s: … %s", scores, err, test.code, test.says)
			}
			if err != nil && strings.Contains(fault.Line(err), "sk-secret") {
				t.Errorf("the key is told: %v", err)
			}
			if n := server.Requests(); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

func TestOutOfReach(t *testing.T) {
	server := reranktest.New(t, reranktest.Cohere)
	server.Instead(reranktest.Silent())
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := newClient(t, rerank.Config{URL: server.URL}).Rerank(ctx, question, texts); fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "in time") {
		t.Errorf("silence: %v", err)
	}
	if _, err := newClient(t, rerank.Config{URL: "http://127.0.0.1:1"}).Rerank(t.Context(), question, texts); fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "cannot be reached") {
		t.Errorf("nobody there: %v", err)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, config := range []rerank.Config{{}, {URL: "localhost:8082"}, {URL: "ftp://h"}, {URL: "http://h", APIKey: "a\nb"}} {
		if c, err := rerank.New(config); c != nil || fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%+v: %v", config, err)
		}
	}
}

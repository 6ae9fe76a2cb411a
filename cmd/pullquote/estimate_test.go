package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
)

func TestAnnounce(t *testing.T) {
	server, err := embeddings.NewOpenAI(embeddings.OpenAIConfig{BaseURL: "http://me:secret@vectors.test/v1", Model: "m"})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name     string
		embedder embeddings.Embedder
		estimate retrieval.Estimate
		want     string
	}{
		{"a large job", server, retrieval.Estimate{Passages: 1_234_567, Tokens: 250_400_000, Requests: 4823, Longest: 99*time.Minute + 900*time.Millisecond},
			"pullquote: about 1.2 million passages are to be embedded, 250.4 million tokens in 4823 requests to http://me:xxxxx@vectors.test/v1, in less than 1h39m2s\n"},
		{"nobody knows how long", server, retrieval.Estimate{Passages: 12_345, Tokens: 9999, Requests: 40},
			"pullquote: about 12 thousand passages are to be embedded, 9999 tokens in 40 requests to http://me:xxxxx@vectors.test/v1\n"},
		{"nothing to do", server, retrieval.Estimate{}, ""},
		{"nobody to pay", embeddings.NewBuiltin(), retrieval.Estimate{Passages: 12_345}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var screen bytes.Buffer
			a := &app{environment: environment{stdin: strings.NewReader("n\n"), stderr: &screen}}
			if err := a.announce(t.Context(), test.embedder, test.estimate, false); err != nil { // who is not at a terminal is not asked
				t.Error(err)
			}
			if got := screen.String(); got != test.want {
				t.Errorf("\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestConfirm(t *testing.T) {
	for answer, begins := range map[string]bool{"y\n": true, " Yes \n": true, "n\n": false, "\n": false, "": false} {
		var screen bytes.Buffer
		a := &app{environment: environment{stdin: strings.NewReader(answer), stderr: &screen}}
		if err := a.confirm(t.Context(), "Begin?"); (err == nil) != begins || screen.String() != "Begin? [y/N] " {
			t.Errorf("%q: %v", answer, err)
		}
	}
}

func TestEstimateFiles(t *testing.T) {
	dir := t.TempDir()
	small, large := filepath.Join(dir, "small"), filepath.Join(dir, "large")
	for path, size := range map[string]int{small: 1000, large: 6 << 20} {
		if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := estimateFiles([]string{small, standardInput}); got != (retrieval.Estimate{}) {
		t.Errorf("a small file: %+v", got)
	}
	if got := estimateFiles([]string{small, large}); got.Passages != 10_487 || got.Tokens != 2_097_400 || got.Requests != 40 {
		t.Errorf("a large file: %+v", got)
	}
}

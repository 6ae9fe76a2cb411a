// Package quotationtest gives tests turns to quote: those of the project's samples.
package quotationtest

import (
	"iter"
	"os"
	"path/filepath"
	"testing"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// Files are the transcripts of the project's samples, by their paths.
func Files(t testing.TB) iter.Seq2[string, []byte] {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root(t), "samples", "*-*.*"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	return func(yield func(string, []byte) bool) {
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !yield(path, data) {
				return
			}
		}
	}
}

// root is the directory of the module, above that of the test.
func root(t testing.TB) string {
	t.Helper()
	for dir := "."; ; dir = filepath.Join("..", dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if absolute, err := filepath.Abs(dir); err != nil || absolute == filepath.Dir(absolute) {
			t.Fatalf("no go.mod above the test: %v", err)
		}
	}
}

// Turns are all turns of the samples, as a search finds them.
func Turns(t testing.TB) []retrieval.Hit {
	t.Helper()
	var hits []retrieval.Hit
	for path, data := range Files(t) {
		parsed, err := transcript.Parse(t.Context(), data, transcript.Options{Filename: path})
		if err != nil {
			t.Fatal(err)
		}
		stored := retrieval.StoredTranscript{ID: filepath.Base(path), Title: parsed.Title, Date: parsed.Date}
		for i := range parsed.Turns {
			hits = append(hits, retrieval.NewHit(stored, parsed.Turns, i))
		}
	}
	return hits
}

package modelfiles

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// hub plays the model hub with the files of one repository. What it does wrong is
// set before a request.
type hub struct {
	*httptest.Server
	files map[string][]byte // by path
	asked []string          // the paths asked for, with the first byte where not all was

	breakAfter int    // bytes of the weights after which the line breaks; 0: never
	hang       bool   // then the line does not break, but nothing comes any more
	noRange    bool   // ranges are ignored
	noETag     bool   // files have no ETag
	status     int    // instead of all answers; 0: none
	commit     string // in X-Repo-Commit
}

func newHub(t *testing.T, files map[string][]byte) *hub {
	h := &hub{files: files, commit: strings.Repeat("ab", 20)}
	h.Server = httptest.NewServer(http.HandlerFunc(h.serve))
	t.Cleanup(h.Close)
	return h
}

func (h *hub) serve(w http.ResponseWriter, r *http.Request) {
	_, name, _ := strings.Cut(r.URL.Path, "/resolve/")
	_, name, _ = strings.Cut(name, "/")
	h.asked = append(h.asked, name+strings.TrimPrefix(r.Header.Get("Range"), "bytes"))
	content, ok := h.files[name]
	switch {
	case h.status != 0:
		http.Error(w, "no", h.status)
		return
	case !ok:
		http.NotFound(w, r)
		return
	}
	w.Header().Set("X-Repo-Commit", h.commit)
	if !h.noETag {
		w.Header().Set("ETag", `"`+sumOf(content)+`"`)
	}
	if h.noRange {
		r.Header.Del("Range")
	}
	if h.breakAfter > 0 && name == safetensors {
		w = &breakingWriter{ResponseWriter: w, left: h.breakAfter, hang: h.hang, gone: r.Context().Done()}
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}

// breakingWriter breaks the line after some bytes of a body.
type breakingWriter struct {
	http.ResponseWriter
	left int
	hang bool
	gone <-chan struct{} // closed when the client is
}

func (w *breakingWriter) Write(p []byte) (int, error) {
	if len(p) < w.left {
		w.left -= len(p)
		return w.ResponseWriter.Write(p)
	}
	_, _ = w.ResponseWriter.Write(p[:w.left])
	_ = http.NewResponseController(w.ResponseWriter).Flush()
	if w.hang {
		<-w.gone
	}
	panic(http.ErrAbortHandler)
}

// modelContent is a small model that nothing can run, with weights of a size.
func modelContent(weights int) map[string][]byte {
	content := make([]byte, weights)
	for i := range content {
		content[i] = byte(i * i >> 3)
	}
	return map[string][]byte{
		"config.json":           []byte(`{"model_type": "bert"}`),
		"tokenizer.json":        []byte(`{"model": {}}`),
		"1_Pooling/config.json": []byte(`{"pooling_mode_mean_tokens": true}`),
		"README.md":             []byte("a model"),
		safetensors:             content,
	}
}

// testModel is a model of a catalogue of the tests' own.
func testModel(files map[string][]byte) Known {
	return Known{Name: "harbour-small", Repository: "quay/harbour-small", Revision: "main", weights: sumOf(files[safetensors])}
}

func newStore(t *testing.T, hub string) *Store {
	s := New(filepath.Join(t.TempDir(), "models"), Sources{Hub: hub, Index: hub + "/simple"})
	s.pause = time.Millisecond
	return s
}

func noProgress(string, int64, int64) {}

func sumOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// writeFolder writes files below a folder.
func writeFolder(t *testing.T, folder string, files map[string][]byte) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// checkInstalled holds a model to the files that it should have.
func checkInstalled(t *testing.T, s *Store, name string, files map[string][]byte) {
	t.Helper()
	m, err := s.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	damage, err := s.Verify(context.Background(), name, noProgress)
	if err != nil || len(damage) > 0 {
		t.Errorf("verified: %v, %v", damage, err)
	}
	for _, f := range m.Files {
		want, ok := files[f.Path]
		if !ok || f.SHA256 != sumOf(want) || f.Size != int64(len(want)) {
			t.Errorf("%s has %d bytes, %s", f.Path, f.Size, f.SHA256)
		}
	}
	if left, err := os.ReadDir(s.incoming(name)); err == nil {
		t.Errorf("%v is left of the installation", left)
	}
}

// checkNothing holds the store to have no model, whole or half.
func checkNothing(t *testing.T, s *Store) {
	t.Helper()
	installed, damaged, err := s.List()
	if err != nil || len(installed)+len(damaged) > 0 {
		t.Errorf("there are %v, damaged %v: %v", installed, damaged, err)
	}
}

var testTime = time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)

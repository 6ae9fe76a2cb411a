package golden_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pullquote/pullquote/internal/golden"
)

// watched notes whether a test fails, and lets it go on.
type watched struct {
	testing.TB
	failed bool
}

func (w *watched) Errorf(string, ...any) { w.failed = true }

func TestCheck(t *testing.T) {
	if golden.Updating() {
		t.Skip("there is nothing to compare with")
	}
	path := filepath.Join(t.TempDir(), "want.txtar")
	if err := os.WriteFile(path, []byte("-- in --\nsix\n-- out --\n6\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	archive := golden.Open(t, path)
	for _, test := range []struct {
		name  string
		check func(testing.TB)
		fails bool
	}{
		{"the same", func(t testing.TB) { golden.Check(t, path, []byte("-- in --\nsix\n-- out --\n6\n")) }, false},
		{"another", func(t testing.TB) { golden.Check(t, path, []byte("-- in --\n")) }, true},
		{"no file", func(t testing.TB) { golden.Check(t, path+"s", nil) }, true},
		{"the same in an archive", func(t testing.TB) { archive.Check(t, 1, "out", "6\n") }, false},
		{"another in an archive", func(t testing.TB) { archive.Check(t, 1, "out", "7\n") }, true},
		{"at another place", func(t testing.TB) { archive.Check(t, 0, "out", "6\n") }, true},
		{"beyond the archive", func(t testing.TB) { archive.Check(t, 2, "out", "6\n") }, true},
	} {
		w := &watched{TB: t}
		if test.check(w); w.failed != test.fails {
			t.Errorf("%s: failed is %v", test.name, w.failed)
		}
	}
}

// Package golden holds what tests get to golden files: outcomes that somebody has
// looked at and found right, kept as text so that a change shows in the history.
//
// With the flag -update the files are written anew instead; `make golden` does so
// for every package that has some. What `git diff` then shows is to be read before
// it is kept. The flag is declared here alone: a package that declares it too does
// not run.
package golden

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the golden files with what the tests get")

// Updating reports whether golden files are written and not compared with.
func Updating() bool { return *update }

// Check holds what a test got to a file.
func Check(t testing.TB, path string, got []byte) {
	t.Helper()
	if *update {
		write(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.Errorf("there is no %s; go test -update makes it of\n%s", path, got)
	case err != nil:
		t.Fatal(err)
	case string(got) != string(want):
		t.Errorf("%s: got\n%s\nwant\n%s", path, got, want)
	}
}

// Archive is a golden file that holds several, in the txtar format: mostly what goes
// into a test, followed by what is to come out.
type Archive struct{ *txtar.Archive }

// Open reads an archive. With -update it is written back when the test and all of
// its subtests are over.
func Open(t testing.TB, path string) Archive {
	t.Helper()
	parsed, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		t.Cleanup(func() { write(t, path, txtar.Format(parsed)) })
	}
	return Archive{parsed}
}

// Check holds what a test got to the archive's file of this name, which must be at
// position i; with -update it is put there.
func (a Archive) Check(t testing.TB, i int, name, got string) {
	t.Helper()
	present := i < len(a.Files) && a.Files[i].Name == name
	switch {
	case *update && present:
		a.Files[i].Data = []byte(got)
	case *update:
		a.Files = slices.Insert(a.Files, i, txtar.File{Name: name, Data: []byte(got)})
	case !present:
		t.Errorf("%q is not at its place in the archive; go test -update puts there\n%s", name, got)
	case string(a.Files[i].Data) != got:
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, a.Files[i].Data)
	}
}

func write(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Error(err)
	}
}

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// TestMain runs the tests, or, where this binary is called pullquote, the
// program: so the scripts and the tests of the server run what users run, as a
// process of its own.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "pullquote" {
		main()
	}
	postgrestest.Main(m)
}

// privateServer is why a test is of one server.
const privateServer = "the program runs the server itself"

// program is a folder with the program in it, to go first in a PATH.
func program(t testing.TB) (folder string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder = t.TempDir()
	if err := os.Symlink(self, filepath.Join(folder, "pullquote")); err != nil {
		t.Fatal(err)
	}
	return folder
}

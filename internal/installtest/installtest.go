// Package installtest keeps what tests install from others in the user's cache.
package installtest

import (
	"os"
	"path/filepath"
	"testing"
)

// Skipper is how a test ends that lacks something of others': it is skipped and says so; in CI it
// fails.
func Skipper(t testing.TB) func(format string, args ...any) {
	if os.Getenv("CI") != "" {
		return t.Fatalf
	}
	return t.Skipf
}

// Folder is a folder of the user's cache by its name, filled by install once. It is filled beside
// its place, so that a folder with the name is whole.
func Folder(t testing.TB, name string, install func(fresh string)) (folder string) {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	folder = filepath.Join(cache, "pullquote-test", name)
	if _, err := os.Stat(folder); err == nil {
		return folder
	}
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		t.Fatal(err)
	}
	fresh, err := os.MkdirTemp(filepath.Dir(folder), "fresh-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(fresh)
	install(fresh)
	if err := os.Rename(fresh, folder); err != nil {
		if _, err := os.Stat(folder); err != nil { // not by another process meanwhile
			t.Fatal(err)
		}
	}
	return folder
}

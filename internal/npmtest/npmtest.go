// Package npmtest installs what others wrote in JavaScript, so that tests can hold
// Pullquote to it.
package npmtest

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/installtest"
)

var installing sync.Mutex

// Install copies a folder of scripts to the user's cache, once for each state of its files,
// with the packages that its package-lock.json names, and returns where they are. Without
// node, or a registry to install from, the test is skipped and says so; in CI it fails.
func Install(t testing.TB, scripts string) (folder string) {
	t.Helper()
	skip := installtest.Skipper(t)
	if _, err := exec.LookPath("npm"); err != nil {
		skip("what others wrote in JavaScript is not tried: node and npm are not installed")
	}
	state, err := hashOf(os.DirFS(scripts))
	if err != nil {
		t.Fatal(err)
	}
	installing.Lock()
	defer installing.Unlock()
	return installtest.Folder(t, fmt.Sprintf("%s-%.6x", filepath.Base(scripts), state), func(fresh string) {
		if err := os.CopyFS(fresh, os.DirFS(scripts)); err != nil {
			t.Fatal(err)
		}
		npm := exec.CommandContext(t.Context(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1")
		npm.Dir, npm.WaitDelay = fresh, time.Second
		if output, err := npm.CombinedOutput(); err != nil {
			skip("what others wrote in JavaScript is not tried: npm could not install it (%v); without a network, run this test once with one\n%s", err, output)
		}
	})
}

// hashOf is the hash of all files of a folder.
func hashOf(folder fs.FS) (sum []byte, err error) {
	hash := sha256.New()
	err = fs.WalkDir(folder, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, path)
		fmt.Fprintf(hash, "%s %d\n%s", path, len(data), data)
		return err
	})
	return hash.Sum(nil), err
}

//go:build unix

package localpg

import (
	"os"
	"path/filepath"
	"testing"
)

// TestClusterStaysItsOwners runs as whoever runs the tests. Root finds data that
// it gave to another user, as it does where it cannot take another name: all
// that it adds is that user's, too.
func TestClusterStaysItsOwners(t *testing.T) {
	t.Parallel()
	dir := t.TempDir() // which others may not enter
	home, err := makeHome(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := os.Geteuid()
	if want == 0 {
		if want, _, err = giveAway(home); err != nil {
			t.Fatal(err)
		}
	}
	c := open(t, dir)
	query(t, c, "SELECT 'answers'")
	for _, path := range []string{c.gate.Name(), c.users.Name(), c.logPath(), c.server.data, socketPath(c.server.socket)} {
		if uid, _, err := owner(path); err != nil || uid != want {
			t.Errorf("%s belongs to user %d, %v, want %d", path, uid, err, want)
		}
	}
}

func TestBarrier(t *testing.T) {
	t.Parallel()
	closed := filepath.Join(reachable(t), "closed")
	home := filepath.Join(closed, "data", "postgres")
	if err := os.MkdirAll(home, 0o755); err != nil {
		t.Fatal(err)
	}
	const stranger = 54321
	if dir := barrier(home, stranger, stranger); dir != "" {
		t.Errorf("a stranger is stopped at %s, though all is open", dir)
	}
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	if dir := barrier(home, stranger, stranger); dir != closed {
		t.Errorf("a stranger is stopped at %q, want %s", dir, closed)
	}
	if dir := barrier(home, os.Geteuid(), stranger); dir != "" {
		t.Errorf("the owner is stopped at %s", dir)
	}
}

// reachable is a temporary folder that other users may enter.
func reachable(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, path := range []string{filepath.Dir(dir), dir} {
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

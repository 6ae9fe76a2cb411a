//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// TestCluster takes one cluster, which is costly to set up, through its life.
// Each stage leaves it stopped, with the word kept.
func TestCluster(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, stage := range []struct {
		name string
		run  func(t *testing.T, dir string)
	}{
		{"set up, after an attempt that was cut short", setUp},
		{"used again", usedAgain},
		{"without TCP, and closed to others", closedToOthers},
		{"joined by a process that outlives the first", outlivesTheFirst},
		{"left by one process and serving the other", servesTheOther},
		{"opened by many at once", openedByMany},
		{"its process killed", processKilled},
		{"its server killed", serverKilled},
		{"its server killed, and started again by who keeps it", serverKilledAndMended},
		{"its server killed, and no one there to see", serverKilledUnseen},
		{"its server killed, and the number of its process taken", serverNumberTaken},
		{"under a path too long for a socket", longPath},
		{"in an odd path", oddPath},
		{"given up while it starts", givenUp},
		{"with a configuration that is not right", badConfiguration},
	} {
		if !t.Run(stage.name, func(t *testing.T) { stage.run(t, dir) }) {
			return
		}
	}
}

func setUp(t *testing.T, dir string) {
	for major := OldestMajor; major < OldestMajor+20; major++ {
		write(t, filepath.Join(dir, "postgres", fmt.Sprint(major)+".new", "PG_VERSION"), "half")
	}
	c := open(t, dir)
	query(t, c, "CREATE TABLE words AS SELECT 'kept' AS word")
	if _, err := os.Stat(c.server.data + ".new"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the half that was made before is still there: %v", err)
	}
}

func usedAgain(t *testing.T, dir string) {
	for range 2 {
		c := open(t, dir)
		wantKept(t, c)
		closeCluster(t, c)
		if err := c.Close(); err != nil {
			t.Errorf("closed a second time: %v", err)
		}
		wantStopped(t, c)
	}
}

func closedToOthers(t *testing.T, dir string) {
	c := open(t, dir)
	for setting, want := range map[string]string{
		"listen_addresses": "", "unix_socket_permissions": "0700",
		"fsync": "on", "synchronous_commit": "on", "server_encoding": "UTF8", "data_checksums": "on",
	} {
		if got := query(t, c, "SELECT current_setting('"+setting+"')"); got != want {
			t.Errorf("%s = %q, want %q", setting, got, want)
		}
	}
	if info, err := os.Stat(c.home); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v, want it closed to others", info.Mode(), err)
	}
}

func outlivesTheFirst(t *testing.T, dir string) {
	first := hold(t, dir)
	c := open(t, dir)
	first.Leave()
	wantKept(t, c)
	closeCluster(t, c)
	wantStopped(t, c)
}

func servesTheOther(t *testing.T, dir string) {
	c := open(t, dir)
	second := hold(t, dir)
	closeCluster(t, c)
	wantKept(t, c)
	second.Leave()
	wantStopped(t, c)
}

func openedByMany(t *testing.T, dir string) {
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			c, err := Open(t.Context(), dir, testLog(t))
			if err != nil {
				t.Error(err)
				return
			}
			wantKept(t, c)
			closeCluster(t, c)
		})
	}
	group.Wait()
	if _, running := (&Cluster{home: filepath.Join(dir, "postgres")}).running(); running {
		t.Error("the server runs after all have left")
	}
}

func processKilled(t *testing.T, dir string) {
	killed := hold(t, dir)
	killed.Kill()
	c := &Cluster{home: filepath.Join(dir, "postgres")}
	orphan, running := c.running()
	if !running {
		t.Fatal("the server stopped with the process that started it")
	}
	c = open(t, dir)
	if c.server.pid != orphan.pid {
		t.Errorf("started process %d beside process %d", c.server.pid, orphan.pid)
	}
	wantKept(t, c)
	closeCluster(t, c)
	wantStopped(t, c)
}

func serverKilled(t *testing.T, dir string) {
	c := open(t, dir)
	query(t, c, "INSERT INTO words VALUES ('committed')")
	killServer(t, c)
	again := open(t, dir) // while the first has not left
	if got := query(t, again, "DELETE FROM words WHERE word = 'committed' RETURNING word"); got != "committed" {
		t.Errorf("after recovery the word is %q, want the one committed", got)
	}
	closeCluster(t, c)
	closeCluster(t, again)
	wantStopped(t, again)
}

func serverKilledUnseen(t *testing.T, dir string) {
	c := open(t, dir)
	killServer(t, c)
	closeCluster(t, c)
	wantKept(t, open(t, dir))
}

// serverNumberTaken is what a restart of the machine, or of a container, brings.
func serverNumberTaken(t *testing.T, dir string) {
	c := open(t, dir)
	killServer(t, c)
	closeCluster(t, c)
	path := filepath.Join(c.server.data, "postmaster.pid")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "\n")
	write(t, path, fmt.Sprintf("%d\n%s", otherProcess(t), rest))
	if runtime.GOOS == "linux" {
		wantKept(t, open(t, dir))
		return
	}
	_, err = Open(t.Context(), dir, testLog(t))
	wantFault(t, err, "postmaster.pid")
	if err := os.Remove(path); err != nil {
		t.Error(err)
	}
}

func longPath(t *testing.T, dir string) {
	long := moved(t, dir, filepath.Join(strings.Repeat("long", 20), strings.Repeat("path", 20)))
	c := open(t, long)
	joined := open(t, long)
	wantKept(t, joined)
	closeCluster(t, joined)
	wantKept(t, c)
	closeCluster(t, c)
	wantStopped(t, c)
	if _, err := os.Stat(c.server.socket); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket's folder is left behind: %v", err)
	}
}

func oddPath(t *testing.T, dir string) {
	wantKept(t, open(t, moved(t, dir, `a "data" folder`)))
}

// givenUp cancels at the moment that the log tells of the start.
func givenUp(t *testing.T, dir string) {
	ctx, cancel := context.WithCancel(t.Context())
	c, err := Open(ctx, dir, slog.New(&onMessage{text: "started", do: cancel}))
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("opened: %v, %v, want it canceled", c, err)
	}
	c = open(t, dir) // would find the server in its way, and join it
	if c.server.exited == nil {
		t.Error("the server that was given up still ran")
	}
}

func badConfiguration(t *testing.T, dir string) {
	paths, _ := filepath.Glob(filepath.Join(dir, "postgres/*/postgresql.conf"))
	write(t, paths[0], "shared_buffers = plenty")
	_, err := Open(t.Context(), dir, testLog(t))
	wantFault(t, err, "did not start", "contains errors", "server.log")
}

func TestClusterSetUpGivenUp(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Open(ctx, dir, slog.New(&onMessage{text: "setting up", do: cancel}))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want it canceled", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "postgres", "[0-9]*")); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

// TestClusterWaitGivenUp waits for a process that is starting the server, which
// a crash may make long, and gives up.
func TestClusterWaitGivenUp(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home, err := makeHome(dir)
	if err != nil {
		t.Fatal(err)
	}
	starting := &Cluster{home: home}
	if err := starting.openLocks(); err != nil {
		t.Fatal(err)
	}
	if err := lock(t.Context(), starting.gate); err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ended, dir, testLog(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want it canceled", err)
	}
}

func TestClusterCannotBeOpened(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "not a folder")
	_, err := Open(t.Context(), filepath.Join(file, "data"), testLog(t))
	wantFault(t, err, file, "not a directory", "PULLQUOTE_DATA_DIR")

	nowhere := func(context.Context) []string { return []string{t.TempDir()} }
	_, err = openCluster(t.Context(), t.TempDir(), testLog(t), nowhere)
	wantFault(t, err, "Postgres is not installed", "make setup", "DATABASE_URL")

	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ended, t.TempDir(), testLog(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
}

//go:build unix

package localpg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
)

// holdEnv tells this test binary, run again as a process of its own, which
// cluster to hold.
const holdEnv = "PULLQUOTE_TEST_HOLD"

// TestClusterHolder is the other process of the tests below: it holds a cluster
// until its standard input ends.
func TestClusterHolder(t *testing.T) {
	dir := os.Getenv(holdEnv)
	if dir == "" {
		return
	}
	c, err := Open(t.Context(), dir, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("open")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		t.Error(err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

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
	first.leave()
	wantKept(t, c)
	closeCluster(t, c)
	wantStopped(t, c)
}

func servesTheOther(t *testing.T, dir string) {
	c := open(t, dir)
	second := hold(t, dir)
	closeCluster(t, c)
	wantKept(t, c)
	second.leave()
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
	killed.kill()
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

// holder is a process that holds a cluster.
type holder struct {
	t     *testing.T
	cmd   *exec.Cmd
	stdin io.Closer
}

func hold(t *testing.T, dir string) *holder {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestClusterHolder$")
	cmd.Env = append(cmd.Environ(), holdEnv+"="+dir, "GORACE=atexit_sleep_ms=0")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "open\n" {
		t.Fatalf("the other process said %q, %v", line, err)
	}
	return &holder{t, cmd, stdin}
}

func (h *holder) leave() {
	h.t.Helper()
	h.stdin.Close()
	if err := h.cmd.Wait(); err != nil {
		h.t.Errorf("the other process: %v", err)
	}
}

func (h *holder) kill() {
	h.t.Helper()
	if err := h.cmd.Process.Kill(); err != nil {
		h.t.Fatal(err)
	}
	_ = h.cmd.Wait() // "signal: killed"
}

func open(t *testing.T, dir string) *Cluster {
	t.Helper()
	c, err := Open(t.Context(), dir, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeCluster(t, c) })
	return c
}

func closeCluster(t *testing.T, c *Cluster) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// killServer kills the server as a crash would, and waits until it is gone.
func killServer(t *testing.T, c *Cluster) {
	t.Helper()
	if err := syscall.Kill(c.server.pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-c.server.exited
}

func query(t *testing.T, c *Cluster, sql string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), c.URL())
	if err != nil {
		t.Error(err)
		return ""
	}
	defer conn.Close(t.Context())
	rows, _ := conn.Query(t.Context(), sql)
	values, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Error(err)
	}
	return strings.Join(values, " ")
}

func wantKept(t *testing.T, c *Cluster) {
	t.Helper()
	if got := query(t, c, "SELECT word FROM words"); got != "kept" {
		t.Errorf("the word is %q, want it kept", got)
	}
}

// wantStopped waits for the end of a server that has been stopped: when another
// process has seen it end, the kernel may not have told us yet.
func wantStopped(t *testing.T, c *Cluster) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := poll(ctx, func() (bool, error) { return c.server.gone() && !c.server.listens(), nil }); err != nil {
		t.Errorf("the server still runs: %v", err)
	}
}

func wantFault(t *testing.T, err error, words ...string) {
	t.Helper()
	if fault.CodeOf(err) != fault.Unavailable {
		t.Fatalf("error %v, want one of code %s", err, fault.Unavailable)
	}
	for _, word := range append(words, "") {
		if !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), "\n") {
			t.Errorf("error %q, want one line with %q", err, word)
		}
	}
}

// moved moves a data directory for the length of a test.
func moved(t *testing.T, dir, to string) string {
	t.Helper()
	to = filepath.Join(t.TempDir(), to)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir, to); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Rename(to, dir); err != nil {
			t.Error(err)
		}
	})
	return to
}

// otherProcess is the number of a process that lives as long as the test.
func otherProcess(t *testing.T) int {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "cat")
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() })
	return cmd.Process.Pid
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func testLog(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// onMessage is a log that acts when a message begins with the text.
type onMessage struct {
	slog.Handler
	text string
	do   func()
}

func (h *onMessage) Enabled(context.Context, slog.Level) bool { return true }

func (h *onMessage) Handle(_ context.Context, r slog.Record) error {
	if strings.HasPrefix(r.Message, h.text) {
		h.do()
	}
	return nil
}

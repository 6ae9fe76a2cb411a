//go:build unix

package localpg

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/processtest"
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

// hold starts a process that holds a cluster.
func hold(t *testing.T, dir string) *processtest.Process {
	t.Helper()
	return processtest.Start(t, "TestClusterHolder", holdEnv+"="+dir)
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

package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// smallDisk mounts a disk of so many megabytes, or skips the test where that is not allowed.
func smallDisk(t *testing.T, megabytes int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+strconv.Itoa(megabytes)+"m"); err != nil {
		t.Skipf("no disk can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		left, _ := filepath.Glob(filepath.Join(dir, "data", "postgres", "*", "postmaster.pid")) // of a test that failed
		for _, file := range left {
			text, _ := os.ReadFile(file)
			first, _, _ := strings.Cut(string(text), "\n")
			if pid, err := strconv.Atoi(first); err == nil && pid > 1 {
				_ = syscall.Kill(pid, syscall.SIGQUIT)
			}
		}
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fillDisk takes all the room there is.
func fillDisk(t *testing.T, file string) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 1<<20); ; {
		if _, err := f.Write(block); errors.Is(err, syscall.ENOSPC) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// TestServeWithAFullDisk fills the disk of a server's private database, once so that it takes no
// changes, and once so that it cannot even run. Clients, the log and doctor are told why, and
// with room again it goes on by itself, with all that was acknowledged.
func TestServeWithAFullDisk(t *testing.T) {
	t.Parallel()
	postgrestest.OneServer(t, privateServer)
	disk := smallDisk(t, 130)
	ballast := filepath.Join(disk, "ballast")
	env := []string{"PULLQUOTE_DATA_DIR=" + filepath.Join(disk, "data"), "PULLQUOTE_EMBEDDING_MODEL=builtin", "TMPDIR=" + disk}
	s := startServer(t, env...)
	l := newLoad(s)
	if err := l.upload(t.Context(), "before"); err != nil || !l.uploaded["before"] {
		t.Fatal(err)
	}
	const noRoom = `"the database has no room left; try again later"`
	long := strings.Replace(transcriptOf("nowhere"), "flowers", strings.Repeat("flowers and bears and ", 1000), statements)
	for _, test := range []struct {
		name  string
		ended bool // the database
	}{{"no table can grow", false}, {"the database has ended for want of its log", true}} {
		fillDisk(t, ballast)
		if test.ended {
			endForWantOfLog(t, filepath.Join(disk, "data", "postgres"))
			l.awaits(t, http.StatusServiceUnavailable)
			s.expect(t, http.StatusServiceUnavailable, "GET", "/readyz", "", "not ready: the database has no room left")
			s.expect(t, http.StatusServiceUnavailable, "POST", "/v1/search", `{"query": "tree 7"}`, noRoom)
		} else {
			s.expect(t, http.StatusOK, "POST", "/v1/search", `{"query": "tree 7"}`, "Tree 7 of before")
		}
		s.expect(t, http.StatusServiceUnavailable, "POST", "/v1/transcripts?filename=nowhere.json", long, noRoom)
		report := s.output(t, 3, "doctor")
		if !strings.Contains(report, " has room for 0 MB more, and the private database needs 32 MB to go on: make room, or") ||
			!strings.Contains(report, "FAIL  database ") || !test.ended && !strings.Contains(report, "no room left") {
			t.Errorf("%s: doctor says %s", test.name, report)
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		l.awaits(t, http.StatusOK)
		if err := l.upload(t.Context(), "after-"+strconv.FormatBool(test.ended)); err != nil || !l.uploaded["after-"+strconv.FormatBool(test.ended)] {
			t.Errorf("%s: with room again an upload is refused: %v", test.name, l.refused)
		}
		if report := s.output(t, 0, "doctor"); !strings.Contains(report, "MB more") {
			t.Errorf("%s: with room again doctor says %s", test.name, report)
		}
	}
	l.check(t)
	s.stop(t, syscall.SIGTERM)
	if log := s.log.String(); !strings.Contains(log, "No space left on device") || !strings.Contains(log, "the private Postgres runs again") {
		t.Errorf("the log does not tell it: %s", log)
	}
}

// endForWantOfLog has the private database need another segment of its log, for which there is
// no room.
func endForWantOfLog(t *testing.T, socket string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), "postgres:///pullquote?user=pullquote&host="+socket)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for range 10 {
		if _, err := conn.Exec(t.Context(), `SELECT pg_logical_emit_message(false, 'test', repeat('x', 100000)); SELECT pg_switch_wal()`); err != nil {
			return
		}
	}
	t.Fatal("the database goes on without room")
}

// awaits returns when the server's readiness has a status.
func (l *load) awaits(t *testing.T, status int) {
	t.Helper()
	var last string
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		response, err := http.Get(l.server.url + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if last = response.Status + " " + string(text); response.StatusCode == status {
			return
		}
	}
	t.Fatalf("readiness is %s, want %d", last, status)
}

//go:build !race

package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// A server that is sent bombs, four at a time, answers each, goes on answering others, and is
// never much larger than it was: their processes are, up to their limit.
func TestServerSurvivesBombs(t *testing.T) {
	t.Parallel()
	const mostAbove, leftAbove = 600 << 10, 100 << 10 // kB
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	s := startServer(t, "DATABASE_URL="+postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL=builtin", "XDG_CACHE_HOME="+cache)
	s.expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename=orchard.json", orchard, `"The Blue Orchard"`)
	base := s.kilobytes(t, "VmRSS")
	var sent sync.WaitGroup
	slots := make(chan struct{}, 4)
	for _, b := range bombs(t) {
		sent.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			response, err := http.Post(s.url+"/v1/transcripts?dry_run=true&filename="+b.filename, "application/octet-stream", bytes.NewReader(b.file))
			if err != nil {
				t.Errorf("%s: %v", b.name, err)
				return
			}
			defer response.Body.Close()
			told, _ := io.ReadAll(io.LimitReader(response.Body, 300))
			if response.StatusCode >= http.StatusInternalServerError && response.StatusCode != http.StatusServiceUnavailable {
				t.Errorf("%s: %s: %s", b.name, response.Status, told)
			}
			t.Logf("%s: %s: %.200s", b.name, response.Status, told)
		})
	}
	sent.Wait()
	if most := s.kilobytes(t, "VmHWM"); most > base+mostAbove {
		t.Errorf("the server had %d MB, and %d before", most>>10, base>>10)
	}
	s.expect(t, http.StatusOK, "POST", "/v1/search", `{"query": "second week of May"}`, "second week")
	after := s.kilobytes(t, "VmRSS")
	for began := time.Now(); after > base+leftAbove && time.Since(began) < 10*time.Second; after = s.kilobytes(t, "VmRSS") {
		time.Sleep(100 * time.Millisecond)
	}
	if after > base+leftAbove {
		t.Errorf("the server has kept %d MB, and had %d before", after>>10, base>>10)
	}
	t.Logf("%d MB before, %d MB at most, %d MB after", base>>10, s.kilobytes(t, "VmHWM")>>10, after>>10)
}

// kilobytes is a figure of the server's memory, by its name in /proc.
func (s *runningServer) kilobytes(t *testing.T, name string) int {
	t.Helper()
	n, err := kilobytes(s.process.Pid, name)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// kilobytes is a figure of a process's memory, by its name in /proc.
func kilobytes(pid int, name string) (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	found := regexp.MustCompile(name + `:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		return 0, fmt.Errorf("there is no %s in %s", name, status)
	}
	return strconv.Atoi(string(found[1]))
}

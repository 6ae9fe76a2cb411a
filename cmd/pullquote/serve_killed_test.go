package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/pause"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// TestServeKilled kills a server, its private database, or a process of that, at random moments
// while clients upload and ask, again and again. Each time all that was acknowledged is there
// again, whole and once, and so is nothing else in parts; clients repeat what they were not told
// of, and make nothing twice. PULLQUOTE_KILLS is the number of rounds, for long runs.
func TestServeKilled(t *testing.T) {
	t.Parallel()
	postgrestest.OneServer(t, privateServer)
	rounds := 6
	if n, err := strconv.Atoi(os.Getenv("PULLQUOTE_KILLS")); err == nil {
		rounds = n
	}
	data := filepath.Join(t.TempDir(), "data")
	k := &killing{env: []string{"PULLQUOTE_DATA_DIR=" + data, "PULLQUOTE_EMBEDDING_MODEL=builtin"}, data: data, slowest: map[string]time.Duration{}}
	k.server = startServer(t, k.env...)
	victims := []string{"server", "database", "process of the database"}
	for round := range rounds {
		k.round(t, round, victims[round%len(victims)])
		if t.Failed() {
			t.Logf("%d rounds", round+1)
			break
		}
	}
	transcripts, answers := 0, 0
	for _, l := range k.loads {
		l.server = k.server
		l.check(t)
		answers += len(l.answers)
		for _, acknowledged := range l.uploaded {
			if acknowledged {
				transcripts++
			}
		}
	}
	t.Logf("%d rounds: %d transcripts and %d answers were acknowledged, and are there; %d requests ended without an answer, %d were refused in words; the slowest to answer again were %v",
		rounds, transcripts, answers, k.unanswered, k.refused, k.slowest)
	k.server.stop(t, syscall.SIGTERM)
}

// killing is a server in the hands of TestServeKilled.
type killing struct {
	env     []string
	data    string
	server  *runningServer
	loads   []*load // one for each round
	slowest map[string]time.Duration

	unanswered, refused int
}

// moment is up to so long.
func moment(longest time.Duration) time.Duration { return rand.N(longest) }

func (k *killing) round(t *testing.T, round int, victim string) {
	l := newLoad(k.server)
	l.collection = fmt.Sprintf("round-%d", round)
	k.loads = append(k.loads, l)
	ctx, end := context.WithCancel(t.Context())
	defer end()
	var clients sync.WaitGroup
	for client := range 3 {
		clients.Go(func() {
			for n := 0; ctx.Err() == nil; {
				place := fmt.Sprintf("place-%d-%d", client, n)
				for _, err := range []error{l.upload(ctx, place), l.ask(ctx, place)} {
					if err != nil && strings.HasPrefix(err.Error(), "status ") {
						t.Errorf("round %d: %v", round, err)
					} else if err != nil {
						l.lock.Lock()
						l.refused["unanswered"]++
						l.lock.Unlock()
						return // the server is gone
					}
				}
				if l.acknowledged(place) {
					n++
				} else {
					_ = pause.For(ctx, 50*time.Millisecond) // and once more
				}
			}
		})
	}
	time.Sleep(50*time.Millisecond + moment(time.Second))
	began := time.Now()
	k.kill(t, victim)
	if victim == "server" {
		<-k.server.exited
		clients.Wait()
		began = time.Now()
		k.server = startServer(t, k.env...)
		l.server = k.server
	}
	k.answersAgain(t, l, victim, began)
	end()
	clients.Wait()
	for place, acknowledged := range l.uploaded {
		for deadline := time.Now().Add(30 * time.Second); !acknowledged; acknowledged = l.acknowledged(place) {
			if err := l.upload(t.Context(), place); err != nil || time.Now().After(deadline) {
				t.Fatalf("round %d: what was not acknowledged cannot be repeated: %v", round, err)
			}
			_ = pause.For(t.Context(), 20*time.Millisecond)
		}
	}
	l.check(t)
	for what, n := range l.refused {
		if what == "unanswered" {
			k.unanswered += n
		} else {
			k.refused += n
		}
	}
}

func (l *load) acknowledged(place string) bool {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.uploaded[place]
}

// kill ends a process so that it can do nothing about it.
func (k *killing) kill(t *testing.T, victim string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		pid, err := k.pid(t.Context(), victim)
		if err == nil {
			err = syscall.Kill(pid, syscall.SIGKILL) // it may have ended by itself
		}
		switch {
		case err == nil:
			return
		case time.Now().After(deadline):
			t.Fatalf("the %s cannot be killed: %v", victim, err)
		}
	}
}

// pid finds a process.
func (k *killing) pid(ctx context.Context, victim string) (int, error) {
	if victim == "server" {
		return k.server.process.Pid, nil
	}
	files, err := filepath.Glob(filepath.Join(k.data, "postgres", "*", "postmaster.pid"))
	if err != nil || len(files) != 1 {
		return 0, fmt.Errorf("%d databases: %w", len(files), err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	if dir, err := os.Readlink("/proc/" + first + "/cwd"); err == nil && dir != filepath.Dir(files[0]) {
		return 0, fmt.Errorf("process %s is another's by now", first)
	}
	if victim == "database" {
		return strconv.Atoi(first)
	}
	out, err := exec.CommandContext(ctx, "pgrep", "-P", first).Output()
	children := strings.Fields(string(out))
	if err != nil || len(children) == 0 {
		return 0, fmt.Errorf("no processes of %s: %w", first, err)
	}
	return strconv.Atoi(children[rand.IntN(len(children))])
}

// answersAgain waits for an answer, and notes for how long.
func (k *killing) answersAgain(t *testing.T, l *load, victim string, began time.Time) {
	t.Helper()
	probe := newLoad(k.server)
	probe.collection = l.collection
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if err := probe.ask(t.Context(), "place-0-0"); err == nil && len(probe.answers) > 0 {
			k.slowest[victim] = max(k.slowest[victim], time.Since(began))
			return
		}
	}
	t.Errorf("after the end of the %s nothing is answered: %v", victim, probe.refused)
}

package slackstore_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/processtest"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackstore"
)

// The variables that make TestSlackWorker work.
const (
	slackWorkerURL  = "PULLQUOTE_TEST_SLACK_WORKER"
	slackWorkerHang = "PULLQUOTE_TEST_SLACK_WORKER_HANGS"
)

// TestSlackWorker is the other process of the tests below: it works until its
// standard input ends, and says what it does.
func TestSlackWorker(t *testing.T) {
	url := os.Getenv(slackWorkerURL)
	if url == "" {
		return
	}
	record, err := postgres.Open(t.Context(), url, embeddings.NewBuiltin().Model(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	s, err := slackstore.Open(t.Context(), record.Pool(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer cancel()
		_, _ = io.Copy(io.Discard, os.Stdin)
	}()
	fmt.Println("open")
	if err := s.Work(ctx, 4, func(ctx context.Context, task slackbot.Task, a slackbot.Attempt) error {
		fmt.Println("does", task.ID)
		if os.Getenv(slackWorkerHang) != "" {
			<-ctx.Done()
		}
		return ctx.Err()
	}); err != nil {
		t.Error(err)
	}
}

// process starts another process that works.
func (s *slack) process(environment ...string) *processtest.Process {
	s.Helper()
	return processtest.Start(s, "TestSlackWorker", append(environment, slackWorkerURL+"="+s.url)...)
}

// TestSlackTakesOver kills a process while it does tasks; another one waits.
func TestSlackTakesOver(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	const tasks = 12
	for i := range tasks {
		s.receive(question(fmt.Sprint(i)))
	}
	first := s.process(slackWorkerHang + "=1")
	hung := map[string]bool{}
	for range 4 {
		hung[first.Read("does")] = true
	}
	second := s.process()
	killed := time.Now()
	first.Kill()
	done := map[string]int{}
	for range tasks {
		id := second.Read("does")
		if len(done) == 0 {
			t.Logf("taken over after %v", time.Since(killed).Round(time.Millisecond))
		}
		done[id]++
	}
	second.Leave()
	for id := range hung {
		if done[id] != 1 {
			t.Errorf("%s hung and was then done %d times", id, done[id])
		}
	}
	if n := s.count(`SELECT count(*) FROM slack_tasks WHERE done_at IS NULL`); n != 0 || len(done) != tasks {
		t.Errorf("%d tasks were done, and %d are left", len(done), n)
	}
}

// TestSlackKilledAgainAndAgain kills one process after another, each in the middle of
// its work, while threads have several tasks.
func TestSlackKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	const tasks, threads, kills = 300, 100, 6
	for i := range tasks {
		task := question(fmt.Sprint(i))
		task.Thread = fmt.Sprint("thread ", i%threads)
		s.receive(task)
	}
	done := map[string]int{}
	count := func(lines []string) {
		for _, line := range lines {
			if id, ok := strings.CutPrefix(line, "does "); ok {
				done[id]++
			}
		}
	}
	for kill := range kills {
		p := s.process()
		for range 7 + 3*kill {
			done[p.Read("does")]++
		}
		count(p.Kill())
	}
	begun, again := len(done), 0
	last := s.process()
	for tick := time.Tick(20 * time.Millisecond); s.count(`SELECT count(*) FROM slack_tasks WHERE done_at IS NULL`) > 0; <-tick {
		if t.Context().Err() != nil {
			t.Fatal("tasks are left")
		}
	}
	count(last.Leave())
	if len(done) != tasks {
		t.Errorf("%d tasks were done, want %d", len(done), tasks)
	}
	for _, times := range done {
		again += times - 1
	}
	t.Logf("%d of %d tasks were begun by processes that were killed; %d were done again", begun, tasks, again)
	if again > 4*kills {
		t.Errorf("%d tasks were done again, of at most %d that ran at a kill", again, 4*kills)
	}
}

// TestSlackLosesTheLock ends the connection that has it, while a task runs.
func TestSlackLosesTheLock(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	s.receive(question("Why?"))
	times := 0
	s.work(1, 1, func(ctx context.Context, _ slackbot.Task, a slackbot.Attempt) error {
		if a.Number != 1 {
			t.Errorf("what was cut short counts: attempt %d", a.Number)
		}
		if times++; times > 1 {
			return nil
		}
		if n := s.count(`
			SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE application_name = 'pullquote slack' AND datname = current_database()`); n != 1 {
			t.Errorf("%d connections have the lock", n)
		}
		<-ctx.Done()
		return ctx.Err()
	})
	if times != 2 {
		t.Errorf("the task was begun %d times", times)
	}
}

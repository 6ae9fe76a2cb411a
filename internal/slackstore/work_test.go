package slackstore_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackstore"
)

// TestSlackForgetsTheWords looks for them in all tables after an attempt that failed,
// telling them, and one that did not.
func TestSlackForgetsTheWords(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	s.receive(question("Who stole the swordfish?"))
	s.work(1, 1, func(_ context.Context, task slackbot.Task, a slackbot.Attempt) error {
		if a.Number < 3 {
			return fault.New(fault.Unavailable, "no answer to %s", task.Text)
		}
		return nil
	})
	for _, table := range []string{"slack_tasks", "river_job"} {
		if n := s.count(`SELECT count(*) FROM ` + table); n != 1 {
			t.Errorf("%s has %d rows", table, n)
		}
		if n := s.count(`SELECT count(*) FROM ` + table + ` AS kept WHERE kept::text LIKE '%swordfish%'`); n != 0 {
			t.Errorf("%s has the words", table)
		}
	}
	if n := s.count(`SELECT count(*) FROM slack_tasks WHERE done_at IS NOT NULL`); n != 1 {
		t.Errorf("%d tasks are done", n)
	}
}

func TestSlackAttempts(t *testing.T) {
	t.Parallel()
	failure := errors.New("no luck")
	tests := []struct {
		name string
		do   func(a slackbot.Attempt) error
		want []slackbot.Attempt
	}{
		{"done at once", func(slackbot.Attempt) error { return nil }, []slackbot.Attempt{{Number: 1}}},
		{"done at the second", func(a slackbot.Attempt) error {
			if a.Number == 1 {
				return failure
			}
			return nil
		}, []slackbot.Attempt{{Number: 1}, {Number: 2}}},
		{"never done", func(a slackbot.Attempt) error {
			if a.Number == 3 {
				panic("out of luck")
			}
			return failure
		}, []slackbot.Attempt{{Number: 1}, {Number: 2}, {Number: 3}, {Number: 4}, {Number: 5}, {Number: 6}, {Number: 7}, {Number: 8, Last: true}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newSlack(t)
			first := question("first")
			second := question("second") // waits for the first however that ends
			second.Thread = first.Thread
			s.receive(first, second)
			var got []slackbot.Attempt
			s.work(2, 4, func(_ context.Context, task slackbot.Task, a slackbot.Attempt) error {
				if task.ID == second.ID {
					return nil
				}
				got = append(got, a)
				return tt.do(a)
			})
			if !slices.Equal(got, tt.want) {
				t.Errorf("attempts %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestSlackBackoff(t *testing.T) {
	t.Parallel()
	var got []string
	for attempt := 1; attempt <= 9; attempt++ {
		got = append(got, slackstore.Backoff(attempt).String())
	}
	if want := "1s 2s 4s 8s 16s 32s 1m0s 1m0s 1m0s"; strings.Join(got, " ") != want {
		t.Errorf("the pauses are %s, want %s", got, want)
	}
}

// TestSlackOrder has many threads, whose tasks are done one after the other in order
// of arrival, while the threads do not wait for each other.
func TestSlackOrder(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	const threads, each = 10, 8
	next := map[string]int{}
	for i := range each {
		for thread := range threads {
			task := question(fmt.Sprint(i))
			task.Thread = fmt.Sprint("thread ", thread)
			s.receive(task)
		}
	}
	var mu sync.Mutex
	busy := map[string]bool{}
	s.work(threads*each, 6, func(_ context.Context, task slackbot.Task, a slackbot.Attempt) error {
		mu.Lock()
		if busy[task.Thread] || task.Text != fmt.Sprint(next[task.Thread]) {
			t.Errorf("%s: %s is done when it is the turn of %d (busy: %v)", task.Thread, task.Text, next[task.Thread], busy[task.Thread])
		}
		busy[task.Thread] = true
		mu.Unlock()
		if a.Number == 1 && rand.IntN(5) == 0 {
			mu.Lock()
			defer mu.Unlock()
			busy[task.Thread] = false
			return errors.New("no luck")
		}
		mu.Lock()
		defer mu.Unlock()
		busy[task.Thread] = false
		next[task.Thread]++
		return nil
	})
}

// TestSlackWithoutThread has tasks that no thread holds together, all at once.
func TestSlackWithoutThread(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	var together sync.WaitGroup
	together.Add(3)
	for range 3 {
		task := question("Why?")
		task.TS, task.Thread = "", ""
		s.receive(task)
	}
	s.work(3, 3, func(context.Context, slackbot.Task, slackbot.Attempt) error {
		together.Done()
		together.Wait()
		return nil
	})
}

// TestSlackWorksOneAtATime has two processes, and tasks that come meanwhile.
func TestSlackWorksOneAtATime(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	const tasks = 60
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var mu sync.Mutex
	done := map[string]int{}
	by := map[int]int{}
	var wg sync.WaitGroup
	for process, store := range []*slackstore.Store{s.Store, anotherStore(t, s.record)} {
		wg.Go(func() {
			err := store.Work(ctx, 4, func(_ context.Context, task slackbot.Task, _ slackbot.Attempt) error {
				mu.Lock()
				defer mu.Unlock()
				done[task.ID]++
				by[process]++
				if len(done) == tasks {
					cancel()
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	for i := range tasks {
		s.receive(question(fmt.Sprint(i)))
	}
	wg.Wait()
	for id, times := range done {
		if times != 1 {
			t.Errorf("%s was done %d times", id, times)
		}
	}
	if len(done) != tasks || len(by) != 1 {
		t.Errorf("%d tasks were done, by processes %v", len(done), by)
	}
}

// TestSlackGivesUpWhatKills has a task that has ended the process again and again:
// the one that waits for it has its turn.
func TestSlackGivesUpWhatKills(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	deadly, next := question("deadly"), question("next")
	next.Thread = deadly.Thread
	s.receive(deadly, next)
	if _, err := s.record.Pool().Exec(t.Context(), `UPDATE river_job SET state = 'running', attempt = 24`); err != nil {
		t.Fatal(err)
	}
	s.work(1, 1, func(_ context.Context, task slackbot.Task, _ slackbot.Attempt) error {
		if task.ID != next.ID {
			t.Errorf("the task %q is tried", task.Text)
		}
		return nil
	})
}

func TestSlackForgetsOldTasks(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	does := func(context.Context, slackbot.Task, slackbot.Attempt) error { return nil }
	for _, age := range []string{"6 days", "8 days"} {
		s.receive(question(age))
		s.work(1, 1, does)
		if _, err := s.record.Pool().Exec(t.Context(), `UPDATE slack_tasks SET done_at = now() - $1::text::interval WHERE done_at > now() - interval '1 hour'`, age); err != nil {
			t.Fatal(err)
		}
	}
	s.receive(question("today"))
	s.work(1, 1, does)
	if n := s.count(`SELECT count(*) FROM slack_tasks`); n != 2 {
		t.Errorf("%d tasks are kept, want those of today and of 6 days ago", n)
	}
}

func TestSlackStops(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		grace time.Duration
		ends  func(ctx, task context.Context) error // when ctx has ended
		left  int
	}{
		{"a task ends by itself", time.Minute, func(ctx, _ context.Context) error { <-ctx.Done(); return nil }, 0},
		{"a task is cut short", time.Millisecond, func(_, task context.Context) error { <-task.Done(); return task.Err() }, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newSlack(t)
			s.SetGrace(tt.grace)
			s.receive(question("Why?"))
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			if err := s.Work(ctx, 1, func(task context.Context, _ slackbot.Task, _ slackbot.Attempt) error {
				stop()
				return tt.ends(ctx, task)
			}); err != nil {
				t.Error(err)
			}
			if n := s.count(`SELECT count(*) FROM slack_tasks WHERE done_at IS NULL`); n != tt.left {
				t.Errorf("%d tasks are left, want %d", n, tt.left)
			}
			if tt.left == 0 {
				return
			}
			s.work(tt.left, 1, func(_ context.Context, _ slackbot.Task, a slackbot.Attempt) error {
				if a.Number != 1 {
					t.Errorf("what was cut short counts: attempt %d", a.Number)
				}
				return nil
			})
		})
	}
}

// TestSlackLeavesNothingRunning is not parallel: it looks at all goroutines.
func TestSlackLeavesNothingRunning(t *testing.T) {
	s := newSlack(t)
	s.receive(question("Why?"))
	s.work(1, 4, func(context.Context, slackbot.Task, slackbot.Attempt) error { return nil })
	var left string
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); runtime.Gosched() {
		var stacks strings.Builder
		if err := pprof.Lookup("goroutine").WriteTo(&stacks, 2); err != nil {
			t.Fatal(err)
		}
		if left = ""; strings.Contains(stacks.String(), "riverqueue") || strings.Contains(stacks.String(), "slackstore.(*Store).Work") {
			left = stacks.String()
			continue
		}
		return
	}
	t.Error(left)
}

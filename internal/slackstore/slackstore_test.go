package slackstore_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackstore"
)

// slack is a bot's store on a database of the test's own.
type slack struct {
	*testing.T
	*slackstore.Store
	record *postgres.Store
	url    string
}

func newSlack(t *testing.T) *slack {
	t.Helper()
	record, url := openRecord(t)
	return &slack{T: t, Store: anotherStore(t, record), record: record, url: url}
}

// openRecord opens a record on a database of the test's own.
func openRecord(t testing.TB) (record *postgres.Store, url string) {
	t.Helper()
	url = postgrestest.Migrated(t)
	record, err := postgres.Open(t.Context(), url, embeddings.NewBuiltin().Model(), testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(record.Close)
	return record, url
}

func testLog(t testing.TB) *slog.Logger { return slog.New(slog.NewTextHandler(t.Output(), nil)) }

// anotherStore is what another process would open.
func anotherStore(t *testing.T, record *postgres.Store) *slackstore.Store {
	t.Helper()
	s, err := slackstore.Open(t.Context(), record.Pool(), testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	s.SetBackoff(func(int) time.Duration { return time.Millisecond })
	return s
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// question is a task of a thread of its own.
func question(text string) slackbot.Task {
	id := newID()
	return slackbot.Task{
		ID: id, Kind: slackbot.KindAsk, EventID: "Ev" + id, Team: "T1", Channel: "C1", User: "U1",
		TS: "ts" + id, Thread: "ts" + id, Text: text, Direct: true,
	}
}

func (s *slack) receive(tasks ...slackbot.Task) {
	s.Helper()
	for _, t := range tasks {
		if received, err := s.Receive(s.Context(), t); err != nil || !received {
			s.Fatalf("%s was received: %v, %v", t.Text, received, err)
		}
	}
}

func (s *slack) count(query string, args ...any) (n int) {
	s.Helper()
	if err := s.record.Pool().QueryRow(s.Context(), query, args...).Scan(&n); err != nil {
		s.Fatal(err)
	}
	return n
}

// work works until as many tasks are done, by do, as are to be.
func (s *slack) work(tasks, workers int, do func(context.Context, slackbot.Task, slackbot.Attempt) error) {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), time.Minute)
	defer cancel()
	var mu sync.Mutex
	err := s.Work(ctx, workers, func(ctx context.Context, t slackbot.Task, a slackbot.Attempt) error {
		err := do(ctx, t, a)
		mu.Lock()
		defer mu.Unlock()
		if err == nil || a.Last {
			if tasks--; tasks == 0 {
				cancel()
			}
		}
		return err
	})
	if err != nil || tasks > 0 {
		s.Errorf("%d tasks were not done, %v", tasks, err)
	}
}

func TestSlackReceivesOnce(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	var deliveries []slackbot.Task
	for range 30 {
		message := question("When was the lamp lit?")
		for range 4 {
			again := message
			again.ID = newID()
			deliveries = append(deliveries, again)
			again.ID, again.EventID = newID(), newID() // the same message as another event
			deliveries = append(deliveries, again)
		}
		command := slackbot.Task{Kind: slackbot.KindAsk, EventID: newID(), Team: "T1", Channel: "C1", User: "U1"}
		for range 3 {
			command.ID = newID()
			deliveries = append(deliveries, command)
		}
	}
	rand.Shuffle(len(deliveries), func(i, j int) { deliveries[i], deliveries[j] = deliveries[j], deliveries[i] })
	var received [len("0123")]int
	var wg sync.WaitGroup
	for i := range received {
		wg.Go(func() {
			for j := i; j < len(deliveries); j += len(received) {
				yes, err := s.Receive(t.Context(), deliveries[j])
				if err != nil {
					t.Error(err)
				}
				if yes {
					received[i]++
				}
			}
		})
	}
	wg.Wait()
	total := 0
	for _, n := range received {
		total += n
	}
	if total != 60 || s.count(`SELECT count(*) FROM slack_tasks`) != 60 || s.count(`SELECT count(*) FROM river_job`) != 60 {
		t.Errorf("%d were received, %d are kept, there are %d jobs; want 60", total,
			s.count(`SELECT count(*) FROM slack_tasks`), s.count(`SELECT count(*) FROM river_job`))
	}
}

func TestSlackRefuses(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	for name, spoil := range map[string]func(*slackbot.Task){
		"an id that is none": func(t *slackbot.Task) { t.ID = "7" },
		"no event":           func(t *slackbot.Task) { t.EventID = "" },
		"no team":            func(t *slackbot.Task) { t.Team = "" },
		"no channel":         func(t *slackbot.Task) { t.Channel = "" },
		"no kind":            func(t *slackbot.Task) { t.Kind = "" },
	} {
		task := question("Why?")
		spoil(&task)
		if received, err := s.Receive(t.Context(), task); received || fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %v, %v", name, received, err)
		}
	}
}

func TestSlackTaskIsGivenAsReceived(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	full := slackbot.Task{
		ID: newID(), Kind: slackbot.KindExport, EventID: "Ev1", Team: "T1", Channel: "C1", User: "U1", TS: "1.2", Thread: "1.1",
		Text: "a\x00b <@U2> \u202e “quoted”", AnswerID: newID(), Citation: 3, Format: "pdf", Private: true, Direct: true, ResponseURL: "https://hooks.example/1",
	}
	s.receive(full)
	want := full
	want.Text = strings.ReplaceAll(full.Text, "\x00", "")
	s.work(1, 1, func(_ context.Context, got slackbot.Task, a slackbot.Attempt) error {
		if got != want || a != (slackbot.Attempt{Number: 1}) {
			t.Errorf("got %+v, attempt %+v\nwant %+v", got, a, want)
		}
		return nil
	})
}

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

func TestSlackReply(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	first, second := question("first"), question("second")
	second.Thread = first.Thread
	s.receive(first, second)
	begun := time.Date(2031, 4, 2, 9, 0, 0, 0, time.UTC)
	for _, r := range []slackbot.Reply{{}, {Begun: begun}, {Begun: begun, TS: "2.1"}, {Begun: begun, TS: "2.1", Done: true}} {
		if r != (slackbot.Reply{}) {
			if err := s.SaveReply(t.Context(), first, r); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := s.Reply(t.Context(), first.ID); err != nil || got != r {
			t.Errorf("the reply is %+v, %v; want %+v", got, err, r)
		}
	}
	if err := s.SaveReply(t.Context(), second, slackbot.Reply{Begun: begun, TS: "2.1"}); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("the reply of another task: %v", err)
	}
	if err := s.SaveReply(t.Context(), second, slackbot.Reply{Begun: begun, TS: "2.2"}); err != nil {
		t.Error(err)
	}
	if got, err := s.Replies(t.Context(), first.Place()); err != nil || !slices.Equal(got, []string{"2.1", "2.2"}) {
		t.Errorf("the replies are %q, %v", got, err)
	}
	unknown := question("never received")
	if _, err := s.Reply(t.Context(), unknown.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the reply to what was never received: %v", err)
	}
	if err := s.SaveReply(t.Context(), unknown, slackbot.Reply{TS: "2.3"}); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a reply to what was never received: %v", err)
	}
}

func TestSlackConversation(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	place := question("Why?").Place()
	is := func(want string) {
		t.Helper()
		if got, err := s.Conversation(t.Context(), place); err != nil || got != want {
			t.Errorf("the conversation is %q, %v; want %q", got, err, want)
		}
	}
	is("")
	for range 2 {
		c := answer.Conversation{ID: newID(), CreatedAt: time.Now()}
		if err := s.SaveConversation(t.Context(), place, c.ID); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("a conversation that is not there: %v", err)
		}
		if err := s.record.NewConversation(t.Context(), &c); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveConversation(t.Context(), place, c.ID); err != nil {
			t.Fatal(err)
		}
		is(c.ID)
		if err := s.record.DeleteConversation(t.Context(), c.ID); err != nil {
			t.Fatal(err)
		}
		is("")
	}
	if err := s.SaveConversation(t.Context(), slackbot.Place{Team: "T1", Channel: "C1"}, newID()); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a conversation without a thread: %v", err)
	}
}

func TestSlackSettings(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	if c, err := s.Channel(t.Context(), "T1", "C1"); err != nil || !reflect.DeepEqual(c, slackbot.Channel{}) {
		t.Errorf("a channel of which nothing was said: %+v, %v", c, err)
	}
	if u, err := s.User(t.Context(), "T1", "U1"); err != nil || !reflect.DeepEqual(u, slackbot.User{}) {
		t.Errorf("a user of whom nothing was said: %+v, %v", u, err)
	}
	channel := slackbot.Channel{
		Collections: []string{"news", "court"}, Trigger: slackbot.TriggerAll, Askers: []string{"U1"},
		Private: true, Language: "French", Quiet: true, Bots: true,
	}
	user := slackbot.User{Denied: true, Collections: []string{"news"}, Manager: true}
	if err := errors.Join(
		s.SaveUser(t.Context(), "T2", "U1", user),
		s.SaveChannel(t.Context(), "T1", "C1", slackbot.Channel{Quiet: true}),
		s.SaveChannel(t.Context(), "T1", "C1", channel),
		s.SaveChannel(t.Context(), "T1", "C2", slackbot.Channel{Private: true}),
		s.SaveChannel(t.Context(), "T1", "C2", slackbot.Channel{}), // the default again
	); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Channel(t.Context(), "T1", "C1"); err != nil || !reflect.DeepEqual(c, channel) {
		t.Errorf("the channel is %+v, %v", c, err)
	}
	if u, err := s.User(t.Context(), "T2", "U1"); err != nil || !reflect.DeepEqual(u, user) {
		t.Errorf("the user is %+v, %v", u, err)
	}
	want := []slackbot.Setting{{Team: "T1", ID: "C1", Channel: &channel}, {Team: "T2", ID: "U1", User: &user}}
	if got, err := s.Settings(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the settings are %+v, %v", got, err)
	}
}

var _ slackbot.Store = (*slackstore.Store)(nil)

package slackstore_test

import (
	"context"
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
		Files: []slackbot.File{{ID: "F1", Name: "a.pdf", MediaType: "application/pdf"}}, Unread: []string{"an image"},
	}
	s.receive(full)
	want := full
	want.Text = strings.ReplaceAll(full.Text, "\x00", "")
	s.work(1, 1, func(_ context.Context, got slackbot.Task, a slackbot.Attempt) error {
		if !reflect.DeepEqual(got, want) || a != (slackbot.Attempt{Number: 1}) {
			t.Errorf("got %+v, attempt %+v\nwant %+v", got, a, want)
		}
		return nil
	})
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

var _ slackbot.Store = (*slackstore.Store)(nil)

// A message that was deleted is not done, whether it came before the deletion or comes
// after, and neither is what hangs on its thread if that is gone.
func TestWithdraw(t *testing.T) {
	s := newSlack(t)
	withdraw := func(ts string, thread, want bool) {
		t.Helper()
		if known, err := s.Withdraw(t.Context(), "T1", "C1", ts, thread); err != nil || known != want {
			t.Errorf("%s was known: %v, %v", ts, known, err)
		}
	}
	first, root, late, other := question("first"), question("root"), question("late"), question("other")
	reply := question("reply")
	reply.Thread = root.Thread
	s.receive(first, root, reply, other)
	withdraw(first.TS, false, true)
	withdraw(root.TS, true, true)
	withdraw(late.TS, true, false)
	if received, err := s.Receive(t.Context(), late); err != nil || received {
		t.Errorf("what was deleted before was received: %v, %v", received, err)
	}
	s.work(4, 1, func(ctx context.Context, got slackbot.Task, _ slackbot.Attempt) error {
		withdrawn, err := s.Withdrawn(ctx, got.ID)
		if want := got.ID != other.ID; err != nil || got.Withdrawn != want || withdrawn != want || want != (got.Text == "") {
			t.Errorf("%+v, withdrawn: %v, %v", got, withdrawn, err)
		}
		return nil
	})
}

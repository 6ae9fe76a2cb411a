package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// plainProblem is an error as clients get it.
type plainProblem struct {
	Status int
	Code   string
	Detail string
}

// load uploads transcripts and asks about them, and keeps count of what was acknowledged.
type load struct {
	server     *runningServer
	collection string

	lock     sync.Mutex
	uploaded map[string]bool // places: whether their transcript was acknowledged
	answers  map[string]bool // ids of those that were given
	refused  map[string]int  // errors, by status and code
}

func newLoad(s *runningServer) *load {
	return &load{server: s, collection: "default", uploaded: map[string]bool{}, answers: map[string]bool{}, refused: map[string]int{}}
}

const statements = 40 // of a transcript

func transcriptOf(place string) string {
	turns := make([]string, statements)
	for i := range turns {
		turns[i] = fmt.Sprintf(`{"speaker":"Ivo Rook","text":"Tree %d of %s flowers in May."}`, i, place)
	}
	return fmt.Sprintf(`{"title":"The orchard of %s","turns":[%s]}`, place, strings.Join(turns, ","))
}

// send sends a request; only an answer with a body that is whole counts as one.
func (l *load) send(ctx context.Context, method, path, body string, into any) (status int, err error) {
	request, err := http.NewRequestWithContext(ctx, method, l.server.url+path, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, json.Unmarshal(text, into)
}

// read reads something, and asks again for half a minute where that is what it is told.
func (l *load) read(t *testing.T, path string, into any) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		status, err := l.send(t.Context(), "GET", path, "", into)
		switch {
		case err == nil && status == http.StatusOK:
			return
		case status != http.StatusServiceUnavailable || time.Now().After(deadline):
			t.Fatalf("%s: status %d, %v", path, status, err)
		}
	}
}

// upload uploads the transcript of a place.
func (l *load) upload(ctx context.Context, place string) error {
	var said struct {
		plainProblem
		ID string
	}
	l.lock.Lock()
	l.uploaded[place] = false
	l.lock.Unlock()
	status, err := l.send(ctx, "POST", "/v1/transcripts?collection="+l.collection+"&filename="+place+".json", transcriptOf(place), &said)
	l.lock.Lock()
	defer l.lock.Unlock()
	switch {
	case err != nil:
		return err
	case status < 300:
		l.uploaded[place] = true
	default:
		return l.refuse(status, said.plainProblem)
	}
	return nil
}

// ask asks about a place.
func (l *load) ask(ctx context.Context, place string) error {
	var said struct {
		plainProblem
		ID string
	}
	status, err := l.send(ctx, "POST", "/v1/answers",
		fmt.Sprintf(`{"question":"When does tree 7 of %s flower?","filter":{"collection":%q}}`, place, l.collection), &said)
	l.lock.Lock()
	defer l.lock.Unlock()
	switch {
	case err != nil:
		return err
	case status < 300:
		l.answers[said.ID] = true
	default:
		return l.refuse(status, said.plainProblem)
	}
	return nil
}

// refuse counts an error that is clean: of a dependency's making or a conflict, and in words.
func (l *load) refuse(status int, p plainProblem) error {
	l.refused[fmt.Sprint(status, " ", p.Code)]++
	if status != http.StatusServiceUnavailable && status != http.StatusConflict || p.Detail == "" || p.Status != status {
		return fmt.Errorf("status %d: %+v", status, p)
	}
	return nil
}

// check holds the record to what was acknowledged: every transcript is there once and whole,
// every answer, too; and what was not acknowledged is whole or not there.
func (l *load) check(t *testing.T) {
	t.Helper()
	l.lock.Lock()
	defer l.lock.Unlock()
	stored := map[string]int{}
	for cursor := ""; ; {
		var page struct {
			Transcripts []struct {
				ID, Title string
				Turns     int
			}
			NextCursor *string `json:"next_cursor"`
		}
		l.read(t, "/v1/transcripts?collection="+l.collection+"&limit=200&cursor="+cursor, &page)
		for _, r := range page.Transcripts {
			place := strings.TrimPrefix(r.Title, "The orchard of ")
			stored[place]++
			var turns struct{ Turns []struct{ Text string } }
			l.read(t, "/v1/transcripts/"+r.ID+"/turns", &turns)
			if len(turns.Turns) != statements || turns.Turns[statements-1].Text != fmt.Sprintf("Tree %d of %s flowers in May.", statements-1, place) {
				t.Errorf("the transcript of %s has %d turns, want %d", place, len(turns.Turns), statements)
			}
		}
		if page.NextCursor == nil {
			break
		}
		cursor = *page.NextCursor
	}
	for place, acknowledged := range l.uploaded {
		if n := stored[place]; n > 1 || acknowledged && n == 0 {
			t.Errorf("the transcript of %s is stored %d times; acknowledged: %t", place, n, acknowledged)
		}
	}
	for id := range l.answers {
		var a struct {
			Text      string
			Citations []struct{ Quote string }
		}
		if l.read(t, "/v1/answers/"+id, &a); a.Text == "" {
			t.Errorf("the answer %s was given, and is empty", id)
		}
	}
}

// TestServeWithFaultsOfItsDatabase has everything happen between a server and its database that
// may. Whoever asks meanwhile is told in words; nothing that was acknowledged is lost, nothing
// is half there, and the server gets on by itself.
func TestServeWithFaultsOfItsDatabase(t *testing.T) {
	t.Parallel()
	database := postgrestest.Migrated(t)
	proxy := postgrestest.NewProxy(t, database)
	s := startServer(t, "DATABASE_URL="+proxy.URL, "PULLQUOTE_EMBEDDING_MODEL=builtin")
	admin, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(context.WithoutCancel(t.Context()))
	execute := func(statement string) {
		t.Helper()
		if _, err := admin.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	// A function is changed on every node, and a trigger on a distributed table has to be asked for.
	raise := func(code string, share float64) {
		t.Helper()
		execute(fmt.Sprintf(`
			CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN
				IF random() < %v THEN
					RAISE EXCEPTION 'as it was to be' USING ERRCODE = '%s';
				END IF;
				RETURN NULL;
			END $$`, share, code))
	}
	raise("40001", 0)
	execute(`SET citus.enable_unsafe_triggers = on`)
	for _, table := range []string{"transcripts", "turns", "answers"} {
		execute(`CREATE TRIGGER fault AFTER INSERT ON ` + table + ` EXECUTE FUNCTION fault()`)
	}
	raising := func(code string) func() {
		return func() {
			raise(code, 0.5)
			time.Sleep(time.Second)
			raise(code, 0)
		}
	}
	l := newLoad(s)
	for _, fault := range []struct {
		name    string
		happens func()
	}{
		{"connections are cut", func() {
			for range 20 {
				proxy.Cut()
				time.Sleep(50 * time.Millisecond)
			}
		}},
		{"nothing passes for five seconds", func() { proxy.Stall(); time.Sleep(5 * time.Second); proxy.Pass() }},
		{"serialization_failure", raising("40001")},
		{"deadlock_detected", raising("40P01")},
		{"disk_full", raising("53100")},
		{"out_of_memory", raising("53200")},
		{"admin_shutdown", func() {
			for range 10 {
				execute(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
				time.Sleep(100 * time.Millisecond)
			}
		}},
		{"cannot_connect_now", func() {
			proxy.Refuse("57P03", "the database system is starting up")
			time.Sleep(time.Second)
			proxy.Pass()
		}},
		{"too_many_connections", func() {
			proxy.Refuse("53300", "sorry, too many clients already")
			time.Sleep(time.Second)
			proxy.Pass()
		}},
	} {
		ctx, end := context.WithCancel(t.Context())
		var clients sync.WaitGroup
		for client := range 3 {
			clients.Go(func() {
				for n := 0; ctx.Err() == nil; n++ {
					place := fmt.Sprintf("%s_%d_%d", fault.name, client, n)
					place = strings.ReplaceAll(place, " ", "-")
					if err := l.upload(t.Context(), place); err != nil {
						t.Errorf("%s: an upload is answered with %v", fault.name, err)
					}
					if err := l.ask(t.Context(), place); err != nil {
						t.Errorf("%s: a question is answered with %v", fault.name, err)
					}
				}
			})
		}
		fault.happens()
		end()
		clients.Wait()
		l.lock.Lock()
		t.Logf("%s: %v", fault.name, l.refused)
		clear(l.refused)
		l.lock.Unlock()
		after := strings.ReplaceAll("after-"+fault.name, " ", "-")
		for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
			err := l.upload(t.Context(), after)
			if err == nil && l.uploaded[after] {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: the server does not recover: %v", fault.name, err)
			}
		}
		s.expect(t, http.StatusOK, "GET", "/readyz", "", `"ready"`)
		clear(l.refused)
	}
	l.check(t)
	s.stop(t, syscall.SIGTERM)
}

// TestServeLosesItsDatabaseWhileTheModelWrites loses it in the middle of an answer: that is an
// error, told as one, and nothing of it is kept.
func TestServeLosesItsDatabaseWhileTheModelWrites(t *testing.T) {
	t.Parallel()
	proxy := postgrestest.NewProxy(t, postgrestest.Migrated(t))
	honest := llmtest.Honest()
	var during func() // is called when the model has been asked
	model := llmtest.New(t, func(r llmtest.Request) llmtest.Reply {
		during()
		return honest(r)
	})
	s := startServer(t, "DATABASE_URL="+proxy.URL, "PULLQUOTE_EMBEDDING_MODEL=builtin", "OPENAI_BASE_URL="+model.URL, "PULLQUOTE_CHAT_MODEL=scripted")
	s.expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename=orchard.json", orchard, `"The Blue Orchard"`)
	const question = `{"question": "When do the trees flower?"}`
	for _, test := range []struct {
		name, accept string
		status       int
		says         string
	}{
		{"an answer", "application/json", http.StatusServiceUnavailable, `"code":"unavailable"`},
		{"an answer's events", "text/event-stream", http.StatusOK, `"code":"unavailable"`},
	} {
		during = func() { proxy.Refuse("57P03", "the database system is shutting down") }
		response, err := s.post(t, "/v1/answers", test.accept, question)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || response.StatusCode != test.status || !strings.Contains(lastLine(string(text)), test.says) || strings.Contains(string(text), "event: done") {
			t.Errorf("%s: status %d, %v: %s", test.name, response.StatusCode, err, text)
		}
		proxy.Pass()
		s.expect(t, http.StatusOK, "GET", "/v1/answers", "", `"answers":[]`)
		s.expect(t, http.StatusOK, "GET", "/v1/conversations", "", `"conversations":[]`)
	}
	during = func() { // it is back before the model has written
		proxy.Cut()
		time.Sleep(200 * time.Millisecond)
	}
	s.expect(t, http.StatusOK, "POST", "/v1/answers", question, `"mode":"llm"`)
	s.stop(t, syscall.SIGTERM)
}

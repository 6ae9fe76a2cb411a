//go:build !race

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/pause"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// TestServeSoaked has two servers of one record used in every way at once by many: one that may
// put as many questions to its model as come, and one to whose model more come than it may. Below
// the limits nothing fails; beyond them who is refused is told when to come again; every event
// stream ends with an answer or an error. When all have gone the servers have given back what
// they took, within a tenth. PULLQUOTE_SOAK is for how long, such as 30m, with ten times as many
// streams, and then memory is waited for, too.
func TestServeSoaked(t *testing.T) {
	lasts, streams, long := patience, 50, false
	if d, err := time.ParseDuration(os.Getenv("PULLQUOTE_SOAK")); err == nil {
		lasts, streams, long = d, 500, true
	}
	// A reply takes the longer the more there are, so that two cores keep up with them.
	ample := newSoakedModel(t, 0, time.Duration(streams)*60*time.Millisecond)
	scarce := newSoakedModel(t, patience+time.Second, 0) // longer than a call waits for its turn
	const leaving, others = 4, 4                         // clients that put a question to the model, besides
	env := []string{
		"DATABASE_URL=" + postgrestest.Migrated(t), "PULLQUOTE_DATA_DIR=" + t.TempDir(), "PULLQUOTE_EMBEDDING_MODEL=builtin", "PULLQUOTE_CHAT_MODEL=scripted",
		"GODEBUG=memprofilerate=0",                                  // a test's binary keeps where memory was allocated; the program's linker leaves that out
		"PULLQUOTE_ANSWER_TIMEOUT=600", "PULLQUOTE_CHAT_TIMEOUT=90", // a busy machine is no fault of the server
	}
	roomy := newSoaked(t, slices.Concat(env, []string{"OPENAI_BASE_URL=" + ample.URL, fmt.Sprint("PULLQUOTE_MODEL_CALLS=", streams+2*leaving+others)}))
	room := max(10, streams/10) // so many that both kinds of its clients get some of it
	tight := newSoaked(t, slices.Concat(env, []string{"OPENAI_BASE_URL=" + scarce.URL, fmt.Sprint("PULLQUOTE_MODEL_CALLS=", room)}))
	answerID := roomy.prepare(t)

	key := func(args ...string) (key string) {
		var made struct{ Key string }
		args = append([]string{"keys", "create", "--json", "--name", "desk", "--collections", "*"}, args...)
		if err := json.Unmarshal([]byte(finish(t, roomy.server.env, args...)), &made); err != nil {
			t.Fatal(err)
		}
		return made.Key
	}
	desk := key("--scopes", "read,write,admin")
	modest, eager, poor := key("--scopes", "read", "--rate", "600"), key("--scopes", "read", "--rate", "30"), key("--scopes", "read", "--budget", "1/month")
	roomy.server.key, tight.server.key = desk, desk
	roomy.kinds = []soakedKind{
		{"event streams", streams, desk, 0, streamed, []string{"done, llm"}},
		{"event streams that are left", leaving, desk, 50 * time.Millisecond, leaveStream, []string{"left"}},
		{"uploads that are left", 2, desk, 50 * time.Millisecond, leaveUpload, []string{"left"}},
		{"answers without the model", 1, desk, 50 * time.Millisecond, posted("/v1/answers", `{"question": "When do the trees flower?", "mode": "extractive"}`), []string{"200 extractive"}},
		{"chat completions", 1, desk, 50 * time.Millisecond, posted("/v1/chat/completions", `{"model": "pullquote", "messages": [{"role": "user", "content": "When do the trees flower?"}]}`), []string{"200"}},
		{"searches", 2, desk, 50 * time.Millisecond, posted("/v1/search", `{"query": "second week of May"}`), []string{"200"}},
		{"drafts", 1, desk, 50 * time.Millisecond, posted("/v1/verify", `{"text": "Ivo Rook said: “In the second week of May.”"}`), []string{"200"}},
		{"transcripts that come and go", 2, desk, 50 * time.Millisecond, comeAndGo, []string{"all of it"}},
		{"exports", 1, desk, 50 * time.Millisecond, got(exportsOf(answerID)...), []string{"all of it"}},
		{"pages", 1, desk, 50 * time.Millisecond, got("/", "/library", "/verify", "/clippings", "/mentions", "/docs", "/openapi.json", "/readyz", "/v1/transcripts", "/v1/questions"), []string{"all of it"}},
		{"MCP", 2, desk, 50 * time.Millisecond, callTools, []string{"all of it"}},
		{"a key below its rate", 1, modest, 200 * time.Millisecond, posted("/v1/search", `{"query": "cold year"}`), []string{"200"}}, // 300 a minute at most
		{"a key beyond its rate", 2, eager, 0, posted("/v1/search", `{"query": "cold year"}`), []string{"200", "429 rate_limited"}},
		{"a key beyond its budget", 1, poor, 0, posted("/v1/answers", `{"question": "When do the trees flower?", "mode": "llm"}`), []string{"429 budget_spent"}}, // once it has asked
	}
	tight.kinds = []soakedKind{
		{"event streams for a busy model", streams / 5, desk, 0, streamed, []string{"done, llm", "error unavailable"}},
		{"answers of a busy model", streams / 5, desk, 0, posted("/v1/answers", `{"question": "When do the trees flower?"}`), []string{"200 llm", "503 unavailable"}},
	}
	both := []*soaked{roomy, tight}
	ample.hurry.Store(true)
	scarce.hurry.Store(true)
	// Before the base each client has come once: code is read from the program's file when it is
	// used first, and what is made then once and for all, such as templates, is no leak.
	for _, s := range both {
		var err error
		if s.cold, err = s.footprint(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.run(t, func() bool { return true })
	}
	if long {
		time.Sleep(quietInterval + 4*returnInterval) // until all is given back
	}
	for _, s := range both {
		s.settle(t)
		clear(s.came)
		if !long {
			s.base.memory += spareMemory >> 10 // which is not waited for
		}
	}
	ample.hurry.Store(false)
	scarce.hurry.Store(false)

	began := time.Now()
	over := func() bool {
		return time.Since(began) > lasts && (roomy.complete() && tight.complete() || time.Since(began) > lasts+2*time.Minute)
	}
	var all sync.WaitGroup
	for _, s := range both {
		all.Go(func() { s.run(t, over) })
	}
	for !over() {
		time.Sleep(100 * time.Millisecond)
	}
	scarce.hurry.Store(true)
	all.Wait()
	t.Logf("after %s:", time.Since(began).Round(time.Second))
	for _, s := range both {
		s.report(t)
		s.givesBack(t)
	}
	for _, s := range both {
		s.server.stop(t, syscall.SIGTERM)
	}
}

// patience is how long a call to the model waits for its turn before it is refused.
const patience = 10 * time.Second

// soakedModel writes honest replies: it thinks, and then it writes, or does both at once.
type soakedModel struct {
	*llmtest.Server
	hurry atomic.Bool
}

func newSoakedModel(t *testing.T, thinks, writes time.Duration) *soakedModel {
	m, honest := new(soakedModel), llmtest.Honest()
	m.Server = llmtest.New(t, func(r llmtest.Request) llmtest.Reply {
		for begun := time.Now(); time.Since(begun) < thinks && !m.hurry.Load(); {
			_ = pause.For(t.Context(), 50*time.Millisecond)
		}
		said := honest(r)
		said.Header = map[string]string{"Connection": "close"} // what the server keeps for the next call would be now in the base, now beyond it
		if m.hurry.Load() {
			return said
		}
		var slow []llmtest.Event
		for _, e := range said.Events {
			slow = append(slow, llmtest.Pause(writes/time.Duration(len(said.Events))), e)
		}
		said.Events = slow
		return said
	})
	return m
}

// soaked is a server under load.
type soaked struct {
	server *runningServer
	client *http.Client
	kinds  []soakedKind
	cold   footprint // before any client has come
	base   footprint // once each has, and all have gone

	lock sync.Mutex
	came map[string]map[string]int // what came of requests, by their kind
	most footprint                 // of those that were taken under load
}

// soakedKind is what some clients do again and again.
type soakedKind struct {
	name    string
	clients int
	key     string
	pause   time.Duration // between two times
	do      func(ctx context.Context, s *soaked, key string) (came string, retry time.Duration)
	want    []string // all that may come of it, each at least once
}

func newSoaked(t *testing.T, env []string) *soaked {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 0, 1000
	return &soaked{server: startServer(t, env...), client: &http.Client{Transport: transport}, came: map[string]map[string]int{}}
}

// prepare stores what is asked about, and an answer to export.
func (s *soaked) prepare(t *testing.T) (answerID string) {
	s.server.expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename=orchard.json", orchard, `"The Blue Orchard"`)
	var answer struct{ ID string }
	response, err := s.server.post(t, "/v1/answers", "application/json", `{"question": "When do the trees flower?", "mode": "extractive"}`)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return answer.ID
}

// run has all clients do what they do until it is over, each once at the least. They wait as
// long as they are told to.
func (s *soaked) run(t *testing.T, over func() bool) {
	ctx, end := context.WithCancel(t.Context())
	defer end()
	var clients, watching sync.WaitGroup
	for _, k := range s.kinds {
		for range k.clients {
			clients.Go(func() {
				for {
					came, retry := k.do(t.Context(), s, k.key)
					s.count(k.name, came)
					for until := time.Now().Add(max(k.pause, retry)); time.Now().Before(until) && !over(); {
						_ = pause.For(ctx, min(k.pause+10*time.Millisecond, 200*time.Millisecond))
					}
					if over() {
						return
					}
				}
			})
		}
	}
	watching.Go(func() {
		for pause.For(ctx, time.Second) == nil {
			if f, err := s.footprint(ctx); err == nil {
				s.most.raise(f)
			}
		}
	})
	clients.Wait()
	end()
	watching.Wait()
	s.client.CloseIdleConnections()
}

func (s *soaked) count(kind, came string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.came[kind] == nil {
		s.came[kind] = map[string]int{}
	}
	s.came[kind][came]++
}

// complete reports whether all has come that is to come.
func (s *soaked) complete() bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, k := range s.kinds {
		for _, want := range k.want {
			if s.came[k.name][want] == 0 {
				return false
			}
		}
	}
	return true
}

// report holds what came to what may.
func (s *soaked) report(t *testing.T) {
	for _, k := range s.kinds {
		t.Logf("%s, %d at once: %v", k.name, k.clients, s.came[k.name])
		if got := slices.Sorted(maps.Keys(s.came[k.name])); !slices.Equal(got, slices.Sorted(slices.Values(k.want))) {
			t.Errorf("%s: there came %q, want %q", k.name, got, k.want)
		}
	}
}

// footprint is what a server has of the system.
type footprint struct {
	goroutines  int
	descriptors int // open ones, but for the pool's: mostly of connections to clients and the model
	connections int // to the database, in use
	memory      int // resident, in kB
	anonymous   int // of it, in kB: what the program has taken; the rest is read from its file
}

func (f *footprint) raise(by footprint) {
	f.goroutines, f.descriptors = max(f.goroutines, by.goroutines), max(f.descriptors, by.descriptors)
	f.connections = max(f.connections, by.connections)
	f.memory, f.anonymous = max(f.memory, by.memory), max(f.anonymous, by.anonymous)
}

func (f footprint) String() string {
	return fmt.Sprintf("%d goroutines, %d descriptors, %d connections to the database in use, %.1f MB, of which %.1f are not of files",
		f.goroutines, f.descriptors, f.connections, float64(f.memory)/1024, float64(f.anonymous)/1024)
}

// within reports whether a server has no more than a tenth above the base.
func (f footprint) within(base footprint) bool {
	tenthAbove := func(n int) int { return n + n/10 }
	return f.goroutines <= tenthAbove(base.goroutines) && f.descriptors <= tenthAbove(base.descriptors) &&
		f.connections <= tenthAbove(base.connections) && f.memory <= tenthAbove(base.memory)
}

// footprint asks the server's metrics, by a connection of its own each time, and the system.
func (s *soaked) footprint(ctx context.Context) (f footprint, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.server.url+"/metrics", nil)
	if err != nil {
		return f, err
	}
	request.Header.Set("Authorization", "Bearer "+s.server.key)
	request.Close = true
	response, err := s.client.Do(request)
	if err != nil {
		return f, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return f, err
	}
	values := map[string]int{}
	for _, line := range regexp.MustCompile(`(?m)^(\w+(?:\{state="\w+"\})?) (\S+)$`).FindAllSubmatch(text, -1) {
		value, _ := strconv.ParseFloat(string(line[2]), 64)
		values[string(line[1])] = int(value)
	}
	idle, used := values[`pullquote_db_connections{state="idle"}`], values[`pullquote_db_connections{state="acquired"}`]
	f = footprint{goroutines: values["go_goroutines"], descriptors: values["process_open_fds"] - idle - used, connections: used}
	if f.memory, err = kilobytes(s.server.process.Pid, "VmRSS"); err != nil {
		return f, err
	}
	f.anonymous, err = kilobytes(s.server.process.Pid, "RssAnon")
	return f, err
}

// await measures until it is enough, for two minutes at the most: connections that were closed are
// noticed within moments, and memory is given back when the server has been quiet for a while.
func (s *soaked) await(t *testing.T, enough func(footprint) bool) (f footprint, is bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(time.Second) {
		var err error
		if f, err = s.footprint(t.Context()); err != nil {
			t.Fatal(err)
		}
		if enough(f) {
			return f, true
		}
	}
	return f, false
}

// settle takes the base: when nothing comes and goes any more.
func (s *soaked) settle(t *testing.T) {
	t.Helper()
	var last footprint
	base, settled := s.await(t, func(f footprint) bool {
		same := f.goroutines == last.goroutines && f.descriptors == last.descriptors
		last = f
		return same
	})
	if !settled || base.goroutines == 0 || base.descriptors == 0 || base.memory == 0 {
		t.Fatalf("there is no base: %s", base)
	}
	s.base = base
}

// givesBack holds the server to its base.
func (s *soaked) givesBack(t *testing.T) {
	t.Helper()
	after, within := s.await(t, func(f footprint) bool { return f.within(s.base) })
	t.Logf("at first: %s", s.cold)
	t.Logf("before: %s", s.base)
	t.Logf("most: %s", s.most)
	t.Logf("after: %s", after)
	if !within {
		t.Errorf("the server has %s, and had %s", after, s.base)
	}
}

// send sends a request with a key.
func (s *soaked) send(ctx context.Context, key, method, path, accept string, body io.Reader) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, s.server.url+path, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+key)
	request.Header.Set("Accept", accept)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return s.client.Do(request)
}

// exchange sends a request and reads what is answered: its status, and of an error the code.
func (s *soaked) exchange(ctx context.Context, key, method, path, body string) (came string, retry time.Duration, text []byte) {
	var sent io.Reader
	if body != "" {
		sent = strings.NewReader(body)
	}
	response, err := s.send(ctx, key, method, path, "application/json", sent)
	if err != nil {
		return err.Error(), 0, nil
	}
	defer response.Body.Close()
	if text, err = io.ReadAll(response.Body); err != nil {
		return err.Error(), 0, nil
	}
	came = strconv.Itoa(response.StatusCode)
	if response.StatusCode < http.StatusBadRequest {
		return came, 0, text
	}
	var p refusal
	if err := json.Unmarshal(text, &p); err != nil {
		return fmt.Sprintf("%s %s", came, text), 0, nil
	}
	if response.Header.Get("Retry-After") != strconv.Itoa(p.RetryAfter) {
		return fmt.Sprintf("%s, Retry-After %q", p, response.Header.Get("Retry-After")), 0, nil
	}
	return fmt.Sprint(came, " ", p), time.Duration(p.RetryAfter) * time.Second, text
}

// refusal is an error as clients are told it.
type refusal struct {
	Code, Detail string
	RetryAfter   int `json:"retry_after"`
}

func (p refusal) String() string {
	if p.RetryAfter == 0 {
		return fmt.Sprintf("%s, without a time to come again: %s", p.Code, p.Detail)
	}
	return p.Code
}

// posted posts a body, and tells of an answer who chose its quotations.
func posted(path, body string) func(context.Context, *soaked, string) (string, time.Duration) {
	return func(ctx context.Context, s *soaked, key string) (string, time.Duration) {
		came, retry, text := s.exchange(ctx, key, http.MethodPost, path, body)
		var answer struct{ Mode string }
		if json.Unmarshal(text, &answer) == nil && answer.Mode != "" {
			came += " " + answer.Mode
		}
		return came, retry
	}
}

// got gets some paths, one after the other.
func got(paths ...string) func(context.Context, *soaked, string) (string, time.Duration) {
	return func(ctx context.Context, s *soaked, key string) (string, time.Duration) {
		for _, path := range paths {
			if came, retry, _ := s.exchange(ctx, key, http.MethodGet, path, ""); came != "200" {
				return path + ": " + came, retry
			}
		}
		return "all of it", 0
	}
}

func exportsOf(answer string) (paths []string) {
	for _, format := range []string{"md", "html", "docx", "pdf", "json", "csl", "bib", "ris"} {
		paths = append(paths, "/v1/answers/"+answer+"/export?format="+format)
	}
	return paths
}

// openStream asks for an answer as events.
func (s *soaked) openStream(ctx context.Context, key string) (*http.Response, error) {
	return s.send(ctx, key, http.MethodPost, "/v1/answers", "text/event-stream", strings.NewReader(`{"question": "When do the trees flower?"}`))
}

// streamed reads an answer as events to the end: who chose its quotations, or the error.
func streamed(ctx context.Context, s *soaked, key string) (came string, retry time.Duration) {
	response, err := s.openStream(ctx, key)
	if err != nil {
		return err.Error(), 0
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err.Error(), 0
	}
	var end string
	for event := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n\n") {
		if !strings.HasPrefix(event, ":") { // a comment is no event, and may come at the moment of the last
			end = event
		}
	}
	name, data, _ := strings.Cut(end, "\ndata: ")
	var last struct {
		refusal
		Mode      string
		Citations []struct{ Quote string }
	}
	if err := json.Unmarshal([]byte(data), &last); err != nil {
		return fmt.Sprintf("%s, which ends with %q", response.Status, name), 0
	}
	switch name {
	case "event: error":
		return "error " + last.refusal.String(), time.Duration(last.RetryAfter) * time.Second
	case "event: done":
		for _, c := range last.Citations {
			if !strings.Contains(orchard, c.Quote) {
				return "a quotation that nobody said: " + c.Quote, 0
			}
		}
		return "done, " + last.Mode, 0
	}
	return "an end with " + name, 0
}

// leaveStream hangs up in the middle of an answer.
func leaveStream(ctx context.Context, s *soaked, key string) (came string, retry time.Duration) {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	response, err := s.openStream(ctx, key)
	if err != nil {
		return err.Error(), 0
	}
	defer response.Body.Close()
	line, err := bufio.NewReader(response.Body).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "event: retrieval") && !strings.HasPrefix(line, ":") { // a comment, where that takes long
		return fmt.Sprintf("%s, which begins with %q (%v)", response.Status, line, err), 0
	}
	_ = pause.For(ctx, moment(time.Second))
	return "left", 0
}

// leaveUpload hangs up in the middle of a file.
func leaveUpload(ctx context.Context, s *soaked, key string) (came string, retry time.Duration) {
	body, file := io.Pipe()
	go func() {
		_, _ = io.WriteString(file, orchard[:len(orchard)/2])
		_ = pause.For(ctx, moment(time.Second))
		file.CloseWithError(io.ErrClosedPipe)
	}()
	response, err := s.send(ctx, key, http.MethodPost, "/v1/transcripts?filename=left.json", "application/json", body)
	if err == nil {
		response.Body.Close()
		return response.Status, 0
	}
	return "left", 0
}

// comeAndGo stores a transcript, finds it, exports it, and deletes it.
func comeAndGo(ctx context.Context, s *soaked, key string) (came string, retry time.Duration) {
	place := fmt.Sprintf("place-%x", rand.Uint64())
	came, retry, text := s.exchange(ctx, key, http.MethodPost, "/v1/transcripts?collection=passing&filename="+place+".json", transcriptOf(place))
	var added uploaded
	if came != "201" || json.Unmarshal(text, &added) != nil {
		return came, retry
	}
	for _, step := range []struct{ method, path, body, want string }{
		{http.MethodPost, "/v1/search", fmt.Sprintf(`{"query": "tree 7 of %s", "filter": {"collection": "passing"}}`, place), "200"},
		{http.MethodGet, "/v1/transcripts/" + added.ID + "/export?format=md", "", "200"},
		{http.MethodDelete, "/v1/transcripts/" + added.ID, "", "204"},
	} {
		if came, retry, _ = s.exchange(ctx, key, step.method, step.path, step.body); came != step.want {
			return step.method + " " + step.path[:len("/v1/search")] + ": " + came, retry
		}
	}
	return "all of it", 0
}

// keyed adds a key to what a client of another's sends.
type keyed struct {
	http.RoundTripper
	key string
}

func (k keyed) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+k.key)
	return k.RoundTripper.RoundTrip(r)
}

// callTools has the SDK's own client of MCP call tools.
func callTools(ctx context.Context, s *soaked, key string) (came string, retry time.Duration) {
	client := &http.Client{Transport: keyed{s.client.Transport, key}}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).
		Connect(ctx, &mcp.StreamableClientTransport{Endpoint: s.server.url + "/mcp", HTTPClient: client}, nil)
	if err != nil {
		return err.Error(), 0
	}
	defer session.Close()
	for tool, arguments := range map[string]map[string]any{
		"search":        {"query": "second week of May"},
		"ask":           {"question": "When do the trees flower?"},
		"verify_quotes": {"text": "Ivo Rook said: “In the second week of May.”"},
	} {
		result, err := session.CallTool(ctx, &mcp.CallToolParams{Name: tool, Arguments: arguments})
		if err != nil {
			return tool + ": " + err.Error(), 0
		}
		if result.IsError {
			return fmt.Sprintf("%s: %v", tool, result.Content), 0
		}
	}
	return "all of it", 0
}

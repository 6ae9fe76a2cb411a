//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/pause"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// TestServersAndReplicas has three servers behind a balancer and one process that works alone on a
// primary and two replicas, and kills each of them in turn – the primary, too, in whose place the
// replica comes that has most – while clients upload, search and ask, and repeat what fails.
// Nothing that was acknowledged is lost, whoever has stored something finds it at once by
// whichever server, and no client is told anything but to try again. PULLQUOTE_FAILOVERS is how
// often all of them are killed, for long runs.
func TestServersAndReplicas(t *testing.T) {
	t.Parallel()
	rounds := 1
	if n, err := strconv.Atoi(os.Getenv("PULLQUOTE_FAILOVERS")); err == nil {
		rounds = n
	}
	f := newFleet(t)
	ctx, end := context.WithCancel(t.Context())
	defer end()
	var clients sync.WaitGroup
	for i := range 3 {
		clients.Go(func() { f.use(ctx, t, fmt.Sprint("client-", i)) })
	}
	f.settled(t)
	f.examine(t)
	for range rounds {
		for i := range f.servers {
			f.fails(t, "a server", func() {
				f.servers[i].process.Kill()
				<-f.servers[i].exited
				f.servers[i] = startServerAt(t, strings.TrimPrefix(f.servers[i].url, "http://"), f.env...)
			})
		}
		f.fails(t, "the process that works", func() {
			f.worker.process.Kill()
			<-f.worker.exited
			f.worker = startProcess(t, "work", "127.0.0.1:0", f.env...)
		})
		for _, m := range f.record.Members {
			if m != f.primary {
				f.fails(t, "a replica", func() {
					m.Kill(t)
					time.Sleep(2 * time.Second) // its end is noticed
					m.Start(t)
				})
				f.settled(t)
			}
		}
		former := f.primary
		f.fails(t, "the primary", func() { f.promote(t) })
		former.Rejoin(t, f.primary)
		f.settled(t)
		if t.Failed() {
			break
		}
	}
	end()
	clients.Wait()
	f.check(t)
	f.log(t)
	for _, s := range append(f.servers, f.worker) {
		s.stop(t, syscall.SIGTERM)
	}
}

// fleet is all that runs, and what clients were told.
type fleet struct {
	record  *postgrestest.Replicated
	primary *postgrestest.Member
	env     []string
	servers []*runningServer
	worker  *runningServer
	address string // of the balancer
	key     string

	lock    sync.Mutex
	stored  map[string]string // the ids of transcripts by their places
	answers map[string]string // by their questions' keys
	repeats int               // of requests
	waits   map[string]map[string]time.Duration
	failing string // what is being killed
}

func newFleet(t *testing.T) *fleet {
	f := &fleet{record: postgrestest.NewReplicated(t, 2, true), stored: map[string]string{}, answers: map[string]string{}, waits: map[string]map[string]time.Duration{}}
	f.primary = f.record.Members[0]
	f.env = []string{
		"DATABASE_URL=" + f.record.URL(), "DATABASE_READ_URLS=" + strings.Join(f.record.ReadURLs(), ","), "PULLQUOTE_EMBEDDING_MODEL=builtin",
		"PULLQUOTE_DATA_DIR=" + t.TempDir(),
	}
	var made struct{ Key string }
	if err := json.Unmarshal([]byte(finish(t, f.env, "keys", "create", "--json", "--name", "load", "--scopes", "read,write,admin", "--collections", "*")), &made); err != nil {
		t.Fatalf("a key: %v", err)
	}
	f.key = made.Key
	for range 3 {
		f.servers = append(f.servers, startServer(t, f.env...))
	}
	f.worker = startProcess(t, "work", "127.0.0.1:0", f.env...)
	f.address = balance(t, f.servers)
	return f
}

// balance leads connections to servers that are ready, one after the other.
func balance(t *testing.T, servers []*runningServer) (address string) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	ready := make([]atomic.Bool, len(servers))
	hosts := make([]string, len(servers))
	probe := http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for i, s := range servers {
		url := s.url // which it has again when it is started anew
		hosts[i] = strings.TrimPrefix(url, "http://")
		go func() {
			for pause.For(t.Context(), 100*time.Millisecond) == nil {
				response, err := probe.Get(url + "/readyz")
				if err == nil {
					response.Body.Close()
				}
				ready[i].Store(err == nil && response.StatusCode == http.StatusOK)
			}
		}()
	}
	var turn atomic.Uint32
	lead := func(client net.Conn) {
		defer client.Close()
		first := int(turn.Add(1) % uint32(len(hosts)))
		for i := range hosts {
			at := (first + i) % len(hosts)
			if !ready[at].Load() {
				continue
			}
			server, err := net.DialTimeout("tcp", hosts[at], time.Second)
			if err != nil {
				continue
			}
			defer server.Close()
			go func() {
				defer client.Close()
				_, _ = io.Copy(client, server)
			}()
			_, _ = io.Copy(server, client)
			return
		}
	}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go lead(client)
		}
	}()
	return listener.Addr().String()
}

// through sends each request over a connection of its own, so that the balancer chooses anew. A
// try has the time that a server's own statements may wait for.
var through = http.Client{Timeout: 15 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}

// do sends a request until it is answered, with what succeeds alone: a client repeats what is not
// answered, and what it is told to repeat.
func (f *fleet) do(ctx context.Context, kind, method, path, body string, header http.Header, into any) error {
	began := time.Now()
	for {
		status, text, err := f.try(ctx, method, path, body, header)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil && status < 300:
			f.took(kind, began)
			return json.Unmarshal(text, into)
		case err == nil && status != http.StatusServiceUnavailable && status != http.StatusConflict:
			return fmt.Errorf("%s %s: status %d: %s", method, path, status, text)
		case time.Since(began) > time.Minute:
			return fmt.Errorf("%s %s is not answered for a minute: status %d: %s, %w", method, path, status, text, err)
		}
		f.lock.Lock()
		f.repeats++
		f.lock.Unlock()
		_ = pause.For(ctx, 50*time.Millisecond)
	}
}

func (f *fleet) try(ctx context.Context, method, path, body string, header http.Header) (status int, text []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, method, "http://"+f.address+path, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	maps.Copy(request.Header, header)
	request.Header.Set("Authorization", "Bearer "+f.key)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := through.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	text, err = io.ReadAll(response.Body)
	if err != nil || response.Header.Get("Content-Type") != "text/event-stream" {
		return response.StatusCode, text, err
	}
	event, data := "", ""
	for line := range strings.Lines(string(text)) { // of which the last event counts
		if name, ok := strings.CutPrefix(line, "event: "); ok {
			event, data = strings.TrimSpace(name), ""
		} else if more, ok := strings.CutPrefix(line, "data: "); ok {
			data = more
		}
	}
	var problem plainProblem
	switch event {
	case "done":
		return response.StatusCode, []byte(data), nil
	case "error":
		err := json.Unmarshal([]byte(data), &problem)
		return problem.Status, []byte(data), err
	}
	return 0, nil, io.ErrUnexpectedEOF // its server was killed
}

// took notes for how long a client waited, with all repetitions.
func (f *fleet) took(kind string, began time.Time) {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.waits[f.failing] == nil {
		f.waits[f.failing] = map[string]time.Duration{}
	}
	f.waits[f.failing][kind] = max(f.waits[f.failing][kind], time.Since(began))
}

// use is a client: it uploads, searches for what it has uploaded, and asks about it.
func (f *fleet) use(ctx context.Context, t *testing.T, name string) {
	for n := 0; ctx.Err() == nil; n++ {
		if err := f.useOnce(ctx, fmt.Sprintf("%s-%d", name, n)); err != nil && ctx.Err() == nil {
			t.Error(err)
		}
	}
}

func (f *fleet) useOnce(ctx context.Context, place string) error {
	var uploaded struct{ ID string }
	if err := f.do(ctx, "a write", "POST", "/v1/transcripts?filename="+place+".json", transcriptOf(place), nil, &uploaded); err != nil {
		return err
	}
	f.lock.Lock()
	f.stored[place] = uploaded.ID
	f.lock.Unlock()
	var found struct {
		Hits []struct {
			TranscriptID string `json:"transcript_id"`
		}
	}
	if err := f.do(ctx, "a read", "POST", "/v1/search", fmt.Sprintf(`{"query":"trees of %s","limit":3,"filter":{"transcript":%q}}`, place, uploaded.ID), nil, &found); err != nil {
		return err // a transcript that the server does not see is an error, too
	}
	if len(found.Hits) == 0 || found.Hits[0].TranscriptID != uploaded.ID {
		return fmt.Errorf("what was stored is not found: %s, %+v", place, found)
	}
	for _, accept := range []string{"application/json", "text/event-stream"} { // whoever asks again under the same key is given the same answer, by any server
		var answered struct{ ID string }
		question := fmt.Sprintf(`{"question":"When does tree 7 of %s flower?"}`, place)
		if err := f.do(ctx, "an answer", "POST", "/v1/answers", question, http.Header{"Idempotency-Key": {place}, "Accept": {accept}}, &answered); err != nil {
			return err
		}
		f.lock.Lock()
		former := f.answers[place]
		f.answers[place] = answered.ID
		f.lock.Unlock()
		if former != "" && former != answered.ID {
			return fmt.Errorf("the question about %s has the answers %s and %s", place, former, answered.ID)
		}
	}
	return nil
}

// fails has something fail, and waits until each kind of request has been answered that was sent
// afterwards.
func (f *fleet) fails(t *testing.T, what string, fail func()) {
	t.Helper()
	time.Sleep(500 * time.Millisecond)
	f.lock.Lock()
	f.failing = what
	f.lock.Unlock()
	fail()
	began := time.Now()
	if err := f.useOnce(t.Context(), fmt.Sprint("after-", began.UnixNano())); err != nil {
		t.Errorf("after the end of %s: %v", what, err)
	}
	f.lock.Lock()
	f.failing = ""
	f.lock.Unlock()
}

// promote kills the primary and makes the standby the primary that has most of it.
func (f *fleet) promote(t *testing.T) {
	t.Helper()
	former := f.primary
	former.Kill(t)
	standbys := slices.DeleteFunc(slices.Clone(f.record.Members), func(m *postgrestest.Member) bool { return m == former })
	f.primary = slices.MaxFunc(standbys, func(a, b *postgrestest.Member) int { return int(a.Received(t) - b.Received(t)) })
	f.primary.Promote(t)
	for _, m := range standbys {
		if m != f.primary {
			m.FollowInstead(t, f.primary)
		}
	}
}

// settled waits until every server reads from both replicas.
func (f *fleet) settled(t *testing.T) {
	t.Helper()
	for _, s := range f.servers {
		for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
			request, err := http.NewRequestWithContext(t.Context(), "GET", s.url+"/metrics", nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Authorization", "Bearer "+f.key)
			response, err := through.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := io.ReadAll(response.Body)
			response.Body.Close()
			inUse := 0
			for line := range strings.Lines(string(text)) {
				if strings.HasPrefix(line, "pullquote_replica_in_use{") && strings.HasSuffix(strings.TrimSpace(line), " 1") {
					inUse++
				}
			}
			if inUse == 2 {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("a server reads from %d replicas: %s", inUse, s.log)
			}
		}
	}
}

// examine has the doctor look at the replicas.
func (f *fleet) examine(t *testing.T) {
	t.Helper()
	out := finish(t, f.env, "doctor", "--json")
	var findings []finding
	err := json.Unmarshal([]byte(out), &findings)
	i := slices.IndexFunc(findings, func(f finding) bool { return f.Check == "replicas" })
	if err != nil || i < 0 || strings.Count(findings[i].Detail, "it is read from") != 2 || strings.Count(findings[i].Detail, "it is the primary") != 1 {
		t.Errorf("the doctor finds %s, %v", out, err)
	}
}

// check holds the record to what was acknowledged.
func (f *fleet) check(t *testing.T) {
	t.Helper()
	stored := map[string]int{}
	for cursor := ""; ; {
		var page struct {
			Transcripts []struct {
				ID, Title string
			}
			NextCursor *string `json:"next_cursor"`
		}
		if err := f.do(t.Context(), "a read", "GET", "/v1/transcripts?limit=200&cursor="+cursor, "", nil, &page); err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Transcripts {
			stored[strings.TrimPrefix(r.Title, "The orchard of ")]++
		}
		if page.NextCursor == nil {
			break
		}
		cursor = *page.NextCursor
	}
	for place, id := range f.stored {
		var turns struct{ Turns []struct{ Text string } }
		if err := f.do(t.Context(), "a read", "GET", "/v1/transcripts/"+id+"/turns", "", nil, &turns); err != nil {
			t.Fatal(err)
		}
		if len(turns.Turns) != statements || stored[place] != 1 {
			t.Errorf("the transcript of %s is stored %d times, with %d turns", place, stored[place], len(turns.Turns))
		}
	}
	for place, id := range f.answers {
		var a struct{ Citations []struct{ Quote string } }
		if err := f.do(t.Context(), "a read", "GET", "/v1/answers/"+id, "", nil, &a); err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(a.Citations, func(c struct{ Quote string }) bool {
			return strings.HasSuffix(c.Quote, " of "+place+" flowers in May.")
		}) {
			t.Errorf("the answer about %s quotes %+v", place, a.Citations)
		}
	}
}

// log tells for how long clients waited.
func (f *fleet) log(t *testing.T) {
	t.Helper()
	t.Logf("%d transcripts and %d answers were acknowledged, and are there; %d requests were repeated", len(f.stored), len(f.answers), f.repeats)
	for _, what := range slices.Sorted(maps.Keys(f.waits)) {
		during := "the end of " + what
		if what == "" {
			during = "anything else"
		}
		t.Logf("the longest waits during %s: %v", during, f.waits[what])
	}
}

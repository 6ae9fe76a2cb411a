package main

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// ask puts a question and reads what is answered.
func (s *runningServer) ask(t *testing.T, body string) (status int, retryAfter string, answered struct{ Mode, Notice, Code, Detail string }) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/v1/answers", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+s.key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Error(err)
		return 0, "", answered
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&answered); err != nil {
		t.Error(err)
	}
	return response.StatusCode, response.Header.Get("Retry-After"), answered
}

// A key has a rate and a budget at two servers together. When the budget is used up answers
// are made without the model, and say so; who insists on the model is refused. Other limits
// hold from the next request on.
func TestServeKeepsToLimits(t *testing.T) {
	t.Parallel()
	model := llmtest.New(t, llmtest.Honest())
	env := []string{
		"DATABASE_URL=" + postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL=builtin",
		"OPENAI_BASE_URL=" + model.URL, "PULLQUOTE_CHAT_MODEL=scripted",
	}
	servers := []*runningServer{startServer(t, env...), startServer(t, env...)}
	servers[0].expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename=orchard.json", orchard, `"The Blue Orchard"`)
	create := func(args ...string) (id, key string) {
		var made struct{ ID, Key string }
		args = append([]string{"keys", "create", "--json", "--name", "desk", "--scopes", "read", "--collections", "*"}, args...)
		if err := json.Unmarshal([]byte(finish(t, env, args...)), &made); err != nil {
			t.Fatal(err)
		}
		return made.ID, made.Key
	}
	const flower = `{"question": "When do the trees flower?"}`

	id, key := create("--rate", "4")
	for i := range 5 {
		s := servers[i%2]
		s.key = key
		status, after, answered := s.ask(t, flower)
		if seconds, _ := strconv.Atoi(after); i < 4 && (status != http.StatusOK || answered.Mode != "llm") ||
			i == 4 && (status != http.StatusTooManyRequests || answered.Code != "rate_limited" || seconds < 1 || seconds > 15) {
			t.Errorf("request %d: status %d, Retry-After %q, %+v", i, status, after, answered)
		}
	}
	servers[0].expect(t, http.StatusTooManyRequests, "POST", "/v1/chat/completions", `{"model":"pullquote","messages":[{"role":"user","content":"When do the trees flower?"}]}`, `"rate_limit_error"`)
	servers[1].expect(t, http.StatusTooManyRequests, "POST", "/mcp", `{}`, `"rate_limited"`)
	servers[1].expect(t, http.StatusOK, "GET", "/readyz", "", `"ready"`)

	finish(t, env, "keys", "limit", id, "--rate", "2")
	for i, want := range []int{http.StatusOK, http.StatusOK, http.StatusTooManyRequests} {
		if status, _, answered := servers[i%2].ask(t, flower); status != want {
			t.Errorf("request %d at another rate: status %d, want %d, %+v", i, status, want, answered)
		}
	}

	id, key = create("--budget", "1/day")
	asked := len(model.Requests())
	for i, test := range []struct {
		body, mode, code string
		status           int
	}{
		{flower, "llm", "", http.StatusOK},
		{flower, "extractive", "", http.StatusOK},
		{`{"question": "When do the trees flower?", "mode": "llm"}`, "", "budget_spent", http.StatusTooManyRequests},
		{`{"question": "When do the trees flower?", "mode": "extractive"}`, "extractive", "", http.StatusOK},
	} {
		s := servers[i%2]
		s.key = key
		status, after, answered := s.ask(t, test.body)
		if status != test.status || answered.Mode != test.mode || answered.Code != test.code || (after != "") != (test.code != "") {
			t.Errorf("request %d with a budget: status %d, Retry-After %q, %+v", i, status, after, answered)
		}
		if noticed := strings.Contains(answered.Notice, "this key's budget of 1 tokens a day for the chat model is used up; it is renewed on"); noticed != (i == 1) {
			t.Errorf("request %d with a budget: the notice is %q", i, answered.Notice)
		}
	}
	if n := len(model.Requests()) - asked; n != 1 {
		t.Errorf("the model was asked %d times, want once", n)
	}
	finish(t, env, "keys", "limit", id, "--budget", "1000000/day")
	if status, _, answered := servers[0].ask(t, flower); status != http.StatusOK || answered.Mode != "llm" {
		t.Errorf("with more budget: status %d, %+v", status, answered)
	}
	finish(t, env, "keys", "limit", id, "--budget", "1/day")
	if list := finish(t, env, "keys", "list"); !strings.Contains(list, " of 1 tokens used this day") || strings.Contains(list, " 0 of 1 tokens") || !strings.Contains(list, ", 2 requests a minute, ") {
		t.Errorf("the list of keys is %s", list)
	}
	for _, s := range servers {
		s.stop(t, syscall.SIGTERM)
	}
}

// A model that takes longer than an answer may has the answer made without it, in time.
func TestServeBoundsTheTimeOfAnAnswer(t *testing.T) {
	t.Parallel()
	model := llmtest.New(t, llmtest.Always(llmtest.Stream(llmtest.Hang())))
	s := startServer(t, "DATABASE_URL="+postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL=builtin",
		"OPENAI_BASE_URL="+model.URL, "PULLQUOTE_CHAT_MODEL=scripted", "PULLQUOTE_ANSWER_TIMEOUT=9")
	s.expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename=orchard.json", orchard, `"The Blue Orchard"`)
	status, _, a := s.ask(t, `{"question": "When do the trees flower?"}`)
	if status != http.StatusOK || a.Mode != "extractive" || !strings.Contains(a.Notice, "the model did not finish its reply in the time there was") {
		t.Errorf("status %d, %+v", status, a)
	}
	s.stop(t, syscall.SIGTERM)
}

// More questions than the model may have at once are answered 503 after a while, and those
// that it has come to their end.
func TestServeBoundsCallsToTheModel(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	honest := llmtest.Honest()
	model := llmtest.New(t, func(r llmtest.Request) llmtest.Reply {
		<-release
		return honest(r)
	})
	s := startServer(t, "DATABASE_URL="+postgrestest.Migrated(t), "PULLQUOTE_EMBEDDING_MODEL=builtin",
		"OPENAI_BASE_URL="+model.URL, "PULLQUOTE_CHAT_MODEL=scripted", "PULLQUOTE_MODEL_CALLS=2")
	s.expect(t, http.StatusCreated, "POST", "/v1/transcripts?filename=orchard.json", orchard, `"The Blue Orchard"`)
	var answered, refused atomic.Int32
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			switch status, after, a := s.ask(t, `{"question": "When do the trees flower?"}`); {
			case status == http.StatusOK && a.Mode == "llm":
				answered.Add(1)
			case status == http.StatusServiceUnavailable && a.Code == "unavailable" && after != "":
				if refused.Add(1) == 3 {
					close(release)
				}
			default:
				t.Errorf("status %d, Retry-After %q, %+v", status, after, a)
			}
		})
	}
	defer time.AfterFunc(time.Minute, func() { t.Error("nobody was refused"); close(release) }).Stop()
	all.Wait()
	if answered.Load() != 2 || refused.Load() != 3 {
		t.Errorf("%d were answered and %d refused", answered.Load(), refused.Load())
	}
	s.expect(t, http.StatusOK, "POST", "/v1/answers", `{"question": "When do the trees flower?", "mode": "extractive"}`, `"extractive"`)
	s.stop(t, syscall.SIGTERM)
}

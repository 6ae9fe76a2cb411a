package llm_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
)

const key = "sk-secret"

// prompt is one as Pullquote writes them.
var prompt = answer.Prompt{
	System: "You answer questions about transcripts.",
	User: `Turn: Ines Varga (Harbour Office) | answer | asked by Tom Reed: Why was the ferry stopped? | 2031-05-02 | Briefing
[s1] Good morning to all of you.
[s2] The ferry was stopped because its rudder failed.
[s3] A new rudder for the ferry has been ordered.

Question: Why was the ferry stopped?
`,
	MaxTokens: 200,
}

const honestReply = "According to Ines Varga (Harbour Office): [s2-s3]. "

func TestCompleteOverTheNetwork(t *testing.T) {
	server := llmtest.New(t, llmtest.Shredded(1, llmtest.Honest()), llmtest.WithKey(key))
	model := newClient(t, llm.Config{BaseURL: server.URL + "/", APIKey: key + "\n"})
	text, usage, err := complete(t.Context(), model)
	if err != nil || text != honestReply {
		t.Errorf("got %q and the error %v", text, err)
	}
	if want := (answer.Usage{PromptTokens: 58, CompletionTokens: 7, TotalTokens: 65}); usage != want {
		t.Errorf("used %+v, want %+v", usage, want)
	}
	if model.Name() != "scripted" {
		t.Errorf("the model is called %q", model.Name())
	}
	requests := server.Requests()
	if len(requests) != 1 || requests[0].System != prompt.System || requests[0].User != prompt.User || requests[0].Model != "scripted" {
		t.Errorf("asked %+v", requests)
	}
}

// span is how long something may take, by the bubble's clock.
type span struct{ least, most time.Duration }

var (
	atOnce    = span{}
	onePause  = span{250 * time.Millisecond, 500 * time.Millisecond}
	allPauses = span{1750 * time.Millisecond, 3500 * time.Millisecond} // before the second to fourth request
)

func exactly(d time.Duration) span { return span{d, d} }

// TestFaults shows what becomes of each way to break that llmtest knows.
func TestFaults(t *testing.T) {
	type outcome struct {
		code     fault.Code // empty: the whole reply
		says     string
		requests int
		took     span
	}
	reply := func(requests int, took span) outcome { return outcome{"", "", requests, took} }
	want := map[string]outcome{
		"429 with Retry-After, then a reply":    reply(2, exactly(time.Second)),
		"429 without Retry-After, then a reply": reply(2, onePause),
		"429 always":                            {fault.RateLimited, "too many requests; try again later (it answered with status 429: slow down", 4, allPauses},
		"429 for want of money":                 {fault.Unavailable, "no credit left (top up the account of OPENAI_API_KEY: it answered with status 429: top up", 1, atOnce},
		"500, then a reply":                     reply(2, onePause),
		"500 always":                            {fault.Unavailable, "failed with status 500; try again later (it answered with status 500: the model crashed", 4, allPauses},
		"401":                                   {fault.Unavailable, "refused the key (check OPENAI_API_KEY", 1, atOnce},
		"404":                                   {fault.Unavailable, `no model "scripted" (set PULLQUOTE_CHAT_MODEL`, 1, atOnce},
		"400":                                   {fault.Unavailable, "refused the request with status 400 (it answered with status 400: the prompt is too long", 1, atOnce},
		"a page for browsers":                   {fault.Unavailable, "a web page where the chat model should be (check OPENAI_BASE_URL", 1, atOnce},
		"a page for browsers as 502":            {fault.Unavailable, "failed with status 502", 4, allPauses},
		"silence":                               {fault.Unavailable, "did not begin its reply in time; try again (it had 45s", 1, exactly(45 * time.Second)},
		"silence within the reply":              {fault.Unavailable, "fell silent in the middle of its reply", 1, exactly(30 * time.Second)},
		"hanging up at once, then a reply":      reply(2, onePause),
		"hanging up within the reply":           {fault.Unavailable, "broke off in its reply", 1, atOnce},
		"an end without a finish reason":        {fault.Unavailable, "broke off in its reply", 1, atOnce},
		"malformed JSON":                        {fault.Unavailable, "sent a reply that cannot be read", 1, atOnce},
		"an error within the reply":             {fault.Unavailable, "status 500: out of memory", 1, atOnce},
		"finish reason length":                  {fault.Unavailable, "wrote more than it may", 1, atOnce},
		"finish reason content_filter":          {fault.Unavailable, "content filter", 1, atOnce},
		"nothing but a finish reason":           {fault.Unavailable, "gave no reply", 1, atOnce},
		"empty pieces":                          {fault.Unavailable, "gave no reply", 1, atOnce},
		"a flood":                               {fault.Unavailable, "wrote more than it may", 1, atOnce},
		"one document instead of a stream":      reply(1, atOnce),
	}
	faults := llmtest.Faults(llmtest.Honest())
	if len(faults) != len(want) {
		t.Errorf("there are %d faults and %d outcomes", len(faults), len(want))
	}
	for _, f := range faults {
		t.Run(f.Name, func(t *testing.T) {
			want, known := want[f.Name]
			if !known || f.Passes != (want.code == "") {
				t.Fatalf("no outcome of a fault that passes: %t", f.Passes)
			}
			synctest.Test(t, func(t *testing.T) {
				server := llmtest.NewInMemory(t, f.Script)
				model := newClient(t, llm.Config{BaseURL: server.URL, APIKey: key, HTTPClient: server.Client()})
				start := time.Now()
				text, usage, err := complete(t.Context(), model)
				if took := time.Since(start); took < want.took.least || took > want.took.most {
					t.Errorf("took %s, want %s to %s", took, want.took.least, want.took.most)
				}
				server.Wait()
				if n := len(server.Requests()); n != want.requests {
					t.Errorf("%d requests, want %d", n, want.requests)
				}
				if want.code != "" {
					checkError(t, err, want.code, want.says)
					return
				}
				if err != nil || text != honestReply || usage.TotalTokens != 65 {
					t.Errorf("got %q, %+v and the error %v", text, usage, err)
				}
			})
		})
	}
}

// TestReplies shows what is a reply and what is none.
func TestReplies(t *testing.T) {
	chunk := func(choice string) llmtest.Event { return llmtest.Line(`data: {"choices":[` + choice + `]}`) }
	said := llmtest.Content("Yes.")
	finish := llmtest.Finish("stop")
	for _, test := range []struct {
		name   string
		events []llmtest.Event
		want   string // the reply; the error when it begins with an exclamation mark
	}{
		{"pieces", []llmtest.Event{llmtest.Content("Ye"), llmtest.Content("s."), finish}, "Yes."},
		{"blanks are kept", []llmtest.Event{llmtest.Content("\n Yes. "), finish}, "\n Yes. "},
		{"nulls", []llmtest.Event{chunk(`{"index":0,"delta":{"role":"assistant","content":null}}`), said, chunk(``), chunk(`{"delta":null}`), finish}, "Yes."},
		{"keep-alive comments", []llmtest.Event{llmtest.Line(": PROCESSING"), said, llmtest.Line(":"), finish}, "Yes."},
		{"very many comments", []llmtest.Event{llmtest.Line(strings.Repeat(":\n\n", 1000)), said, finish}, "Yes."},
		{"carriage returns", []llmtest.Event{llmtest.Line("event: message\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"Yes.\"}}]}\r\n\r\n"), finish}, "Yes."},
		{"finished with the last piece", []llmtest.Event{chunk(`{"delta":{"content":"Yes."},"finish_reason":"stop"}`)}, "Yes."},
		{"nothing after the finish reason counts", []llmtest.Event{said, chunk(`{"delta":{},"finish_reason":"stop"}`), llmtest.Line("data: {oops"), llmtest.Cut()}, "Yes."},
		{"other choices", []llmtest.Event{said, chunk(`{"index":1,"delta":{"content":"No."},"finish_reason":"stop"}`), finish}, "Yes."},
		{"Text Generation Inference", []llmtest.Event{said, llmtest.Finish("eos_token")}, "Yes."},

		{"thoughts of their own", []llmtest.Event{llmtest.Thought("Hm."), said, finish}, "Yes."},
		{"thoughts aloud", []llmtest.Event{llmtest.Content("\n<thi"), llmtest.Content("nk>Hm.</thin"), llmtest.Content("k>\n\nYes."), finish}, "Yes."},
		{"no thoughts", []llmtest.Event{llmtest.Content("<think>\n\n</think>\n\nYes."), finish}, "Yes."},
		{"nearly a thought", []llmtest.Event{llmtest.Content("<thi"), finish}, "<thi"},
		{"nothing but thoughts", []llmtest.Event{llmtest.Content("<think>Hm.</think>\n"), finish}, "!gave no reply"},
		{"thoughts without an end", []llmtest.Event{llmtest.Content("<think>Hm."), finish}, "!gave no reply"},
		{"thoughts without a beginning", []llmtest.Event{llmtest.Content("Hm.</th"), llmtest.Content("ink>"), said, finish}, "!mixes its thoughts into its replies"},

		{"blank", []llmtest.Event{llmtest.Content(" \n"), finish}, "!gave no reply"},
		{"a call of a tool", []llmtest.Event{llmtest.Finish("tool_calls")}, "!gave no reply"},
		{"an unknown end", []llmtest.Event{said, llmtest.Finish("error")}, "!gave no reply"},
		{"an error event", []llmtest.Event{said, llmtest.Line("event: error\ndata: {\"error\":{\"message\":\"out of memory\"}}"), llmtest.Hang()}, "!out of memory"},
		{"an error after a comment", []llmtest.Event{llmtest.Line(":"), said, llmtest.Line(`data: {"error":{"message":"out of memory","code":503}}`)}, "!status 503: out of memory"},
		{"an error in words", []llmtest.Event{said, llmtest.Line(`data: {"error":"out of memory"}`)}, "!cannot be read"},
		{"other JSON", []llmtest.Event{said, llmtest.Line(`data: {"choices":"none"}`)}, "!cannot be read"},
		{"a piece cut short", []llmtest.Event{said, llmtest.Line(`data: {"choi`), finish}, "!cannot be read"},
		{"an endless line", []llmtest.Event{said, llmtest.Line("data: " + strings.Repeat("x", 10<<20))}, "!wrote more than it may"},
		{"endless thoughts", append(repeat(llmtest.Thought(strings.Repeat("hm ", 20_000)), 200), said, finish), "!wrote more than it may"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := llmtest.NewInMemory(t, llmtest.Always(llmtest.Stream(test.events...)))
				model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client()})
				text, _, err := complete(t.Context(), model)
				server.Wait()
				if says, failed := strings.CutPrefix(test.want, "!"); failed {
					checkError(t, err, fault.Unavailable, says)
				} else if err != nil || text != test.want {
					t.Errorf("got %q and the error %v, want %q", text, err, test.want)
				}
			})
		})
	}
}

// TestUsage is what a server tells of the tokens that a reply took: nothing where they cannot be.
func TestUsage(t *testing.T) {
	for name, test := range map[string]struct {
		told string
		want answer.Usage
	}{
		"told":                 {`{"prompt_tokens":70,"completion_tokens":3,"total_tokens":73}`, answer.Usage{PromptTokens: 70, CompletionTokens: 3, TotalTokens: 73}},
		"negative":             {`{"prompt_tokens":-5,"completion_tokens":-5,"total_tokens":-10}`, answer.Usage{}},
		"one of them negative": {`{"prompt_tokens":70,"completion_tokens":-1,"total_tokens":69}`, answer.Usage{}},
		"beyond all models":    {`{"prompt_tokens":5000000000000000000,"completion_tokens":3,"total_tokens":5000000000000000003}`, answer.Usage{}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := llmtest.NewInMemory(t, llmtest.Always(llmtest.Stream(
					llmtest.Content("Yes."), llmtest.Line(`data: {"choices":[],"usage":`+test.told+`}`), llmtest.Line(`data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":`+test.told+`}`))))
				model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client()})
				_, usage, err := complete(t.Context(), model)
				server.Wait()
				if err != nil || usage != test.want {
					t.Errorf("got %+v, %v; want %+v", usage, err, test.want)
				}
			})
		})
	}
}

func repeat(e llmtest.Event, n int) []llmtest.Event {
	events := make([]llmtest.Event, n)
	for i := range events {
		events[i] = e
	}
	return events
}

// TestErrorsBeforeTheReply are errors within a stream before any of the reply, which
// can be tried again if they pass.
func TestErrorsBeforeTheReply(t *testing.T) {
	for _, test := range []struct {
		name     string
		event    llmtest.Event
		requests int
	}{
		{"overloaded", llmtest.Line(`data: {"error":{"message":"busy","code":529}}`), 2},
		{"rate limit", llmtest.Line(`data: {"error":{"message":"busy","type":"rate_limit_error"}}`), 2},
		{"an end", llmtest.Line(`data: [DONE]`), 2},
		{"an end within the thoughts", llmtest.Thought("Hm."), 2},
		{"too long a prompt", llmtest.Line(`data: {"error":{"message":"long","type":"invalid_request_error"}}`), 1},
		{"no credit", llmtest.Line(`data: {"error":{"message":"pay","code":402}}`), 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := llmtest.NewInMemory(t, llmtest.InTurn(llmtest.Always(llmtest.Stream(test.event)), llmtest.Literal("Yes.")))
				model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client()})
				text, _, err := complete(t.Context(), model)
				if n := len(server.Requests()); n != test.requests || (err == nil) != (n == 2) || (text == "Yes.") != (n == 2) {
					t.Errorf("got %q and the error %v after %d requests", text, err, n)
				}
			})
		})
	}
}

// TestSlowReplies shows that a model may take its time, as long as it shows signs of
// life.
func TestSlowReplies(t *testing.T) {
	second := llmtest.Pause(time.Second)
	for _, test := range []struct {
		name   string
		events []llmtest.Event
		says   string // empty: a reply
		took   time.Duration
	}{
		{"slow", []llmtest.Event{second, second, llmtest.Content("Y"), second, llmtest.Content("es."), second, llmtest.Finish("stop")}, "", 4 * time.Second},
		{"a role while the prompt is read", []llmtest.Event{llmtest.Line(`data: {"choices":[{"delta":{"role":"assistant","content":""}}]}`), llmtest.Pause(4 * time.Second), llmtest.Content("Yes."), llmtest.Finish("stop")}, "", 4 * time.Second},
		{"slow thoughts", []llmtest.Event{llmtest.Thought("a"), llmtest.Pause(4 * time.Second), llmtest.Thought("b"), llmtest.Pause(4 * time.Second), llmtest.Content("Yes."), llmtest.Finish("stop")}, "", 8 * time.Second},
		{"too slow to begin", []llmtest.Event{llmtest.Pause(6 * time.Second), llmtest.Content("Yes."), llmtest.Finish("stop")}, "did not begin its reply in time; try again (it had 5s", 5 * time.Second},
		{"comments are no life", []llmtest.Event{llmtest.Pause(3 * time.Second), llmtest.Line(":"), llmtest.Pause(3 * time.Second)}, "did not begin its reply in time; try again (it had 5s", 5 * time.Second},
		{"too slow to go on", []llmtest.Event{llmtest.Content("Y"), llmtest.Pause(4 * time.Second), llmtest.Content("es.")}, "fell silent", 3 * time.Second},
		{"no usage after the finish reason", []llmtest.Event{llmtest.Line(`data: {"choices":[{"delta":{"content":"Yes."},"finish_reason":"stop"}]}`), llmtest.Hang()}, "", time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := llmtest.NewInMemory(t, llmtest.Always(llmtest.Stream(test.events...)))
				model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client(), Timeouts: llm.Timeouts{FirstToken: 5 * time.Second, BetweenTokens: 3 * time.Second}})
				start := time.Now()
				text, _, err := complete(t.Context(), model)
				if took := time.Since(start); took != test.took {
					t.Errorf("took %s, want %s", took, test.took)
				}
				if test.says != "" {
					checkError(t, err, fault.Unavailable, test.says)
					if errors.Is(err, context.Canceled) {
						t.Error("a time-out looks like a cancellation")
					}
				} else if err != nil || text != "Yes." {
					t.Errorf("got %q and the error %v", text, err)
				}
			})
		})
	}
}

// TestSlowListener shows that the listener's time is not the server's.
func TestSlowListener(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := llmtest.NewInMemory(t, llmtest.Literal("Yes.", 1, 2, 3))
		model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client()})
		_, err := model.Complete(t.Context(), prompt, func(string) error {
			time.Sleep(time.Minute) // of the bubble's own time
			return nil
		})
		if err != nil {
			t.Errorf("got the error %v", err)
		}
	})
}

// TestCancelled cancels at every stage. The bubble fails the test if a goroutine
// stays behind, and Wait does not return before the server has seen the client go.
func TestCancelled(t *testing.T) {
	for _, test := range []struct {
		name  string
		reply llmtest.Reply
	}{
		{"before the reply", llmtest.Stream(llmtest.Hang())},
		{"within the reply", llmtest.Stream(llmtest.Content("Ye"), llmtest.Hang())},
		{"within the thoughts", llmtest.Stream(llmtest.Thought("Hm."), llmtest.Hang())},
		{"between attempts", llmtest.Reply{Status: 429, Header: map[string]string{"Retry-After": "9"}, Body: "{}"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := llmtest.NewInMemory(t, llmtest.Always(test.reply))
				model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client()})
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				start := time.Now()
				_, _, err := complete(ctx, model)
				server.Wait()
				if took := time.Since(start); took != time.Second {
					t.Errorf("ended after %s", took)
				}
				if !errors.Is(err, context.Canceled) {
					t.Errorf("got the error %v", err)
				}
				checkError(t, err, fault.Unavailable, "no longer waited for")
			})
		})
	}
}

// TestWithinABudget shows that the context's deadline holds for all attempts
// together, and that no time is spent on a pause without an attempt after it.
func TestWithinABudget(t *testing.T) {
	for _, test := range []struct {
		name  string
		reply llmtest.Reply
		code  fault.Code
		says  string
		took  time.Duration
	}{
		{"silence", llmtest.Stream(llmtest.Hang()), fault.Unavailable, "in the time there was", 3 * time.Second},
		{"in the middle", llmtest.Stream(llmtest.Content("Ye"), llmtest.Hang()), fault.Unavailable, "in the time there was", 3 * time.Second},
		{"a pause longer than the rest", llmtest.Reply{Status: 429, Header: map[string]string{"Retry-After": "4"}, Body: "{}"}, fault.RateLimited, "too many requests", 0},
		{"a pause until after 2000", llmtest.Reply{Status: 429, Header: map[string]string{"Retry-After": "Mon, 01 Jan 2001 00:00:00 GMT"}, Body: "{}"}, fault.RateLimited, "too many requests", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := llmtest.NewInMemory(t, llmtest.Always(test.reply))
				model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client()})
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				start := time.Now()
				_, _, err := complete(ctx, model)
				if took := time.Since(start); took != test.took {
					t.Errorf("took %s, want %s", took, test.took)
				}
				checkError(t, err, test.code, test.says)
			})
		})
	}
}

// TestListenerEnds ends the request from within.
func TestListenerEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := llmtest.NewInMemory(t, llmtest.Always(llmtest.Stream(llmtest.Content("Ye"), llmtest.Hang())))
		model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client()})
		ctx, cancel := context.WithCancel(t.Context())
		enough := errors.New("enough")
		_, err := model.Complete(ctx, prompt, func(string) error {
			cancel() // as one does who goes away
			return enough
		})
		if err != enough {
			t.Errorf("got the error %v", err)
		}
		server.Wait()
	})
}

func TestUnreachable(t *testing.T) {
	for _, test := range []struct {
		name   string
		scheme string
		listen func(net.Listener) // what is done with the listener at the address
	}{
		{"refused", "http", func(l net.Listener) { l.Close() }},
		{"no handshake", "https", func(net.Listener) {}},
	} {
		t.Run(test.name, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			test.listen(l)
			address := l.Addr().String()
			model := newClient(t, llm.Config{
				BaseURL: test.scheme + "://user:" + key + "@" + address, APIKey: key,
				Timeouts: llm.Timeouts{Connect: 10 * time.Millisecond}, FirstPause: time.Millisecond,
			})
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second) // and not for as long as the system would
			defer cancel()
			_, _, err = complete(ctx, model)
			for _, err := range []error{err, model.Ping(ctx)} {
				checkError(t, err, fault.Unavailable, "cannot be reached; try again later (check that it runs and that OPENAI_BASE_URL is right")
				checkError(t, err, fault.Unavailable, "@"+address)
			}
		})
	}
}

// TestParameters shows what is asked of different servers, and that what they refuse
// is asked of them once.
func TestParameters(t *testing.T) {
	const local, openAI = "http://llm.test/v1", "http://api.openai.com/v1"
	cold := 0.01
	honest := llmtest.Honest()
	extra := llmtest.Reply{Status: 422, Body: `{"detail":[{"type":"extra_forbidden","loc":["body","stream_options","include_usage"],"msg":"Extra inputs are not permitted"}]}`}
	for _, test := range []struct {
		name     string
		url      string
		model    string
		script   llmtest.Script
		requests int // until the first reply
		want     llmtest.Request
	}{
		{"a local server", local, "m", honest, 1, llmtest.Request{MaxTokens: 200, Temperature: &cold, IncludeUsage: true}},
		{"OpenAI", openAI, "gpt-4.1-mini", honest, 1, llmtest.Request{MaxCompletionTokens: 200, Temperature: &cold, IncludeUsage: true}},
		{"OpenAI's models that think", openAI, "gpt-5-mini", honest, 1, llmtest.Request{MaxCompletionTokens: 200 + 4096, IncludeUsage: true}},
		{"the same elsewhere", local, "o4-mini", honest, 1, llmtest.Request{MaxCompletionTokens: 200 + 4096, IncludeUsage: true}},
		{"one that go-openai does not know", local, "m", llmtest.Without(honest, "max_tokens", "temperature"), 3, llmtest.Request{MaxCompletionTokens: 200 + 4096, IncludeUsage: true}},
		{"no count of tokens", local, "m", llmtest.Without(honest, "stream_options"), 2, llmtest.Request{MaxTokens: 200, Temperature: &cold}},
		{"no count of tokens, in other words", local, "m", llmtest.InTurn(llmtest.Always(extra), honest), 2, llmtest.Request{MaxTokens: 200, Temperature: &cold}},
		{"nothing at all", local, "m", llmtest.Without(honest, "stream_options", "temperature"), 3, llmtest.Request{MaxTokens: 200 + 4096}},
		{"no room to think", local, "m", needsRoom(1000), 2, llmtest.Request{MaxTokens: 200 + 4096, Temperature: &cold, IncludeUsage: true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := llmtest.NewInMemory(t, test.script)
				model := newClient(t, llm.Config{BaseURL: test.url, Model: test.model, HTTPClient: server.Client()})
				for range 2 {
					if text, _, err := complete(t.Context(), model); err != nil || text != honestReply {
						t.Fatalf("got %q and the error %v", text, err)
					}
				}
				requests := server.Requests()
				if len(requests) != test.requests+1 {
					t.Fatalf("%d requests, want %d and another", len(requests), test.requests)
				}
				for _, got := range requests[test.requests-1:] {
					if got.MaxTokens != test.want.MaxTokens || got.MaxCompletionTokens != test.want.MaxCompletionTokens || got.IncludeUsage != test.want.IncludeUsage || !got.Stream {
						t.Errorf("asked %+v", got)
					}
					if got.Temperature == nil != (test.want.Temperature == nil) || got.Temperature != nil && *got.Temperature != cold {
						t.Errorf("temperature %v", got.Temperature)
					}
				}
			})
		})
	}
}

func TestPromptWithoutALimit(t *testing.T) {
	server := llmtest.New(t, llmtest.Honest())
	model := newClient(t, llm.Config{BaseURL: server.URL})
	if _, err := model.Complete(t.Context(), answer.Prompt{User: prompt.User}, func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if got := server.Requests()[0]; got.MaxTokens != 1024 || got.System != "" {
		t.Errorf("asked %+v", got)
	}
}

// needsRoom is a model whose thoughts take this many tokens.
func needsRoom(tokens int) llmtest.Script {
	enough := llmtest.Thinking(true, "Hm.", llmtest.Honest())
	return func(r llmtest.Request) llmtest.Reply {
		if r.MaxTokens < tokens {
			return llmtest.Stream(llmtest.Content("<think>Hm."), llmtest.Finish("length"))
		}
		return enough(r)
	}
}

// TestAllThought is a model that never comes to its reply.
func TestAllThought(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := llmtest.NewInMemory(t, needsRoom(100_000))
		model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client()})
		_, _, err := complete(t.Context(), model)
		checkError(t, err, fault.Unavailable, "thought until its tokens were used up")
		if n := len(server.Requests()); n != 2 {
			t.Errorf("%d requests", n)
		}
	})
}

// TestRefusedOnce are requests whose refusal is of no parameter, though it names one.
func TestRefusedOnce(t *testing.T) {
	for _, message := range []string{
		"'max_tokens' or 'max_completion_tokens' is too large: 200. This model's maximum context length is 4096 tokens.",
		"max_tokens must be at least 1, got -186.",
	} {
		synctest.Test(t, func(t *testing.T) {
			server := llmtest.NewInMemory(t, llmtest.Always(llmtest.Refuse(400, "BadRequestError", message)))
			model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client()})
			_, _, err := complete(t.Context(), model)
			checkError(t, err, fault.Unavailable, message)
			if n := len(server.Requests()); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// TestTooLargeADocument is an endless reply of a server that does not stream.
func TestTooLargeADocument(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		endless := llmtest.Say(strings.Repeat("x", 10<<20))
		endless.Whole = true
		server := llmtest.NewInMemory(t, llmtest.Always(endless))
		model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client()})
		_, _, err := complete(t.Context(), model)
		checkError(t, err, fault.Unavailable, "wrote more than it may")
		if n := len(server.Requests()); n != 1 {
			t.Errorf("%d requests", n)
		}
	})
}

// TestHTTP2 is how OpenAI's own server is reached.
func TestHTTP2(t *testing.T) {
	scripted := llmtest.New(t, func(r llmtest.Request) llmtest.Reply {
		switch r.Model {
		case "silent":
			return llmtest.Stream(llmtest.Hang())
		case "half":
			return llmtest.Stream(llmtest.Content("Ye"), llmtest.Hang())
		}
		return llmtest.Honest()(r)
	})
	server := httptest.NewUnstartedServer(scripted)
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	for _, test := range []struct {
		model    string
		timeouts llm.Timeouts
		says     string // empty: a reply
	}{
		{"honest", llm.Timeouts{}, ""},
		{"silent", llm.Timeouts{FirstToken: 10 * time.Millisecond}, "did not begin its reply"},
		{"half", llm.Timeouts{BetweenTokens: 10 * time.Millisecond}, "fell silent"},
	} {
		model := newClient(t, llm.Config{BaseURL: server.URL + "/v1", Model: test.model, HTTPClient: server.Client(), Timeouts: test.timeouts})
		text, _, err := complete(t.Context(), model)
		switch {
		case test.says != "":
			checkError(t, err, fault.Unavailable, test.says)
			if errors.Is(err, context.Canceled) {
				t.Error("a time-out looks like a cancellation")
			}
		case err != nil || text != honestReply:
			t.Errorf("got %q and the error %v", text, err)
		}
	}
	scripted.Wait()
}

func TestConcurrently(t *testing.T) {
	server := llmtest.New(t, llmtest.Shredded(7, llmtest.Without(llmtest.Honest(), "stream_options", "temperature")))
	model := newClient(t, llm.Config{BaseURL: server.URL})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if text, _, err := complete(t.Context(), model); err != nil || text != honestReply {
				t.Errorf("got %q and the error %v", text, err)
			}
		})
	}
	group.Wait()
}

// TestKeyIsNotTold looks for the key in errors and in the log.
func TestKeyIsNotTold(t *testing.T) {
	for _, reply := range []llmtest.Reply{
		llmtest.Refuse(401, "invalid_api_key", "wrong key "+key),
		llmtest.Refuse(403, "forbidden", "the key "+key+" may not do this"),
		llmtest.Refuse(400, "odd", "stream_options are not for "+key),
		{Status: 500, Body: "no mercy for " + key},
		llmtest.Stream(llmtest.Line(`data: {"error":{"message":"` + key + `"}}`)),
	} {
		synctest.Test(t, func(t *testing.T) {
			var log strings.Builder
			server := llmtest.NewInMemory(t, llmtest.Always(reply))
			model := newClient(t, llm.Config{
				BaseURL: server.URL, APIKey: key, HTTPClient: server.Client(),
				Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			})
			_, _, err := complete(t.Context(), model)
			checkError(t, err, fault.Unavailable, "")
			if !strings.Contains(log.String(), `"cause"`) || strings.Contains(log.String(), key) {
				t.Errorf("logged:\n%s", log.String())
			}
		})
	}
}

// TestCleanWords has a server's refusals and a model's name command whoever reads of them.
func TestCleanWords(t *testing.T) {
	const name = "small\x1b[31m\u202e\u2028model"
	for _, reply := range []llmtest.Reply{
		llmtest.Refuse(403, "forbidden", "\x1b[2Jno\u202e way\n\x1b]0;owned\x07&#27;[1m"),
		llmtest.Refuse(404, "model_not_found", "no model "+name),
		llmtest.Refuse(500, "broken", "\x9b31m\u2066broken\u200b"),
		{Status: 502, Body: "\x1b[31mbad\u202e gateway\x00"},
		llmtest.Stream(llmtest.Line(`data: {"error":{"message":"\u001b[2Jfull\u202e\u0007"}}`)),
	} {
		synctest.Test(t, func(t *testing.T) {
			var log strings.Builder
			server := llmtest.NewInMemory(t, llmtest.Always(reply))
			model := newClient(t, llm.Config{
				BaseURL: server.URL, Model: name, HTTPClient: server.Client(),
				Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			})
			_, _, err := complete(t.Context(), model)
			for _, told := range []string{fault.Line(err), fault.MessageOf(err), fault.HintOf(err), log.String(), model.Name()} {
				if strings.ContainsAny(told, "\x1b\x07\x00\u009b\u202e\u2066\u200b\u2028") || strings.Contains(told, `\u00`) || strings.Contains(told, `\u202`) {
					t.Errorf("told is %q", told)
				}
			}
			if model.Name() != "small model" {
				t.Errorf("the model is called %q", model.Name())
			}
		})
	}
}

func TestNewRefuses(t *testing.T) {
	for _, test := range []struct {
		name   string
		config llm.Config
		want   string
	}{
		{"no model", llm.Config{Model: " "}, "https://api.openai.com/v1 has"},
		{"no address", llm.Config{BaseURL: "localhost:11434", Model: "m"}, "OPENAI_BASE_URL"},
		{"an address with a query", llm.Config{BaseURL: "http://h/v1?key=" + key, Model: "m"}, "OPENAI_BASE_URL"},
		{"a key of two lines", llm.Config{APIKey: key + "\n" + key, Model: "m"}, "OPENAI_API_KEY"},
		{"a negative time-out", llm.Config{Model: "m", Timeouts: llm.Timeouts{FirstToken: -1}}, "time-outs"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := llm.New(test.config)
			if c != nil {
				t.Error("there is a client")
			}
			checkError(t, err, fault.Invalid, test.want)
		})
	}
}

// newClient is a client of the model called scripted, if no other is named. It logs
// to the test.
func newClient(t testing.TB, config llm.Config) *llm.Client {
	t.Helper()
	if config.Model == "" {
		config.Model = "scripted"
	}
	if config.Log == nil {
		config.Log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	c, err := llm.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// complete completes the prompt.
func complete(ctx context.Context, model answer.Model) (string, answer.Usage, error) {
	var text strings.Builder
	usage, err := model.Complete(ctx, prompt, func(delta string) error {
		text.WriteString(delta)
		return nil
	})
	return text.String(), usage, err
}

// checkError holds an error to its code, a part of the operator's one line, and to
// silence about the key, and its message to silence about the server.
func checkError(t *testing.T, err error, code fault.Code, says string) {
	t.Helper()
	var e *fault.Error
	if !errors.As(err, &e) {
		t.Fatalf("got the error %v, want one of code %s", err, code)
	}
	if e.Code != code || !strings.Contains(fault.Line(err), says) {
		t.Errorf("got %s: %s\nwant %s: … %s …", e.Code, fault.Line(err), code, says)
	}
	if strings.Contains(e.Message, "http") {
		t.Errorf("shows a client where the server is: %s", e.Message)
	}
	for cause := err; cause != nil; cause = errors.Unwrap(cause) {
		if strings.Contains(err.Error(), key) || strings.Contains(err.Error(), "\n") {
			t.Errorf("shows the key, or has several lines: %s", err)
		}
	}
}

package embeddings_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/pipetest"
)

const (
	key     = "sk-secret"
	baseURL = "http://embeddings.test/v1"
)

func TestOpenAIConforms(t *testing.T) {
	server := httptest.NewServer(protocol(t))
	defer server.Close()
	e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: server.URL + "/v1/", APIKey: key, Model: "words", BatchSize: 3})
	if _, err := e.Resolve(t.Context()); err != nil {
		t.Fatal(err)
	}
	embeddingstest.Run(t, e)
}

func TestNewOpenAIRefuses(t *testing.T) {
	for _, test := range []struct {
		name   string
		config embeddings.OpenAIConfig
		want   string
	}{
		{"no model", embeddings.OpenAIConfig{}, "PULLQUOTE_EMBEDDING_MODEL"},
		{"no address", embeddings.OpenAIConfig{BaseURL: "localhost:11434", Model: "m"}, "OPENAI_BASE_URL"},
		{"an address with a query", embeddings.OpenAIConfig{BaseURL: "http://h/v1?key=" + key, Model: "m"}, "OPENAI_BASE_URL"},
		{"a key of two lines", embeddings.OpenAIConfig{APIKey: key + "\n" + key, Model: "m"}, "OPENAI_API_KEY"},
		{"negative dimensions", embeddings.OpenAIConfig{Model: "m", Dimensions: -1}, "PULLQUOTE_EMBEDDING_DIMENSIONS"},
		{"too large batches", embeddings.OpenAIConfig{Model: "m", BatchSize: 2049}, "2048"},
		{"negative time-out", embeddings.OpenAIConfig{Model: "m", Timeout: -time.Second}, "-1s"},
	} {
		t.Run(test.name, func(t *testing.T) {
			e, err := embeddings.NewOpenAI(test.config)
			if e != nil {
				t.Error("there is an embedder")
			}
			checkError(t, err, "invalid", test.want)
		})
	}
}

// reply is what the server does with a request.
type reply struct {
	status     int
	retryAfter string
	body       string
	silent     bool // no answer, ever
	cut        bool // the connection ends within the body
}

func (r reply) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if r.silent {
		// Only a server that has read a request notices that its client leaves.
		_, _ = io.Copy(io.Discard, req.Body)
		<-req.Context().Done()
		return
	}
	if r.retryAfter != "" {
		w.Header().Set("Retry-After", r.retryAfter)
	}
	if r.cut {
		w.Header().Set("Content-Length", "1000")
	}
	w.WriteHeader(r.status)
	_, _ = w.Write([]byte(r.body)) // the client may have gone
}

func ok(body string) reply { return reply{status: 200, body: body} }

// two is the right answer to two texts.
var two = ok(`{"object":"list","data":[{"embedding":[3,4],"index":0},{"embedding":[0,2],"index":1}],"usage":null}`)

// span is how long something may take, by the bubble's clock.
type span struct{ least, most time.Duration }

var (
	atOnce    = span{}
	onePause  = span{250 * time.Millisecond, 500 * time.Millisecond}   // before the second request
	allPauses = span{3750 * time.Millisecond, 7500 * time.Millisecond} // before the second to fifth
)

func exactly(d time.Duration) span        { return span{d, d} }
func (s span) after(d time.Duration) span { return span{s.least + d, s.most + d} }

func TestOpenAIFaults(t *testing.T) {
	refused := func(status int, message string) reply {
		return reply{status: status, body: `{"error":{"message":"` + message + `","type":"t","code":null}}`}
	}
	for _, test := range []struct {
		name     string
		replies  []reply // in turn; the last is repeated
		code     string  // empty: there are vectors
		says     string
		requests int
		pause    span // from beginning to end
	}{
		{"answered", []reply{two}, "", "", 1, atOnce},
		{"other order", []reply{ok(`{"data":[{"embedding":[0,2],"index":1},{"embedding":[3,4],"index":0}]}`)}, "", "", 1, atOnce},

		{"429 with seconds", []reply{{status: 429, retryAfter: "7"}, two}, "", "", 2, exactly(7 * time.Second)},
		{"429 with a date", []reply{{status: 429, retryAfter: "Sat, 01 Jan 2000 00:00:09 GMT"}, two}, "", "", 2, exactly(9 * time.Second)},
		{"429 with nonsense", []reply{{status: 429, retryAfter: "soon"}, two}, "", "", 2, onePause},
		{"429 without", []reply{refused(429, "slow down")}, "rate_limited", "try again later (http://embeddings.test/v1 answered with status 429: slow down)", 5, allPauses},
		{"429 for an hour", []reply{{status: 429, retryAfter: "3600"}}, "rate_limited", "try again later", 1, atOnce},
		{"429 for want of money", []reply{{status: 429, body: `{"error":{"message":"top up","type":"insufficient_quota","code":"insufficient_quota"}}`}}, "rate_limited", "status 429: top up", 1, atOnce},
		{"500 once", []reply{{status: 500}, two}, "", "", 2, onePause},
		{"503 with seconds", []reply{{status: 503, retryAfter: "3"}, two}, "", "", 2, exactly(3 * time.Second)},
		{"502 always", []reply{{status: 502, body: "<html>Bad Gateway</html>"}}, "unavailable", "failed with status 502", 5, allPauses},
		{"time-out once", []reply{{silent: true}, two}, "", "", 2, onePause.after(10 * time.Second)},
		{"time-out always", []reply{{silent: true}}, "unavailable", "did not answer in time", 5, allPauses.after(5 * 10 * time.Second)},
		{"cut short once", []reply{{status: 200, body: `{"data":[`, cut: true}, two}, "", "", 2, onePause},

		{"401", []reply{refused(401, "bad key "+key)}, "unauthorized", "check OPENAI_API_KEY", 1, atOnce},
		{"403", []reply{refused(403, "no")}, "unauthorized", "check OPENAI_API_KEY", 1, atOnce},
		{"400", []reply{refused(400, "no embeddings for "+key)}, "invalid", "status 400: no embeddings for [key]", 1, atOnce},
		{"unknown model", []reply{refused(404, `model \"words\" not found`)}, "invalid", `has no model "words" (set PULLQUOTE_EMBEDDING_MODEL`, 1, atOnce},
		{"unknown path", []reply{{status: 404, body: "404 page not found"}}, "invalid", "check OPENAI_BASE_URL", 1, atOnce},

		{"malformed JSON", []reply{ok(`{"data":[{`)}, "unavailable", "did not answer with embeddings", 1, atOnce},
		{"a web page", []reply{ok(`<html>`)}, "unavailable", "did not answer with embeddings", 1, atOnce},
		{"an error with status 200", []reply{ok(`{"error":{"message":"no"}}`)}, "unavailable", "0 vectors for 2 texts", 1, atOnce},
		{"too few", []reply{ok(`{"data":[{"embedding":[3,4],"index":0}]}`)}, "unavailable", "1 vectors for 2 texts", 1, atOnce},
		{"one index twice", []reply{ok(`{"data":[{"embedding":[3,4],"index":1},{"embedding":[3,4],"index":1}]}`)}, "unavailable", "which vector is whose", 1, atOnce},
		{"index out of range", []reply{ok(`{"data":[{"embedding":[3,4],"index":0},{"embedding":[3,4],"index":2}]}`)}, "unavailable", "which vector is whose", 1, atOnce},
		{"NaN", []reply{ok(`{"data":[{"embedding":[3,NaN],"index":0},{"embedding":[3,4],"index":1}]}`)}, "unavailable", "did not answer with embeddings", 1, atOnce},
		{"too large a number", []reply{ok(`{"data":[{"embedding":[3,1e39],"index":0},{"embedding":[3,4],"index":1}]}`)}, "unavailable", "did not answer with embeddings", 1, atOnce},
		{"null for a number", []reply{ok(`{"data":[{"embedding":[3, null],"index":0},{"embedding":[3,4],"index":1}]}`)}, "unavailable", "numbers that are none", 1, atOnce},
		{"null for a vector", []reply{ok(`{"data":[{"embedding":null,"index":0},{"embedding":[3,4],"index":1}]}`)}, "unavailable", "without a direction", 1, atOnce},
		{"zero vector", []reply{ok(`{"data":[{"embedding":[0,0],"index":0},{"embedding":[3,4],"index":1}]}`)}, "unavailable", "without a direction", 1, atOnce},
		{"two sizes", []reply{ok(`{"data":[{"embedding":[3,4],"index":0},{"embedding":[3,4,5],"index":1}]}`)}, "unavailable", "vectors of different sizes", 1, atOnce},
		{"endless", []reply{ok(strings.Repeat(" ", 1<<20))}, "unavailable", "did not answer with embeddings", 1, atOnce},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var requests atomic.Int32
				client := pipetest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					n := int(requests.Add(1))
					readRequest(t, r)
					test.replies[min(n, len(test.replies))-1].ServeHTTP(w, r)
				}))
				e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: baseURL, APIKey: key, Model: "words", Timeout: 10 * time.Second, HTTPClient: client})
				start := time.Now()
				vectors, err := e.Embed(t.Context(), embeddings.Document, []string{"one", "two"})
				if waited := time.Since(start); waited < test.pause.least || waited > test.pause.most {
					t.Errorf("took %s, want %s to %s", waited, test.pause.least, test.pause.most)
				}
				if n := int(requests.Load()); n != test.requests {
					t.Errorf("%d requests, want %d", n, test.requests)
				}
				if test.code != "" {
					if vectors != nil {
						t.Error("there are vectors")
					}
					checkError(t, err, test.code, test.says)
					return
				}
				if want := [][]float32{{0.6, 0.8}, {0, 1}}; err != nil || !slices.EqualFunc(vectors, want, slices.Equal) {
					t.Errorf("got %v and the error %v, want %v", vectors, err, want)
				}
			})
		})
	}
}

func TestOpenAIUnreachable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: "http://user:" + key + "@embeddings.test/v1", Model: "words", HTTPClient: pipetest.Unreachable()})
		_, err := e.Embed(t.Context(), embeddings.Query, []string{"one"})
		checkError(t, err, "unavailable", "cannot be reached; try again later (check that it runs at ")
	})
}

// TestOpenAIWithinABudget shows that a question's budget is not spent on waiting for
// a request that it has no room for.
func TestOpenAIWithinABudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: baseURL, Model: "words", HTTPClient: pipetest.Serve(t, reply{status: 503, retryAfter: "2"})})
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		start := time.Now()
		_, err := e.Embed(ctx, embeddings.Query, []string{"one"})
		checkError(t, err, "unavailable", "status 503")
		if waited := time.Since(start); waited != 0 {
			t.Errorf("waited %s", waited)
		}
	})
}

// TestOpenAICancelled cancels while requests are under way and while they wait for
// their repetition. The bubble fails the test if a goroutine stays behind.
func TestOpenAICancelled(t *testing.T) {
	for _, test := range []struct {
		name  string
		reply reply
	}{
		{"in a request", reply{silent: true}},
		{"between requests", reply{status: 429, retryAfter: "30"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: baseURL, Model: "words", BatchSize: 1, HTTPClient: pipetest.Serve(t, test.reply)})
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				start := time.Now()
				vectors, err := e.Embed(ctx, embeddings.Document, make([]string, 10))
				if vectors != nil || !errors.Is(err, context.Canceled) {
					t.Errorf("got %d vectors and the error %v", len(vectors), err)
				}
				if waited := time.Since(start); waited != time.Second {
					t.Errorf("ended after %s", waited)
				}
			})
		})
	}
}

// TestOpenAIAllOrNothing fails one batch of many.
func TestOpenAIAllOrNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := protocol(t)
		client := pipetest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > 1000 {
				reply{status: 400, body: "not this"}.ServeHTTP(w, r)
				return
			}
			good.ServeHTTP(w, r)
		}))
		e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: baseURL, Model: "words", BatchSize: 1, HTTPClient: client})
		vectors, err := e.Embed(t.Context(), embeddings.Document, []string{"a", "b", strings.Repeat("c", 1000), "d"})
		if vectors != nil {
			t.Error("there are vectors")
		}
		checkError(t, err, "invalid", "not this")
	})
}

func TestOpenAIRequests(t *testing.T) {
	long := strings.Repeat("a", 20_000)
	for _, test := range []struct {
		name   string
		config embeddings.OpenAIConfig
		kind   embeddings.Kind
		texts  []string
		auth   string
		want   []request
	}{
		{"bare", embeddings.OpenAIConfig{}, embeddings.Document, []string{"a", "b"}, "",
			[]request{{Input: []string{"a", "b"}, Model: "words"}}},
		{"with key and dimensions", embeddings.OpenAIConfig{APIKey: key + "\n", Dimensions: 2}, embeddings.Document, []string{"a"}, "Bearer " + key,
			[]request{{Input: []string{"a"}, Model: "words", Dimensions: 2}}},
		{"a document's prefix", embeddings.OpenAIConfig{Prefixes: embeddings.Prefixes{Query: "q: ", Document: "d: "}}, embeddings.Document, []string{"a", ""}, "",
			[]request{{Input: []string{"d: a", "d: ."}, Model: "words"}}},
		{"a query's prefix", embeddings.OpenAIConfig{Prefixes: embeddings.Prefixes{Query: "q: ", Document: "d: "}}, embeddings.Query, []string{"a"}, "",
			[]request{{Input: []string{"q: a"}, Model: "words"}}},
		{"batches", embeddings.OpenAIConfig{BatchSize: 2}, embeddings.Document, []string{"a", "b", "c"}, "",
			[]request{{Input: []string{"a", "b"}, Model: "words"}, {Input: []string{"c"}, Model: "words"}}},
		{"a text that is too long", embeddings.OpenAIConfig{}, embeddings.Document, []string{long}, "",
			[]request{{Input: []string{long[:2*8192]}, Model: "words"}}},
		{"no texts", embeddings.OpenAIConfig{}, embeddings.Document, nil, "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var mu sync.Mutex
				var got []request
				test.config.HTTPClient = pipetest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					mu.Lock()
					defer mu.Unlock()
					if auth := r.Header.Get("Authorization"); auth != test.auth {
						t.Errorf("authorization %q, want %q", auth, test.auth)
					}
					req := readRequest(t, r)
					got = append(got, req)
					answerWith(w, len(req.Input))
				}))
				test.config.BaseURL, test.config.Model = baseURL, "words"
				e := newOpenAI(t, test.config)
				if _, err := e.Embed(t.Context(), test.kind, test.texts); err != nil {
					t.Fatal(err)
				}
				// Batches travel at the same time; the texts tell them apart.
				slices.SortFunc(got, func(a, b request) int { return slices.Compare(a.Input, b.Input) })
				if !slices.EqualFunc(got, test.want, equalRequests) {
					t.Errorf("got %+v\nwant %+v", got, test.want)
				}
			})
		})
	}
}

func TestOpenAIModel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var requests atomic.Int32
		client := pipetest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			answerWith(w, len(readRequest(t, r).Input))
		}))
		e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: baseURL, Model: "words", Prefixes: embeddings.Prefixes{Document: "d: "}, HTTPClient: client})
		if got, want := e.Model(), (embeddings.Model{Name: `words+"d: "`}); got != want {
			t.Errorf("before the first answer: %+v, want %+v", got, want)
		}
		for range 2 {
			got, err := e.Resolve(t.Context())
			if want := (embeddings.Model{Name: `words+"d: "`, Dimensions: 2}); err != nil || got != want {
				t.Errorf("got %+v and the error %v, want %+v", got, err, want)
			}
		}
		if n := requests.Load(); n != 1 {
			t.Errorf("the server was asked %d times", n)
		}
	})
}

func TestOpenAIDimensionsDiffer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: baseURL, Model: "words", Dimensions: 256, HTTPClient: pipetest.Serve(t, two)})
		_, err := e.Embed(t.Context(), embeddings.Document, []string{"one", "two"})
		checkError(t, err, "invalid", "set PULLQUOTE_EMBEDDING_DIMENSIONS to 2 or unset it")
	})
}

// TestOpenAIModelReplaced is a server that begins to answer with another model.
func TestOpenAIModelReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var requests atomic.Int32
		client := pipetest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			readRequest(t, r)
			if requests.Add(1) == 1 {
				ok(`{"data":[{"embedding":[3,4],"index":0}]}`).ServeHTTP(w, r)
				return
			}
			ok(`{"data":[{"embedding":[3,4,5],"index":0}]}`).ServeHTTP(w, r)
		}))
		e := newOpenAI(t, embeddings.OpenAIConfig{BaseURL: baseURL, Model: "words", HTTPClient: client})
		if _, err := e.Embed(t.Context(), embeddings.Document, []string{"one"}); err != nil {
			t.Fatal(err)
		}
		_, err := e.Embed(t.Context(), embeddings.Document, []string{"one"})
		checkError(t, err, "unavailable", "3 dimensions instead of 2")
	})
}

// answerWith answers n texts with the same vector.
func answerWith(w http.ResponseWriter, n int) {
	items := make([]string, n)
	for i := range items {
		items[i] = `{"embedding":[3,4],"index":` + string(rune('0'+i)) + `}`
	}
	ok(`{"data":[`+strings.Join(items, ",")+`]}`).ServeHTTP(w, nil)
}

func equalRequests(a, b request) bool {
	return a.Model == b.Model && a.Dimensions == b.Dimensions && slices.Equal(a.Input, b.Input)
}

func newOpenAI(t *testing.T, config embeddings.OpenAIConfig) *embeddings.OpenAI {
	t.Helper()
	e, err := embeddings.NewOpenAI(config)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// checkError holds an error to its code, a part of the operator's one line, and to
// silence about the key, and its message to silence about the server.
func checkError(t *testing.T, err error, code, says string) {
	t.Helper()
	var e *embeddings.Error
	if !errors.As(err, &e) {
		t.Fatalf("got the error %v, want one of code %s", err, code)
	}
	line := fault.Line(err)
	if e.FaultCode() != code || !strings.Contains(line, says) {
		t.Errorf("got %s: %s\nwant %s: … %s …", e.FaultCode(), line, code, says)
	}
	if strings.Contains(e.Message+e.Hint, key) || strings.Contains(e.Message+e.Hint, "\n") {
		t.Errorf("shows the key, or has several lines: %s", line)
	}
	if strings.Contains(e.Message, "://") {
		t.Errorf("shows a client where the server is: %s", e.Message)
	}
}

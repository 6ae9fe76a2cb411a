package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/retrieval"
)

// searching is a Searcher that fails as it is told.
type searching func() (retrieval.Result, error)

func (s searching) Search(context.Context, retrieval.Query) (retrieval.Result, error) { return s() }

func post(t *testing.T, handler http.Handler, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	recorded := httptest.NewRecorder()
	handler.ServeHTTP(recorded, r)
	return recorded
}

func problemIn(t *testing.T, recorded *httptest.ResponseRecorder) (p problem) {
	t.Helper()
	if got := recorded.Header().Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("%d with Content-Type %q and body %q; want a problem", recorded.Code, got, recorded.Body)
	}
	if err := json.Unmarshal(recorded.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if p.Status != recorded.Code {
		t.Errorf("the problem says %d, the response %d", p.Status, recorded.Code)
	}
	return p
}

// What goes wrong inside is logged, under the id that the client is given, and
// not shown.
func TestInternalErrorsAreLoggedAndNotShown(t *testing.T) {
	t.Parallel()
	for name, search := range map[string]searching{
		"error": func() (retrieval.Result, error) { return retrieval.Result{}, errors.New("password is swordfish") },
		"panic": func() (retrieval.Result, error) { panic("password is swordfish") },
		"wrapped cause": func() (retrieval.Result, error) {
			return retrieval.Result{}, fault.Wrap(errors.New("password is swordfish"), fault.Unavailable, "the database is away")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			handler := newDescribed(t, New(Config{Searcher: search, Log: slog.New(observe.Log(slog.NewTextHandler(&log, nil)))}))
			recorded := post(t, handler, "/v1/search", `{"query": "lamp"}`)

			if p := problemIn(t, recorded); p.Status < 500 || strings.Contains(recorded.Body.String(), "swordfish") {
				t.Errorf("problem %+v", p)
			}
			id := recorded.Header().Get("X-Request-Id")
			for _, want := range []string{"swordfish", "request_id=" + id} {
				if id == "" || !strings.Contains(log.String(), want) {
					t.Errorf("the log has no %q:\n%s", want, &log)
				}
			}
		})
	}
}

// A panic after the response has begun breaks the connection: half a response
// must not look like a whole one.
func TestPanicInMidResponse(t *testing.T) {
	t.Parallel()
	s := newServer(Config{Log: testLog(t)})
	server := httptest.NewServer(s.withRecovery(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte("half"))
		w.(http.Flusher).Flush()
		panic("stop")
	})))
	defer server.Close()
	response, err := server.Client().Get(server.URL)
	if err == nil {
		defer response.Body.Close()
		_, err = new(bytes.Buffer).ReadFrom(response.Body)
	}
	if err == nil {
		t.Error("the response looks whole")
	}
}

func TestRequestsAreLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	handler := New(Config{Log: slog.New(slog.NewTextHandler(&log, nil))})
	for _, path := range []string{"/healthz", "/v1/penguins?query=secret", "/v1/a%1B%5B2J%E2%80%AEb"} {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	}
	for _, line := range []string{"method=GET path=/v1/penguins status=404", "method=GET path=/v1/a[2Jb status=404"} {
		if got := log.String(); !strings.Contains(got, line) {
			t.Errorf("the log has no line %s:\n%s", line, got)
		}
	}
	if got := log.String(); strings.Contains(got, "healthz") || strings.Contains(got, "secret") {
		t.Errorf("the log tells of probes or queries:\n%s", got)
	}
}

// A request keeps the id that it comes with, where that is one, and has it in its response, in
// each line of the log and in the problem.
func TestRequestIDs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		sent string
		kept bool
	}{
		"of a proxy":         {"7c9e6679-7425-40de-944b-e07fc1f90ae7", true},
		"of a load balancer": {"Root=1-67891233-abcdef012345678912345678", true},
		"none":               {"", false},
		"with a blank":       {"two words", false},
		"with a line end":    {"a\nrequest_id=b", false},
		"with marks":         {"“quoted”", false},
		"too long":           {strings.Repeat("a", 129), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			search := searching(func() (retrieval.Result, error) {
				return retrieval.Result{}, fault.New(fault.Unavailable, "the database is away")
			})
			handler := newDescribed(t, New(Config{Searcher: search, Log: slog.New(observe.Log(slog.NewJSONHandler(&log, nil)))}))
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/search", strings.NewReader(`{"query": "lamp"}`))
			r.Header = http.Header{"Content-Type": {"application/json"}, "X-Request-Id": {test.sent}}
			recorded := httptest.NewRecorder()
			handler.ServeHTTP(recorded, r)

			id := recorded.Header().Get("X-Request-Id")
			if id == "" || (id == test.sent) != test.kept {
				t.Errorf("%q became %q; kept: want %t", test.sent, id, test.kept)
			}
			if p := problemIn(t, recorded); p.RequestID != id {
				t.Errorf("the problem is of %q; want %q", p.RequestID, id)
			}
			lines := strings.Split(strings.TrimSpace(log.String()), "\n")
			for _, line := range lines {
				if !strings.Contains(line, `"request_id":"`+id+`"`) {
					t.Errorf("a line of the log is of no request: %s", line)
				}
			}
			if len(lines) != 2 {
				t.Errorf("%d lines; want the failure and the request:\n%s", len(lines), &log)
			}
		})
	}
}

// Without keys the metrics are for this machine alone, and for who has their token.
func TestMetricsWithoutKeys(t *testing.T) {
	t.Parallel()
	handler := newDescribed(t, New(Config{Metrics: observe.New(observe.Build{}, nil).Handler(), MetricsToken: "token of the scraper", Log: testLog(t)}))
	for name, test := range map[string]struct {
		from   string
		header http.Header
		status int
	}{
		"this machine":    {"127.0.0.1:40000", nil, http.StatusOK},
		"by IPv6":         {"[::1]:40000", nil, http.StatusOK},
		"another":         {"192.0.2.7:40000", nil, http.StatusForbidden},
		"through a proxy": {"127.0.0.1:40000", http.Header{"X-Forwarded-For": {"192.0.2.7"}}, http.StatusForbidden},
		"by the token":    {"192.0.2.7:40000", http.Header{"Authorization": {"Bearer token of the scraper"}}, http.StatusOK},
		"by another one":  {"192.0.2.7:40000", http.Header{"Authorization": {"Bearer token of the scrape"}}, http.StatusForbidden},
		"by none":         {"192.0.2.7:40000", http.Header{"Authorization": {"Bearer "}}, http.StatusForbidden},
		"by its password": {"192.0.2.7:40000", http.Header{"Authorization": {"Basic token of the scraper"}}, http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
			r.RemoteAddr, r.Header = test.from, test.header
			recorded := httptest.NewRecorder()
			handler.ServeHTTP(recorded, r)
			if recorded.Code != test.status {
				t.Errorf("%d %s; want %d", recorded.Code, recorded.Body, test.status)
			}
		})
	}
}

func TestSecurityHeaders(t *testing.T) {
	t.Parallel()
	recorded := httptest.NewRecorder()
	New(Config{Log: testLog(t)}).ServeHTTP(recorded, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
	for header, want := range map[string]string{
		"Content-Security-Policy": "default-src 'self'",
		"X-Content-Type-Options":  "nosniff",
		"Referrer-Policy":         "no-referrer",
	} {
		if got := recorded.Header().Get(header); !strings.Contains(got, want) {
			t.Errorf("%s is %q; want %q", header, got, want)
		}
	}
}

func TestReadiness(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		note   string
		ready  error
		status int
		detail string
	}{
		"ready":     {"", nil, http.StatusOK, ""},
		"noted":     {"old vectors serve", nil, http.StatusOK, ""},
		"not ready": {"", fault.New(fault.Unavailable, "the database cannot be reached"), http.StatusServiceUnavailable, "not ready: the database cannot be reached"},
		"too slow":  {"", context.DeadlineExceeded, http.StatusServiceUnavailable, "not ready: this took too long and was given up; try again"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			handler := newDescribed(t, New(Config{
				Ready: func(ctx context.Context) (string, error) {
					if _, bounded := ctx.Deadline(); !bounded {
						t.Error("the probe may wait for ever")
					}
					return test.note, test.ready
				},
				Log: testLog(t),
			}))
			recorded := httptest.NewRecorder()
			handler.ServeHTTP(recorded, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/readyz", nil))
			if recorded.Code != test.status {
				t.Errorf("status %d; want %d", recorded.Code, test.status)
			}
			if !strings.Contains(recorded.Body.String(), test.note) {
				t.Errorf("the note is not in %s", recorded.Body)
			}
			if test.detail != "" {
				if p := problemIn(t, recorded); p.Detail != test.detail {
					t.Errorf("detail %q; want %q", p.Detail, test.detail)
				}
			}
		})
	}
}

package observe_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/pullquote/pullquote/internal/observe"
)

// lines are those of /metrics that begin with a prefix.
func lines(o *observe.Observer, prefix string) string {
	recorded := httptest.NewRecorder()
	o.Handler().ServeHTTP(recorded, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	var found strings.Builder
	for line := range strings.Lines(recorded.Body.String()) {
		if strings.HasPrefix(line, prefix) {
			found.WriteString(line)
		}
	}
	return found.String()
}

// Requests are counted by the pattern of their route: whatever paths and methods are sent, the
// series stay few.
func TestRequestsAreCountedByRoute(t *testing.T) {
	o := observe.New(observe.Build{}, nil)
	handler := observe.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/t/") {
			observe.Routed(r.Context(), "GET /t/{id}")
			return
		}
		w.WriteHeader(http.StatusNotFound)
	}))
	for _, request := range []struct{ method, path string }{
		{"GET", "/t/1"}, {"GET", "/t/2"}, {"GET", "/t/Jane%20Roe"}, {"GET", "/a"}, {"GET", "/b"}, {"PROPFIND", "/c"}, {"JANE", "/d"},
	} {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(request.method, request.path, nil).WithContext(o.In(t.Context())))
	}
	want := `pullquote_http_request_duration_seconds_count{method="GET",route="/t/{id}",status="200"} 3
pullquote_http_request_duration_seconds_count{method="GET",route="unknown",status="404"} 2
pullquote_http_request_duration_seconds_count{method="OTHER",route="unknown",status="404"} 2
`
	if got := lines(o, "pullquote_http_request_duration_seconds_count"); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// Where nobody observes, as on the command line, everything may be told.
func TestNobodyObserves(t *testing.T) {
	ctx, end := observe.Start(t.Context(), observe.Words)
	end()
	ctx, done := observe.Model(ctx, "m")
	done(1, 2, true)
	ctx, over := observe.Job(ctx, "task", 7, "")
	observe.GaveUp(ctx)
	over(observe.JobDone)
	observe.Took(ctx, observe.Ranking, time.Second)
	observe.Answered(ctx, observe.Answer{Mode: "llm"})
	observe.AnswerReplaced(ctx, observe.ModelFailed)
	observe.Ingested(ctx, observe.Stored)
	observe.Tokens(ctx, "m", 1, 2)
	observe.Routed(ctx, "GET /")
	if observe.RequestID(ctx) != "" || observe.Traceparent(ctx) != "" || observe.QueryTracer(ctx) != nil {
		t.Error("something is observed")
	}
}

// Spans are those of requests and jobs: what the program does for itself makes none, nor does
// what a caller has decided not to sample.
func TestSpansBelongToSomething(t *testing.T) {
	exporter := tracetest.NewInMemoryExporter()
	o := observe.New(observe.Build{}, trace.NewTracerProvider(trace.WithSyncer(exporter)))
	const id = "0af7651916cd43dd8448eb211c80319c"
	for _, test := range []struct {
		name  string
		work  func(context.Context, func(context.Context))
		spans int
	}{
		{"for itself", func(ctx context.Context, do func(context.Context)) { do(ctx) }, 0},
		{"for a job", func(ctx context.Context, do func(context.Context)) {
			ctx, end := observe.Job(ctx, "task", 1, "")
			do(ctx)
			end(observe.JobDone)
		}, 2},
		{"for a job of a request that is sampled", func(ctx context.Context, do func(context.Context)) {
			ctx, end := observe.Job(ctx, "task", 1, "00-"+id+"-b7ad6b7169203331-01")
			do(ctx)
			end(observe.JobDone)
		}, 2},
		{"for a job of a request that is not", func(ctx context.Context, do func(context.Context)) {
			ctx, end := observe.Job(ctx, "task", 1, "00-"+id+"-b7ad6b7169203331-00")
			do(ctx)
			end(observe.JobDone)
		}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			exporter.Reset()
			test.work(o.In(t.Context()), func(ctx context.Context) {
				_, end := observe.Start(ctx, observe.Words)
				end()
			})
			if got := len(exporter.GetSpans()); got != test.spans {
				t.Errorf("%d spans, want %d", got, test.spans)
			}
		})
	}
}

// A worker may tell its queue that a job is done which failed for good.
func TestGivenUp(t *testing.T) {
	o := observe.New(observe.Build{}, nil)
	ctx, end := observe.Job(o.In(t.Context()), "task", 1, "")
	observe.GaveUp(ctx)
	end(observe.JobDone)
	want := `pullquote_job_duration_seconds_count{kind="task",outcome="done"} 0
pullquote_job_duration_seconds_count{kind="task",outcome="failed"} 0
pullquote_job_duration_seconds_count{kind="task",outcome="given_up"} 1
`
	if got := lines(o, "pullquote_job_duration_seconds_count"); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestLinesOfJobs(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(observe.Log(slog.NewTextHandler(&log, nil))).With("kind", "task")
	ctx, end := observe.Job(t.Context(), "task", 42, "")
	logger.InfoContext(ctx, "begun")
	end(observe.JobDone)
	if got := log.String(); !strings.HasSuffix(got, "msg=begun kind=task job=42\n") {
		t.Error(got)
	}
}

package observe

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// request is what is known of a request while it is answered.
type request struct {
	id    string
	route string // empty until it is known
}

type requestKey struct{}

// RequestID names a request: in the log, in its X-Request-Id header and in problems.
func RequestID(ctx context.Context) string {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r.id
	}
	return ""
}

// Routed tells the pattern that a request's path matched: "GET /v1/answers/{id}". It is what
// requests are counted by, since paths have ids and names.
func Routed(ctx context.Context, pattern string) {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		r.route = pattern[strings.LastIndex(pattern, " ")+1:]
	}
}

// wellFormed is an id of a request that is taken over from who sent it: what proxies and
// programs make of letters and digits, and nothing that could break a line or a header.
var wellFormed = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:=+/-]{0,127}$`)

// Handler names each request, measures it and makes its span.
func Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		known := &request{id: r.Header.Get("X-Request-Id")}
		if !wellFormed.MatchString(known.id) {
			known.id = rand.Text()
		}
		w.Header().Set("X-Request-Id", known.id)
		ctx := context.WithValue(r.Context(), requestKey{}, known)
		o := of(ctx)
		if o == nil {
			next.ServeHTTP(w, r.WithContext(ctx))
			return
		}
		begun := time.Now()
		method := methodOf(r)
		span := span{noop.Span{}}
		if !Probe(r) {
			ctx, span = o.root(ctx, propagation.HeaderCarrier(r.Header), method, trace.SpanKindServer)
		}
		recorded := NewStatusRecorder(w)
		o.metrics.inFlight.Inc()
		defer func() {
			o.metrics.inFlight.Dec()
			route := known.route
			if route == "" {
				route = "unknown"
			}
			status := recorded.Status
			if status == 0 {
				status = http.StatusOK // which net/http sends where nothing was written
			}
			o.metrics.request(method, route, status, time.Since(begun))
			span.SetName(method + " " + route)
			span.SetAttributes(attribute.String("http.request.method", method), attribute.String("http.route", route),
				attribute.Int("http.response.status_code", status))
			if status >= http.StatusInternalServerError {
				span.fail(http.StatusText(status))
			}
			span.End()
		}()
		next.ServeHTTP(recorded, r.WithContext(ctx))
	})
}

// Probe reports whether a request is one of those that come every few seconds to see how a
// server does, of which neither the log nor a trace has to tell.
func Probe(r *http.Request) bool {
	return AsksForState(r) || r.URL.Path == "/metrics"
}

// AsksForState reports whether a request only asks how the server is.
func AsksForState(r *http.Request) bool { return r.URL.Path == "/healthz" || r.URL.Path == "/readyz" }

// methodOf is the method of a request, or OTHER for one that HTTP does not have: anybody may
// send any.
func methodOf(r *http.Request) string {
	if slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}, r.Method) {
		return r.Method
	}
	return "OTHER"
}

// StatusRecorder remembers the status of a response; zero until there is one.
type StatusRecorder struct {
	http.ResponseWriter
	Status int
}

// NewStatusRecorder makes a StatusRecorder of what it writes to.
func NewStatusRecorder(w http.ResponseWriter) *StatusRecorder {
	return &StatusRecorder{ResponseWriter: w}
}

// WriteHeader implements http.ResponseWriter.
func (w *StatusRecorder) WriteHeader(status int) {
	if w.Status == 0 {
		w.Status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *StatusRecorder) Write(b []byte) (int, error) {
	if w.Status == 0 {
		w.Status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap is how http.ResponseController finds the connection.
func (w *StatusRecorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Log is a handler of log lines that adds the id of the request or job that a line is of, and
// that of its trace.
func Log(h slog.Handler) slog.Handler { return logHandler{h} }

type logHandler struct{ slog.Handler }

func (h logHandler) Handle(ctx context.Context, line slog.Record) error {
	line = line.Clone()
	if id := RequestID(ctx); id != "" {
		line.AddAttrs(slog.String("request_id", id))
	}
	if j, ok := ctx.Value(jobKey{}).(*job); ok {
		line.AddAttrs(slog.Int64("job", j.id))
	}
	if s := trace.SpanContextFromContext(ctx); s.IsSampled() {
		line.AddAttrs(slog.String("trace_id", s.TraceID().String()))
	}
	return h.Handler.Handle(ctx, line)
}

func (h logHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return logHandler{h.Handler.WithAttrs(attrs)}
}
func (h logHandler) WithGroup(name string) slog.Handler { return logHandler{h.Handler.WithGroup(name)} }

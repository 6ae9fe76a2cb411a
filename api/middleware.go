package api

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/words"
)

type requestIDKey struct{}

// requestID names a request in the log and in its X-Request-Id header.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// withRequestLog names each request and logs how it ended. Queries stay out of
// the log: they may hold what somebody is looking for.
func (s *server) withRequestLog(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()
		w.Header().Set("X-Request-Id", id)
		r = r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id))
		recorded := &statusRecorder{ResponseWriter: w}
		start := time.Now()
		defer func() {
			s.Log.Log(r.Context(), requestLevel(r), "request", "method", r.Method, "path", words.Inert(r.URL.Path),
				"status", recorded.status, "duration_ms", time.Since(start).Milliseconds(), "request_id", id)
		}()
		next.ServeHTTP(recorded, r)
	})
}

// requestLevel keeps the probes that come every few seconds out of the log.
func requestLevel(r *http.Request) slog.Level {
	if r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// statusRecorder remembers the status of a response; zero until there is one.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (w *statusRecorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusRecorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap is how http.ResponseController finds the connection.
func (w *statusRecorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// withSecurityHeaders lets pages load their own files only, and recordings of the origins that
// were configured, and be shown in no frame of another site.
func (s *server) withSecurityHeaders(next http.Handler) http.Handler {
	policy := "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	if len(s.MediaOrigins) > 0 {
		policy += "; media-src 'self' " + strings.Join(s.MediaOrigins, " ")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

// withRecovery turns a panic into an internal error, or, when a part of the
// response is already out, breaks the connection so that the client can tell.
func (s *server) withRecovery(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorded := &statusRecorder{ResponseWriter: w}
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause != http.ErrAbortHandler {
				s.Log.Error("panic", "request_id", requestID(r.Context()), "cause", cause, "stack", string(debug.Stack()))
			}
			if cause == http.ErrAbortHandler || recorded.status != 0 {
				panic(http.ErrAbortHandler)
			}
			s.writeProblem(w, r, problemOf(fmt.Errorf("panic: %v", cause)))
		}()
		next.ServeHTTP(recorded, r)
	})
}

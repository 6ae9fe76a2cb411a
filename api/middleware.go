package api

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/words"
)

// withRequestLog logs how each request ended. Queries stay out of the log: they may hold what
// somebody is looking for.
func (s *server) withRequestLog(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorded := observe.NewStatusRecorder(w)
		start := time.Now()
		defer func() {
			s.Log.Log(r.Context(), requestLevel(r), "request", "method", r.Method, "path", words.Inert(r.URL.Path),
				"status", recorded.Status, "duration_ms", time.Since(start).Milliseconds())
		}()
		next.ServeHTTP(recorded, r)
	})
}

// requestLevel keeps probes out of the log.
func requestLevel(r *http.Request) slog.Level {
	if observe.Probe(r) {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

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
		recorded := observe.NewStatusRecorder(w)
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause != http.ErrAbortHandler {
				s.Log.ErrorContext(r.Context(), "panic", "cause", cause, "stack", string(debug.Stack()))
			}
			if cause == http.ErrAbortHandler || recorded.Status != 0 {
				panic(http.ErrAbortHandler)
			}
			s.writeProblem(w, r, problemOf(fmt.Errorf("panic: %v", cause)))
		}()
		next.ServeHTTP(recorded, r)
	})
}

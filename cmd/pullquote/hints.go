package main

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
)

// hints is the log of a command that tells its user in words what went wrong. An
// answer's words are for whoever asked, so of the warnings it keeps what they leave
// out: the hints for the operator, who is the user here.
type hints struct {
	slog.Handler // of errors
	mu           sync.Mutex
	kept         []string
}

// Enabled implements slog.Handler.
func (h *hints) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }

// Handle implements slog.Handler.
func (h *hints) Handle(ctx context.Context, r slog.Record) error {
	if h.Handler.Enabled(ctx, r.Level) {
		return h.Handler.Handle(ctx, r)
	}
	r.Attrs(func(a slog.Attr) bool {
		if a.Value.Kind() == slog.KindGroup { // of fault.Attr
			h.keep(a.Value.Group())
		}
		return true
	})
	return nil
}

func (h *hints) keep(fields []slog.Attr) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, f := range fields {
		if hint := f.Value.String(); f.Key == "hint" && !slices.Contains(h.kept, hint) {
			h.kept = append(h.kept, hint)
		}
	}
}

// take is what has been kept since it was last taken, in parentheses after a blank;
// empty when there is nothing.
func (h *hints) take() string {
	if h == nil {
		return ""
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	kept := h.kept
	h.kept = nil
	if len(kept) == 0 {
		return ""
	}
	return " (" + strings.Join(kept, "; ") + ")"
}

package api

import (
	"context"
	"net/http"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// readyTimeout is shorter than the patience of those who probe.
const readyTimeout = 2 * time.Second

type healthResponse struct {
	Status string `json:"status"`
	Note   string `json:"note,omitempty"`
	// MaxUpload is how many bytes a file may have; told with readiness alone.
	MaxUpload int64 `json:"max_upload_bytes,omitempty"`
}

// healthz says that the process is alive, whatever it depends on.
func (s *server) healthz(w http.ResponseWriter, r *http.Request) error {
	return writeJSON(w, http.StatusOK, healthResponse{Status: "ok"})
}

// readyz says whether requests can be served.
func (s *server) readyz(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	note, err := s.Ready(ctx)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "not ready: %s", fault.MessageOf(err))
	}
	return writeJSON(w, http.StatusOK, healthResponse{"ready", note, s.MaxUpload})
}

package api

import (
	"bytes"
	"io"
	"net/http"
)

// mcp gives a message of the Model Context Protocol, of the size of other JSON, to the server that speaks it.
func (s *server) mcp(w http.ResponseWriter, r *http.Request) error {
	message, err := readBody(r, maxJSON, "message")
	if err != nil {
		return err
	}
	r.Body = io.NopCloser(bytes.NewReader(message))
	w.Header().Set("X-Accel-Buffering", "no") // proxies must not hold back what says how far a call is
	s.MCP.ServeHTTP(w, r)
	return nil
}

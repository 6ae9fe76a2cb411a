package api

import (
	"net/http"

	"github.com/pullquote/pullquote/internal/wire"
)

// writeJSON encodes v before it writes the header: a value that does not encode
// is still an internal error, not half a response.
func writeJSON(w http.ResponseWriter, status int, v any) error {
	body, err := wire.Encode(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(body) // fails only when nobody reads any more
	return nil
}

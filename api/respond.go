package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

// writeJSON encodes v before it writes the header: a value that does not encode
// is still an internal error, not half a response.
func writeJSON(w http.ResponseWriter, status int, v any) error {
	body, err := encode(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(body) // fails only when nobody reads any more
	return nil
}

// encode is v on one line, with the characters of the record as they are.
func encode(v any) ([]byte, error) {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, fmt.Errorf("encode the response: %w", err)
	}
	return body.Bytes(), nil
}

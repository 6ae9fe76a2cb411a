// Package wire is the JSON that the HTTP API and the MCP server have in common:
// objects that come in are read strictly, and what goes out has lists that are never
// null and the characters of the record as they are.
package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Encode is v on one line, with the characters of the record as they are.
func Encode(v any) ([]byte, error) {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, fmt.Errorf("encode the response: %w", err)
	}
	return line.Bytes(), nil
}

// IsText reports whether a database can keep s as text.
func IsText(s string) bool {
	return utf8.ValidString(s) && !strings.Contains(s, "\x00")
}

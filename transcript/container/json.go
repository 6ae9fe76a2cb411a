package container

import (
	"strings"
)

// JSON: Pullquote's own is handed on as text; package transcript reads it.

func isJSON(data []byte, o Options) bool {
	start := strings.TrimSpace(sniff(data, o))
	if rest, array := strings.CutPrefix(start, "["); array {
		start = strings.TrimSpace(rest)
	}
	rest, object := strings.CutPrefix(start, "{")
	rest = strings.TrimSpace(rest)
	return object && (rest == "" || strings.ContainsAny(rest[:1], `"}`))
}

func openJSON(data []byte, o Options) (*Content, error) {
	text, warnings, err := decode(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	return &Content{Text: text, Warnings: warnings}, nil
}

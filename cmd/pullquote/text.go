package main

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript"
)

// unnamed is what stands for a speaker whom the record does not name.
const unnamed = "(not named)"

// joined is those of the parts that there are.
func joined(parts ...transcript.Optional) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, string(p))
		}
	}
	return strings.Join(there, " · ")
}

// isText reports whether a file is text that commands no terminal.
func isText(file []byte) bool {
	return utf8.Valid(file) && !bytes.ContainsFunc(file, func(r rune) bool {
		return words.Commands(r) && !strings.ContainsRune("\n\r\t", r)
	})
}

// excerpt is the beginning of a text on one line, n characters at the most.
func excerpt(text string, n int) string {
	runes := []rune(words.InertLine(text))
	if len(runes) <= n {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}

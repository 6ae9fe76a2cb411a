package main

import (
	"strings"

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

// excerpt is the beginning of a text on one line, n characters at the most.
func excerpt(text string, n int) string {
	runes := []rune(words.InertLine(text))
	if len(runes) <= n {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}

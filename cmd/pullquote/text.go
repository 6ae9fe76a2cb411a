package main

import (
	"fmt"
	"strings"

	"github.com/pullquote/pullquote/transcript"
)

// person is who spoke, in words.
func person(name, affiliation transcript.Optional) string {
	switch {
	case name == "":
		return "(not named)"
	case affiliation != "":
		return fmt.Sprintf("%s (%s)", name, affiliation)
	}
	return string(name)
}

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
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= n {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}

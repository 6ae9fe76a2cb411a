package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
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

// excerpt is the beginning of a text on one line, n characters at the most.
func excerpt(text string, n int) string {
	runes := []rune(words.OneLine(text))
	if len(runes) <= n {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}

// printable is somebody's text on one line, without what would command a terminal.
func printable(text string) string {
	text = words.OneLine(text)
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text)
}

// escaped is a path as it is shown: with what would command a terminal, and bytes that are
// no characters, as Go writes them.
func escaped(path string) string {
	var b strings.Builder
	for i, r := range path {
		switch _, size := utf8.DecodeRuneInString(path[i:]); {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, path[i])
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

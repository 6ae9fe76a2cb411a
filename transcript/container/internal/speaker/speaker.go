// Package speaker tells speakers apart by form alone: what a printed label looks
// like, what a person's name looks like, and how long somebody unnamed may speak.
//
// It serves the containers whose files come in pieces of speech: captions, rows of
// tables, the XML of parliaments. The labels of a text are found in package
// transcript, which reads the whole text for them.
package speaker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

const (
	LongPause   = 2_000  // milliseconds, behind which a paragraph begins
	LongestTurn = 60_000 // of somebody unnamed, when a sentence ends
)

const longestCaptionLabel = 50 // bytes

// CutLabel takes "Jane Roe:" off a line, by its form alone.
func CutLabel(line string) (label, rest string) {
	label, rest, colon := strings.Cut(line[:min(len(line), longestCaptionLabel+1)], ":")
	if !colon || label == "" || rest != "" && rest[0] != ' ' {
		return "", line
	}
	words := strings.Fields(label)
	if len(words) > 5 {
		return "", line
	}
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "([#"))
		if !unicode.IsUpper(r) && (i == 0 || !unicode.IsDigit(r) && !nameParticles[w]) || strings.ContainsAny(w, "?!;\"“”,") {
			return "", line
		}
	}
	return label, strings.TrimSpace(line[len(label)+1:])
}

var nameParticles = text.WordSet(`de da di du del der den van von la le al el bin ibn y e and of the`)

// IsFullName reports whether the name of a reference is a person's rather than an
// office such as The SPEAKER.
func IsFullName(name string) bool {
	words := strings.Fields(name)
	if len(words) < 2 || len(words) > 6 || strings.EqualFold(words[0], "the") {
		return false
	}
	for _, w := range words {
		if !text.StartsUpper(w) && !nameParticles[w] || strings.ToUpper(w) == w && len(w) > 3 {
			return false
		}
	}
	return true
}

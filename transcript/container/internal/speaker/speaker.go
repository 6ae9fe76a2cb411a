// Package speaker tells speakers by form alone: what a printed label looks like,
// what a person's name looks like, and how long a silence parts speakers whom nobody
// names.
//
// It serves the containers whose files come in pieces of speech: captions, rows of
// tables, the XML of parliaments. In a text, labels are found by package transcript,
// which reads all of it to prove them.
package speaker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// LongPause is a silence between two pieces of speech, in milliseconds, behind which
// a paragraph begins; where nobody is named, another may speak.
const LongPause = 2_000

const (
	longestLabel = 50 // bytes
	mostWords    = 5  // of a label
)

// CutLabel takes a label such as "Jane Roe:" off a line. Each of its words has a
// capital first, or is a number or a particle of names behind another word.
func CutLabel(line string) (label, rest string) {
	label, rest, colon := strings.Cut(line[:min(len(line), longestLabel+1)], ":")
	if !colon || label == "" || rest != "" && rest[0] != ' ' {
		return "", line
	}
	words := strings.Fields(label)
	if len(words) > mostWords {
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

// nameParticles are in small letters in names and in labels, such as those of offices.
var nameParticles = lexicon.Union(lexicon.Particles, lexicon.OfficeLinks)

// IsFullName reports whether a name has the form of a person's, in two to six words,
// rather than of an office such as The SPEAKER.
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

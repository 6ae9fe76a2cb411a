// Package speaker tells speakers by form alone: what a printed label looks like,
// what a person's name looks like, and how long a silence parts speakers whom nobody
// names.
//
// It serves the containers whose files come in pieces of speech: captions, rows of
// tables, the XML of parliaments. In a text, labels are found by package transcript,
// which reads all of it to prove them.
package speaker

import (
	"regexp"
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
// capital first, or is a number or a particle of names behind another word; or it is
// an identifier, SPEAKER_00 or spk_0, the name of an account or a device, jane.roe or iPhone
// (3), or a telephone number.
func CutLabel(line string) (label, rest string) {
	if m := channel.FindStringSubmatch(line); m != nil {
		return m[1], line[len(m[0]):]
	}
	label, rest = CutWords(line)
	if label == "" || !isIdentifier.MatchString(label) && !isAccount.MatchString(label) && !isTelephone.MatchString(label) && !areCapitalised(label) {
		return "", line
	}
	return label, rest
}

// CutWords takes the few words before a colon off a line, of whatever form; whether they
// are a label, the file must prove. Brackets around all of them, as in [SPEAKER_00]:, are no
// part of it.
func CutWords(line string) (label, rest string) {
	at, size := findColon(line[:min(len(line), 2*longestLabel)])
	if at < 0 {
		return "", line
	}
	label, rest = clockNote.ReplaceAllString(line[:at], ""), line[at+size:]
	if inside, ok := strings.CutPrefix(label, "["); ok && strings.HasSuffix(inside, "]") {
		label = strings.TrimSuffix(inside, "]")
	}
	note := strings.IndexAny(label, "([|")
	if note <= 0 {
		note = len(label)
	}
	words := len(strings.Fields(label[:note]))
	if words == 0 || words > mostWords || note > longestLabel || size == 1 && rest != "" && rest[0] != ' ' || strings.ContainsAny(lexicon.WithoutNicknames(label), "?!;\"“”<>") {
		return "", line
	}
	return strings.TrimSpace(label), strings.TrimSpace(rest)
}

// clockNote is the time in brackets that some programs write behind a name.
var clockNote = regexp.MustCompile(` *[\[(]\d{1,2}:\d\d(?::\d\d)?[\])]$`)

// findColon finds the first colon that is not within a time, and its size: the full-width one of
// Chinese and Japanese has three bytes.
func findColon(line string) (at, size int) {
	for i, r := range line {
		if r == ':' && (i+1 == len(line) || !text.IsDigit(line[i+1])) || r == '：' {
			return i, utf8.RuneLen(r)
		}
	}
	return -1, 0
}

// channel is how whisper.cpp marks who speaks in stereo: (speaker 0) It holds.
var channel = regexp.MustCompile(`^\((speaker [\d?]+)\) *`)

var (
	isIdentifier = regexp.MustCompile(`^\p{L}+[_-]?\d+$`)
	isAccount    = regexp.MustCompile(`^\p{Ll}+(?:\p{Lu}|[_.\d]+\p{L})[\p{L}\d_.]*(?: *\([^()]*\))?$`)
	isTelephone  = regexp.MustCompile(`^\+?[\d*(][\d* ()-]{5,}$`)
)

// areCapitalised reports whether the words of a label, nicknames and a note in brackets or
// behind a bar apart, have the capitals of a name. Scripts without capitals have none.
func areCapitalised(label string) bool {
	if i := strings.IndexAny(label, "([|"); i > 0 {
		label = label[:i]
	}
	for i, w := range strings.Fields(lexicon.WithoutNicknames(label)) {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "(#№"))
		capital := unicode.IsUpper(r) || unicode.Is(unicode.Lo, r)
		if !capital && (i == 0 || !unicode.IsDigit(r) && !nameParticles[w]) || strings.ContainsAny(w, ",") {
			return false
		}
	}
	return true
}

// NamesNobody reports whether the words of a label head a field or begin a sentence: "Note: it
// rains."
func NamesNobody(label string) bool {
	return namesNobody[strings.ToLower(label)]
}

var namesNobody = lexicon.Union(lexicon.Words("fields"), lexicon.Words("words before colons"))

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

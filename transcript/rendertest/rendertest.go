// Package rendertest writes transcripts of invented conversations in the forms in which
// transcripts come, and knows of each who says what: what a parser makes of them can be
// scored without a human.
//
// A form is composed of parts: what stands for a person (a key: "Jane Roe", "MR. POE",
// "SPEAKER_00"), how that is adorned (bold, in brackets, a heading), what divides it from
// the words (a separator: a colon, a dash, a line end), where the time stands, and the
// container. Its name is those of its parts: "surname-upper+bold+colon+time-before.md".
// Any parts go together that a careful reader could tell from the words; Forms has a choice
// of them in which every part comes with every other kind of part, so that nothing is
// known by heart. What else makes a file — language, cast, layout, page furniture, remarks
// that look like labels — is drawn from the seed. The same form and seed give the same file.
//
// # Use
//
//	go test ./transcript/rendertest -run TestForms -v                 # scores, worst forms last
//	go test ./transcript/rendertest -run TestForms -v -form 'dash' -files 5 -seed 7
//	go test ./transcript/rendertest -run TestWrite -out DIR -files 3  # files, DIR/gold, DIR/turns
//
// Forms fall into two halves by their names, Fit and Judge: whoever mends the parser looks
// at failures of the first (-half fit, the default of TestWrite) and measures on the second.
package rendertest

import (
	"fmt"
	"hash/fnv"
	"html"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

// File is a rendered transcript with what is right of it.
type File struct {
	Name  string // with its extension
	Form  string
	Parts []string // of the form, and the language
	Data  []byte
	Title string // empty where none is printed
	Date  string // YYYY-MM-DD; empty where none is printed
	Turns []Turn
}

// Turn is a turn as a careful reader would note it.
type Turn struct {
	Label string   // as printed
	Base  string   // the label without affiliation, pronouns and the like; often the same
	Names []string // what the speaker may be called; the label may stand as well
	Text  string   // sentences, divided by a blank
}

// Check says what is wrong with a file's turns: each must begin in the file behind its
// label, in order, and no two alike. It is empty where all is right.
func (f File) Check() string {
	text := lineNumbers.ReplaceAllString(string(f.Data), "")
	if strings.HasSuffix(f.Name, ".html") {
		text = html.UnescapeString(tags.ReplaceAllString(text, " "))
	}
	words := fold(text)
	at, openings := 0, map[string]bool{}
	for _, t := range f.Turns {
		label, begin := fold(t.Label), fold(opening(t.Text))
		k := at
		for k < len(words) && !(hasPrefix(words[k:], begin) && slices.Contains(windows(words[max(at, k-12):k], len(label)), folded(t.Label))) {
			k++
		}
		switch {
		case k == len(words):
			return fmt.Sprintf("%q does not stand behind %q in its place", opening(t.Text), t.Label)
		case openings[opening(t.Text)]:
			return fmt.Sprintf("two turns begin with %q", opening(t.Text))
		}
		openings[opening(t.Text)] = true
		at = k + len(begin)
	}
	return ""
}

func hasPrefix(words, prefix []string) bool {
	return len(words) >= len(prefix) && slices.Equal(words[:len(prefix)], prefix)
}

// windows are the runs of n words.
func windows(words []string, n int) []string {
	var runs []string
	for i := 0; i+n <= len(words); i++ {
		runs = append(runs, strings.Join(words[i:i+n], " "))
	}
	return runs
}

var (
	tags        = regexp.MustCompile(`<[^>]*>`)
	lineNumbers = regexp.MustCompile(`(?m)^[ \d]\d   `)
)

// source is the stream of random numbers of a form and a seed.
func source(name string, seed uint64) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(h.Sum64(), seed))
}

// pick chooses one of several.
func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// chance is true with a probability.
func chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

// Package labels reads the labels that stand before turns: the form of one, the name
// taken apart into titles, names and affiliation, and the part in the conversation that
// its words tell. Whether a text with the form of a label is one, package marks decides
// from all of the document.
package labels

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/model"
)

// Label is what stands before a turn and says whose it is, read once for all
// its turns.
type Label struct {
	Text  string   // as printed, without the colon and emphasis
	Key   string   // the same however it is printed
	Upper bool     // printed in capitals
	Words []string // in small letters, without article, number and note
	Part  Part
	Name  Name
}

// First is the first word, empty if there is none.
func (l *Label) First() string {
	if len(l.Words) == 0 {
		return ""
	}
	return l.Words[0]
}

// StandsInList reports whether a label can be a speaker's in the item of a
// list, where other words than names have a colon behind them, too.
func (l *Label) StandsInList() bool {
	return l.Upper || l.Part != PartNamed || len(l.Name.Titles) == 0 && l.Name.Full() && lexicon.AreNameWords(l.Name.Name)
}

// Reader reads labels and remembers them: a long transcript has few.
type Reader map[string]*Label

// Read is what a text says as a label, whatever its form.
func (r Reader) Read(text string) *Label {
	l := r[text]
	if l == nil {
		l = &Label{Text: text, Key: lexicon.Fold(WithoutNote(text)), Words: Words(text), Part: partOf(text), Name: ReadName(text)}
		l.Upper, _ = Form(text)
		r[text] = l
	}
	return l
}

// Of is the label of a turn, or its speaker's name where it has none.
func (r Reader) Of(t model.Turn) *Label {
	return r.Read(cmp.Or(string(t.Label), string(t.Speaker)))
}

// AreInterview reports whether labels such as Q and A show an interview, and
// none a moderator.
func (r Reader) AreInterview() bool {
	interview := false
	for _, l := range r {
		if l.Part == PartModerator {
			return false
		}
		interview = interview || l.Part == PartAnswerer || l.First() == "interviewer"
	}
	return interview
}

const (
	LongestLabel = 100    // bytes
	MostLabels   = 10_000 // of one document; what has more is something else
)

// WithoutNote drops what a label has in brackets: MR. ROE (via interpreter).
func WithoutNote(text string) string {
	if i := strings.IndexAny(text, "(["); i > 0 {
		return strings.TrimSpace(text[:i])
	}
	return text
}

// NoteIn is what a label has in brackets.
func NoteIn(text string) string {
	if i := strings.IndexAny(text, "(["); i > 0 {
		return strings.Trim(text[i:], "()[] ")
	}
	return ""
}

// Words are the words of a label without article, number and note.
func Words(text string) []string {
	var words []string
	for _, w := range strings.Fields(WithoutNote(text)) {
		w = strings.TrimFunc(strings.ToLower(w), func(r rune) bool { return !unicode.IsLetter(r) })
		if w != "" && w != "the" && w != "an" {
			words = append(words, w)
		}
	}
	return words
}

func IsNumbered(text string) bool {
	return strings.ContainsAny(text, "0123456789")
}

// Package labels reads the labels that stand before turns: whether a text has the form of
// a label, the name in it, taken apart into titles, words and affiliation, and the part in
// the conversation that its words tell. Whether a text with the form of a label is one,
// package marks decides from all of the document.
package labels

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/model"
)

// Label is what is printed before a turn to say whose it is. It is read once for all its
// turns.
type Label struct {
	Text  string   // as printed, without the colon and emphasis
	Key   string   // the same however the label is printed, notes in brackets apart
	Upper bool     // printed in capitals
	Words []string // in small letters, without article, number and note
	Part  Part     // SettlePairs may change it
	Name  Name     // empty if the label names nobody

	Numbered bool // stands for one person, although it names nobody: Speaker 2
}

// First is the first of the words, empty if there is none.
func (l *Label) First() string {
	if len(l.Words) == 0 {
		return ""
	}
	return l.Words[0]
}

// StandsInList reports whether a label can be a speaker's in an item of a list, where
// many words have a colon behind them that name nobody.
func (l *Label) StandsInList() bool {
	return l.Upper || l.Part != PartNamed || len(l.Name.Titles) == 0 && l.Name.Full() && l.Name.IsName()
}

// Reader reads the labels of one document and remembers them by their text: a long
// transcript has few, and each is one *Label for all its turns.
type Reader map[string]*Label

// Read is what a text says as a label, whether or not it has the form of one.
func (r Reader) Read(text string) *Label {
	l := r[text]
	if l == nil {
		l = &Label{Text: text, Key: lexicon.Fold(WithoutNote(text)), Words: Words(text), Part: partOf(text), Name: ReadName(text), Numbered: IsNumbered(text)}
		l.Upper, _ = Form(text)
		r[text] = l
	}
	return l
}

// ReadAnonymous reads a text as the label of one person whom it does not name, whatever its
// words are: SPEAKER_00, A.
func (r Reader) ReadAnonymous(text string) *Label {
	l := r.Read(text)
	l.Part, l.Name, l.Numbered = PartAnonymous, Name{}, true
	return l
}

// Of is the label of a turn, or, where it has none, its speaker's name read as one.
func (r Reader) Of(t model.Turn) *Label {
	return r.Read(cmp.Or(string(t.Label), string(t.Speaker)))
}

// AreInterview reports whether the labels are those of an interview: some stand for whoever
// answers, or for an interviewer, and none for a moderator.
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
	LongestLabel     = 100              // bytes
	LongestWeakLabel = LongestLabel / 2 // bytes, where only a weak mark ends it: a full stop, a dash, a blank
)

// WithoutNote is a label without the note at its end, in brackets or behind an upright
// stroke, and without nicknames and pictures: MR. ROE of MR. ROE (via interpreter), Jane Roe of
// Jane Roe | Harbour Radio, John Doe of John “Jack” Doe.
func WithoutNote(text string) string {
	if i := noteStart(text); i > 0 {
		text = strings.TrimSpace(text[:i])
	}
	text = lexicon.WithoutNicknames(text)
	if name := strings.TrimRightFunc(text, isSymbol); name != "" && len(name) < len(text) {
		return strings.TrimSpace(name)
	}
	return text
}

// isSymbol reports whether a character is a picture that people set behind their names, or
// joins two of them.
func isSymbol(r rune) bool {
	return r > unicode.MaxLatin1 && (unicode.In(r, unicode.So, unicode.Sk) || r == '\ufe0f' || r == '\u200d')
}

// NoteIn is the note at the end of a label, empty if there is none.
func NoteIn(text string) string {
	if i := noteStart(text); i > 0 {
		return strings.Trim(text[i:], "()[]| ")
	}
	return ""
}

// noteStart is the byte at which the note of a label begins; below 1 if it has none.
func noteStart(text string) int { return strings.IndexAny(text, "([|") }

// Words are the words of a label in small letters, without article, number and note.
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

// IsNumbered reports whether a label has a number: Speaker 2.
func IsNumbered(text string) bool {
	return strings.ContainsAny(text, "0123456789")
}

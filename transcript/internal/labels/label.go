// Package labels reads the labels that stand before turns: the form of one, the name
// taken apart into titles, names and affiliation, and the part in the conversation that
// its words tell. Whether a text with the form of a label is one, package marks decides
// from all of the document.
package labels

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
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

// StandsInList reports whether a label can be a speaker's in the item of a
// list, where other words than names have a colon behind them, too.
func (l *Label) StandsInList() bool {
	return l.Upper || l.Part != PartNamed || len(l.Name.Titles) == 0 && l.Name.Full() && lexicon.AreNameWords(l.Name.Name)
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

// Form reports whether text could name a speaker, and whether it is in
// capitals: a few words, each with a capital but for links and particles.
func Form(text string) (upper, ok bool) {
	words := strings.Fields(WithoutNote(text))
	if len(words) == 0 || len(words) > 9 {
		return false, false
	}
	for i, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		link := i > 0 && (lexicon.Particles[lexicon.Bare(w)] || lexicon.OfficeLinks[lexicon.Bare(w)] || w == "&" || isDash(w))
		digit := i > 0 && unicode.IsDigit(first)
		if isDated(w) {
			return false, false
		}
		if !unicode.IsUpper(first) && !isCaseless(first) && !link && !digit || strings.ContainsAny(w, "?!;\"“”<>=@\\|{}。，:") {
			return false, false
		}
	}
	upper = isUpper(words) && strings.ToLower(text) != text
	if strings.Contains(text, "/") && !upper && !joinsNames(text) {
		return false, false
	}
	return upper, upper || len(words) <= 6
}

// HasForm reports whether text could name a speaker.
func HasForm(text string) bool {
	_, ok := Form(text)
	return ok
}

// isDated recognises a word with a year or another long number, which no label
// has.
func isDated(w string) bool {
	digits := 0
	for i := range len(w) {
		if digits++; !letters.IsDigit(w[i]) {
			digits = 0
		}
		if digits > 2 {
			return true
		}
	}
	return false
}

// isCaseless recognises letters of writings that have no capitals.
func isCaseless(r rune) bool {
	return unicode.IsLetter(r) && !unicode.IsUpper(r) && !unicode.IsLower(r) || r == '/' || r == '&'
}

// joinsNames reports whether a text with strokes joins several names: Jane Roe /
// Mr. Poe.
func joinsNames(text string) bool {
	for _, one := range strings.Split(text, "/") {
		name := ReadName(strings.TrimSpace(one))
		if len(name.Name) == 0 || !name.Full() && len(name.Titles) == 0 || !lexicon.AreNameWords(name.Name) {
			return false
		}
	}
	return true
}

// isUpper reports whether words are in capitals up to a comma, titles and links
// apart: MR. ROE, Mr. ROE.
func isUpper(words []string) bool {
	last := ""
	for i, w := range words {
		if w == "of" && i > 0 && isCapitals(last) && !lexicon.IsTitle(last) {
			break // Mr. ROE of Harbour
		}
		if isDash(w) && i > 0 {
			break // JANE ROE – Harbour Radio
		}
		link := lexicon.Particles[w] || i > 0 && lexicon.OfficeLinks[w] || i == 0 && articles[w] && len(words) > 1
		if !link && !isCapitals(w) && !lexicon.IsTitle(w) {
			return false
		}
		last = w
		if strings.HasSuffix(w, ",") {
			break
		}
	}
	return isCapitals(last)
}

var articles = lexicon.Words("articles in labels")

// isCapitals reports whether a word has no small letters but in McCALL.
func isCapitals(w string) bool { return strings.ToUpper(w) == w || letters.MixedCaps(w) }

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

// Name is the name in a label, taken apart: CHAIR JANE ROE, HARBOUR RADIO.
type Name struct {
	Titles      []string
	Name        []string
	Affiliation string
}

func ReadName(text string) Name {
	var l Name
	text, after, comma := strings.Cut(WithoutNote(text), ",")
	if !comma {
		text, after, _ = cutDashes(text)
	}
	words := strings.Fields(lexicon.PlainMarks(text))
	if len(words) > 1 && articles[names.TitleWord(words[0], false)] {
		words = words[1:]
	}
	for len(words) > 0 && (lexicon.IsTitle(words[0]) || len(l.Titles) > 0 && lexicon.GoesOnOffice(words[0])) {
		l.Titles = append(l.Titles, lexicon.Bare(words[0]))
		words = words[1:]
	}
	if of := slices.Index(words, "of"); of > 0 && len(l.Titles) > 0 {
		words = words[:of] // Mr. Roe of Harbour
	}
	l.Name = words
	if len(l.Titles) > 0 && (lexicon.OfficeLinks[l.Titles[len(l.Titles)-1]] || linksWords(words)) {
		l.Titles, l.Name = strings.Fields(strings.ToLower(text)), nil // MINISTER OF TIDES
	}
	after = lexicon.PlainMarks(after)
	if first, _, _ := strings.Cut(after, " "); after != "" && len(text) > 4 && !lexicon.IsTitle(first) && !letters.IsRoman(after) && !nameSuffixes[lexicon.Bare(after)] {
		l.Affiliation = after
	}
	return l
}

// linksWords reports whether a link such as "of" stands among words, as in an
// office and in no name.
func linksWords(words []string) bool {
	for _, w := range words {
		if lexicon.OfficeLinks[lexicon.Bare(w)] {
			return true
		}
	}
	return false
}

// cutDashes divides a text at a dash between blanks.
func cutDashes(text string) (before, after string, found bool) {
	for _, dash := range []string{" – ", " — ", " - "} {
		if before, after, found = strings.Cut(text, dash); found {
			return before, after, true
		}
	}
	return text, "", false
}

func isDash(w string) bool { return w == "–" || w == "—" || w == "-" }

var nameSuffixes = lexicon.Words("suffixes of names")

// Full reports whether the label has more than a surname.
func (l Name) Full() bool {
	for _, w := range l.Name[:max(0, len(l.Name)-1)] {
		if !lexicon.IsInitial(w) && !lexicon.Particles[lexicon.Bare(w)] {
			return true
		}
	}
	return false
}

// Surname is the last word, folded; empty if the label names nobody.
func (l Name) Surname() string {
	if len(l.Name) == 0 {
		return ""
	}
	return lexicon.Fold(l.Name[len(l.Name)-1])
}

package transcript

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// label is what stands before a turn and says whose it is, read once for all
// its turns.
type label struct {
	text  string   // as printed, without the colon and emphasis
	key   string   // the same however it is printed
	upper bool     // printed in capitals
	words []string // in small letters, without article, number and note
	part  part
	name  labelName
}

// first is the first word, empty if there is none.
func (l *label) first() string {
	if len(l.words) == 0 {
		return ""
	}
	return l.words[0]
}

// labelReader reads labels and remembers them: a long transcript has few.
type labelReader map[string]*label

// read is what a text says as a label, whatever its form.
func (r labelReader) read(text string) *label {
	l := r[text]
	if l == nil {
		l = &label{text: text, key: fold(withoutNote(text)), words: labelWords(text), part: partOf(text), name: readLabelName(text)}
		l.upper, _ = labelForm(text)
		r[text] = l
	}
	return l
}

// standsInList reports whether a label can be a speaker's in the item of a
// list, where other words than names have a colon behind them, too.
func (l *label) standsInList() bool {
	return l.upper || l.part != partNamed || len(l.name.titles) == 0 && l.name.full() && allNameWords(l.name.name)
}

// of is the label of a turn, or its speaker's name where it has none.
func (r labelReader) of(t Turn) *label {
	return r.read(firstOf(string(t.Label), string(t.Speaker)))
}

// areInterview reports whether labels such as Q and A show an interview, and
// none a moderator.
func (r labelReader) areInterview() bool {
	interview := false
	for _, l := range r {
		if l.part == partModerator {
			return false
		}
		interview = interview || l.part == partAnswerer || l.first() == "interviewer"
	}
	return interview
}

const (
	longestLabel = 100    // bytes
	mostLabels   = 10_000 // of one document; what has more is something else
)

// labelForm reports whether text could name a speaker, and whether it is in
// capitals: a few words, each with a capital but for links and particles.
func labelForm(text string) (upper, ok bool) {
	words := strings.Fields(withoutNote(text))
	if len(words) == 0 || len(words) > 9 {
		return false, false
	}
	for i, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		link := i > 0 && (particles[bare(w)] || officeLinks[bare(w)] || w == "&" || isDash(w))
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

// isLabelForm reports whether text could name a speaker.
func isLabelForm(text string) bool {
	_, ok := labelForm(text)
	return ok
}

// isDated recognises a word with a year or another long number, which no label
// has.
func isDated(w string) bool {
	digits := 0
	for i := range len(w) {
		if digits++; !isDigit(w[i]) {
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
		name := readLabelName(strings.TrimSpace(one))
		if len(name.name) == 0 || !name.full() && len(name.titles) == 0 || !allNameWords(name.name) {
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
		if w == "of" && i > 0 && isCapitals(last) && !isTitle(last) {
			break // Mr. ROE of Harbour
		}
		if isDash(w) && i > 0 {
			break // JANE ROE – Harbour Radio
		}
		link := particles[w] || i > 0 && officeLinks[w] || i == 0 && articles[w] && len(words) > 1
		if !link && !isCapitals(w) && !isTitle(w) {
			return false
		}
		last = w
		if strings.HasSuffix(w, ",") {
			break
		}
	}
	return isCapitals(last)
}

var articles = wordSet(`The A An`)

// isCapitals reports whether a word has no small letters but in McCALL.
func isCapitals(w string) bool { return strings.ToUpper(w) == w || mixedCaps(w) }

// withoutNote drops what a label has in brackets: MR. ROE (via interpreter).
func withoutNote(text string) string {
	if i := strings.IndexAny(text, "(["); i > 0 {
		return strings.TrimSpace(text[:i])
	}
	return text
}

// noteIn is what a label has in brackets.
func noteIn(text string) string {
	if i := strings.IndexAny(text, "(["); i > 0 {
		return strings.Trim(text[i:], "()[] ")
	}
	return ""
}

// labelWords are the words of a label without article, number and note.
func labelWords(text string) []string {
	var words []string
	for _, w := range strings.Fields(withoutNote(text)) {
		w = strings.TrimFunc(strings.ToLower(w), func(r rune) bool { return !unicode.IsLetter(r) })
		if w != "" && w != "the" && w != "an" {
			words = append(words, w)
		}
	}
	return words
}

func isNumbered(text string) bool {
	return strings.ContainsAny(text, "0123456789")
}

// labelName is the name in a label, taken apart: CHAIR JANE ROE, HARBOUR RADIO.
type labelName struct {
	titles      []string
	name        []string
	affiliation string
}

func readLabelName(text string) labelName {
	var l labelName
	text, after, comma := strings.Cut(withoutNote(text), ",")
	if !comma {
		text, after, _ = cutDashes(text)
	}
	words := strings.Fields(plainMarks(text))
	if len(words) > 1 && articles[titleWord(words[0], false)] {
		words = words[1:]
	}
	for len(words) > 0 && (isTitle(words[0]) || len(l.titles) > 0 && goesOnOffice(words[0])) {
		l.titles = append(l.titles, bare(words[0]))
		words = words[1:]
	}
	if of := slices.Index(words, "of"); of > 0 && len(l.titles) > 0 {
		words = words[:of] // Mr. Roe of Harbour
	}
	l.name = words
	if len(l.titles) > 0 && (officeLinks[l.titles[len(l.titles)-1]] || linksWords(words)) {
		l.titles, l.name = strings.Fields(strings.ToLower(text)), nil // MINISTER OF TIDES
	}
	after = plainMarks(after)
	if first, _, _ := strings.Cut(after, " "); after != "" && len(text) > 4 && !isTitle(first) && !isRoman(after) && !nameSuffixes[bare(after)] {
		l.affiliation = after
	}
	return l
}

// linksWords reports whether a link such as "of" stands among words, as in an
// office and in no name.
func linksWords(words []string) bool {
	for _, w := range words {
		if officeLinks[bare(w)] {
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

var nameSuffixes = wordSet(`jr sr md phd esq m.d ph.d`)

// full reports whether the label has more than a surname.
func (l labelName) full() bool {
	for _, w := range l.name[:max(0, len(l.name)-1)] {
		if !isInitial(w) && !particles[bare(w)] {
			return true
		}
	}
	return false
}

// surname is the last word, folded; empty if the label names nobody.
func (l labelName) surname() string {
	if len(l.name) == 0 {
		return ""
	}
	return fold(l.name[len(l.name)-1])
}

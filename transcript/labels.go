package transcript

import (
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

// split takes a label off the start of a line. It only looks at the form;
// whether the label is a speaker's the whole document must say.
func (r labelReader) split(s string) (l *label, rest string) {
	s, emphasis := cutEmphasis(s)
	if text, rest, ok := cutBareLabel(s); ok {
		return r.read(text), rest
	}
	colon := strings.IndexByte(s[:min(len(s), longestLabel)], ':')
	if colon <= 0 {
		return nil, ""
	}
	text, rest := s[:colon], s[colon+1:]
	if emphasis {
		text, rest = strings.TrimRight(text, "*_"), strings.TrimLeft(rest, "*_")
	}
	if next, _ := utf8.DecodeRuneInString(rest); rest != "" && !unicode.IsSpace(next) && !strings.ContainsRune("“\"‘[(", next) {
		return nil, ""
	}
	text = strings.TrimSpace(text)
	if _, known := r[text]; !known && len(r) == mostLabels {
		return nil, ""
	}
	if _, ok := labelForm(text); !ok {
		return nil, ""
	}
	return r.read(text), strings.TrimSpace(rest)
}

func cutEmphasis(s string) (rest string, found bool) {
	if s == "" || s[0] != '*' && s[0] != '_' {
		return s, false
	}
	return strings.TrimLeft(s, "*_"), true
}

// cutBareLabel reads Q and A with a full stop or a wide blank after them.
func cutBareLabel(s string) (text, rest string, ok bool) {
	if len(s) < 3 || s[0] != 'Q' && s[0] != 'A' {
		return "", "", false
	}
	rest, stop := strings.CutPrefix(s[1:], ".")
	trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
	blanks := utf8.RuneCountInString(rest[:len(rest)-len(trimmed)])
	wide := blanks > 1 || strings.HasPrefix(rest, "\t")
	return s[:1], trimmed, wide || stop && blanks == 1 && s[0] == 'Q'
}

// labelForm reports whether text could name a speaker, and whether it is in
// capitals: a few words, each with a capital but for links and particles.
func labelForm(text string) (upper, ok bool) {
	words := strings.Fields(withoutNote(text))
	if len(words) == 0 || len(words) > 9 {
		return false, false
	}
	for i, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		link := i > 0 && (particles[bare(w)] || officeLinks[bare(w)] || w == "&")
		digit := i > 0 && unicode.IsDigit(first)
		if !unicode.IsUpper(first) && !link && !digit || strings.ContainsAny(w, "?!;\"“”<>=@/\\|{}") {
			return false, false
		}
	}
	upper = isUpper(words)
	return upper, upper || len(words) <= 6
}

// isUpper reports whether words are in capitals up to a comma, titles and links
// apart: MR. ROE, Mr. ROE.
func isUpper(words []string) bool {
	last := ""
	for i, w := range words {
		link := i > 0 && (particles[w] || officeLinks[w])
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
	text, after, _ := strings.Cut(withoutNote(text), ",")
	words := strings.Fields(plainMarks(text))
	if len(words) > 0 && bare(words[0]) == "the" {
		words = words[1:]
	}
	for len(words) > 0 && (isTitle(words[0]) || len(l.titles) > 0 && goesOnOffice(words[0])) {
		l.titles = append(l.titles, bare(words[0]))
		words = words[1:]
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

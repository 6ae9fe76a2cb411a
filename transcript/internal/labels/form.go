package labels

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// HasForm reports whether text could name a speaker.
func HasForm(text string) bool {
	_, ok := Form(text)
	return ok
}

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

func isDash(w string) bool { return w == "–" || w == "—" || w == "-" }

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

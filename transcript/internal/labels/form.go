package labels

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// HasForm reports whether a text has the form of a label, so that it could name a speaker.
func HasForm(text string) bool {
	_, ok := Form(text)
	return ok
}

const (
	mostUpperWords = 9 // of a label in capitals, which is hardly anything else
	mostWords      = 6 // of any other
)

// Form reports whether a text has the form of a label, and whether it is in capitals: a few
// words, each with a capital, links and particles apart. A note behind it may say anything.
func Form(text string) (upper, ok bool) {
	if !closesNote(text) {
		return false, false
	}
	text = WithoutNote(text)
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > mostUpperWords {
		return false, false
	}
	for i, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		link := (i > 0 || len(words) > 1 && lexicon.Particles[w]) && (lexicon.Particles[lexicon.Bare(w)] || lexicon.OfficeLinks[lexicon.Bare(w)] || i > 0 && lexicon.Honorifics[w] || w == "&" || isDash(w))
		digit := i > 0 && (unicode.IsDigit(first) || first == '#' && IsNumbered(w))
		if hasLongNumber(w) {
			return false, false
		}
		if !unicode.IsUpper(first) && !isCaseless(first) && !link && !digit && !lexicon.IsElided(w) || strings.ContainsAny(w, "?!;\"“”<>=@\\|{}。，:") || !isDash(w) && strings.ContainsAny(w, "–—") {
			return false, false
		}
	}
	upper = isUpper(words) && strings.ToLower(text) != text
	if strings.Contains(text, "/") && !upper && !joinsNames(text) {
		return false, false
	}
	return upper, upper || len(words) <= mostWords
}

// closesNote reports whether nothing but a note follows the name in a label: no words behind
// its brackets, and behind a stroke only what a house or an office is called.
func closesNote(text string) bool {
	at := noteStart(text)
	if at <= 0 {
		return true
	}
	if text[at] == '|' {
		_, ok := Form(strings.TrimSpace(text[at+1:]))
		return ok
	}
	return strings.ContainsAny(text[len(text)-1:], ")]")
}

// isUpper reports whether the words of a label are in capitals, titles and links apart: MR.
// ROE, Mr. ROE. Only the name counts, not what follows a comma, a dash or "of".
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
		if !link || i == 0 {
			last = w
		}
		if strings.HasSuffix(w, ",") {
			break
		}
	}
	return isCapitals(last)
}

var articles = lexicon.Words("articles in labels")

// isCapitals reports whether a word has no small letters, those of a prefix as in McCALL
// apart.
func isCapitals(w string) bool { return strings.ToUpper(w) == w || letters.MixedCaps(w) }

// isDash reports whether a word is a dash.
func isDash(w string) bool { return w == "–" || w == "—" || w == "-" }

// hasLongNumber reports whether a word has a number of three digits or more, such as a year,
// which no label has.
func hasLongNumber(w string) bool {
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

// isCaseless reports whether a character may begin a word of a label without being a
// capital: a letter of a script that has none, or a sign that joins names.
func isCaseless(r rune) bool {
	return unicode.IsLetter(r) && !unicode.IsUpper(r) && !unicode.IsLower(r) || r == '/' || r == '&'
}

// joinsNames reports whether a text with strokes joins the names of several people: Jane
// Roe / Mr. Poe.
func joinsNames(text string) bool {
	for _, one := range strings.Split(text, "/") {
		name := ReadName(strings.TrimSpace(one))
		if len(name.Words) == 0 || !name.Full() && len(name.Titles) == 0 || !name.IsName() {
			return false
		}
	}
	return true
}

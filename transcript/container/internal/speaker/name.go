package speaker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// FullName is the name in a text that is one in full, titles before it and letters behind
// it apart: Jane Roe of "Ms Jane Roe MP". Empty for surnames alone, and for offices.
func FullName(printed string) string {
	words := withoutLetters(strings.Fields(strings.Trim(printed, " ,.:;\u00a0")))
	for len(words) > 0 && IsTitle(words[0]) {
		words = words[1:]
	}
	if len(words) < 2 || !lexicon.AreNameWords(words) || !lexicon.IsNameWord(words[len(words)-1]) {
		return ""
	}
	for i, w := range words {
		words[i] = withoutCapitals(w)
	}
	return strings.Join(words, " ")
}

// withoutCapitals is a surname in capitals as it is written elsewhere: ROE-POE is Roe-Poe.
func withoutCapitals(word string) string {
	if utf8.RuneCountInString(word) < fewestCapitals || strings.ToUpper(word) != word || strings.Contains(word, ".") {
		return word
	}
	first := true
	return strings.Map(func(r rune) rune {
		upper := first
		first = !unicode.IsLetter(r)
		if upper {
			return r
		}
		return unicode.ToLower(r)
	}, word)
}

const fewestCapitals = 3 // of a word that is set in capitals; fewer may be initials

// FiledName is the name in full of one that is filed by its surname: "Roe, Jane, MP",
// "Roe, Sen Jane", "Poe, John (The DEPUTY SPEAKER)". Empty where it has initials alone.
func FiledName(filed string) string {
	filed, _, _ = strings.Cut(filed, "(")
	surname, given, comma := strings.Cut(filed, ",")
	if !comma {
		return FullName(filed)
	}
	given, _, _ = strings.Cut(given, ",")
	words := withoutLetters(strings.Fields(given))
	return FullName(strings.Join(words, " ") + " " + strings.TrimSpace(surname))
}

// withoutLetters is a name without the letters behind it that tell an office or an order.
func withoutLetters(words []string) []string {
	for len(words) > 0 && postNominals[strings.ToLower(strings.Trim(words[len(words)-1], ".,"))] {
		words = words[:len(words)-1]
	}
	if n := len(words); n > 0 {
		words[n-1] = strings.TrimRight(words[n-1], ",")
	}
	return words
}

// IsTitle reports whether a word stands before names in records: M., Sr., Senator.
func IsTitle(word string) bool {
	word = strings.ToLower(strings.TrimRight(word, "."))
	return lexicon.IsTitle(word) || recordHonorifics[word] || presidencies[word]
}

// HasKnownTitle reports whether a label begins with a title that tells a name in any text,
// such as Mr.
func HasKnownTitle(label string) bool {
	first, _, _ := strings.Cut(label, " ")
	return lexicon.IsTitle(first)
}

// Presides reports whether a label is the office of whoever presides: "Mr Speaker", "Mme
// la présidente", "The Deputy Speaker (Jane Roe)".
func Presides(label string) bool {
	label, _, _ = strings.Cut(label, "(")
	office := ""
	for _, w := range strings.Fields(strings.ToLower(label)) {
		w = strings.Trim(w, ".,:")
		if recordHonorifics[w] || lexicon.Honorifics[w] || qualifiers[w] {
			continue
		}
		if office != "" {
			return false
		}
		office = w
	}
	return presidencies[office]
}

// PresidedBy is the name of whoever presides from a heading on: "Présidence de Mme Jane
// Roe". Empty where it is no such heading.
func PresidedBy(heading string) string {
	lower := strings.ToLower(heading)
	for _, opening := range presidencyHeadings {
		if at := len(opening) + 1; strings.HasPrefix(lower, opening+" ") && at < len(heading) {
			name, _, _ := strings.Cut(heading[at:], ",")
			return FullName(name)
		}
	}
	return ""
}

var (
	presidencyHeadings = lexicon.Phrases("headings of presidencies")

	recordHonorifics = lexicon.Words("honorifics in records")
	presidencies     = lexicon.Words("presidencies in records")
	qualifiers       = lexicon.Words("qualifiers of presidencies")
	postNominals     = lexicon.Words("letters behind names")
)

package names

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// TitleCase writes a name that is printed in capitals, or all in small letters, with the
// usual capitals: van der Berg of VAN DER BERG, O'Neil of O'NEIL, McCall of McCALL, Jane
// Roe of jane roe. A single word in small letters may be a user name, and stays.
func TitleCase(name string) string {
	small := strings.Contains(name, " ") && strings.ToLower(name) == name
	words := strings.Fields(name)
	for i, w := range words {
		if !small {
			words[i] = TitleWord(w, i > 0)
		} else if up := strings.ToUpper(w); !isLink(w, i > 0) && letters.IsRoman(up) {
			words[i] = up
		} else { // not by way of capitals, whose small letters may be others: ı, ß
			words[i] = capitalised(w, w, i > 0)
		}
	}
	return strings.Join(words, " ")
}

// TitleWord writes one word of a name so. Inner reports that it is not the first, since
// particles and links have a small letter within a name only.
func TitleWord(word string, inner bool) string {
	switch {
	case !letters.IsAllCaps(word) && strings.ToUpper(word) != word && !letters.MixedCaps(word):
		return word
	case !isLink(strings.ToLower(word), inner) && (letters.IsRoman(word) || strings.Count(word, ".") > 1):
		return word
	case letters.MixedCaps(word) && !strings.HasPrefix(word, "Mc"):
		capital := strings.IndexFunc(word[1:], unicode.IsUpper) + 1
		return word[:capital] + TitleWord(word[capital:], false)
	}
	return capitalised(word, smallLetters(word), inner)
}

// isLink reports whether a word, in small letters, has no capital within a name.
func isLink(lower string, inner bool) bool {
	return inner && (lexicon.Particles[lower] || lexicon.OfficeLinks[lower])
}

// smallLetters are those of a word, by Turkish rules where it has a capital that hardly any
// other language has.
func smallLetters(word string) string {
	if strings.ContainsAny(word, "İĞ") {
		return strings.ToLowerSpecial(unicode.TurkishCase, word)
	}
	return strings.ToLower(word)
}

// capitalised writes a word with the capitals of a name, of which it keeps those that are
// printed; lower is the word in small letters.
func capitalised(word, lower string, inner bool) string {
	if isLink(lower, inner) {
		return lower
	}
	printed := []rune(word)
	var b strings.Builder
	capital := true
	for i, r := range []rune(lower) {
		switch {
		case capital && i < len(printed) && unicode.IsUpper(printed[i]):
			r = printed[i]
		case capital:
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
		capital = strings.ContainsRune("-'’.(/", r) || i == 1 && strings.HasPrefix(lower, "mc") && len(lower) > 3
	}
	return b.String()
}

// TitleCaseCaps is TitleCase for a name that is printed in capitals throughout; any other
// name stays as it is.
func TitleCaseCaps(name string) string {
	if strings.ToUpper(name) == name {
		return TitleCase(name)
	}
	return name
}

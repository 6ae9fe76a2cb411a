package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// The words below are compared in lower case without a full stop.
var (
	Honorifics = lexicon.Union(lexicon.Words("honorifics"), lexicon.Words("abbreviated honorifics"))

	Feminine  = lexicon.Words("titles of women")
	Masculine = lexicon.Words("titles of men")

	// offices stand before a name as honorifics do, and often several together:
	// deputy assistant secretary of state.
	offices = lexicon.Union(lexicon.Words("offices"), lexicon.Words("abbreviated offices"))

	// OfficeLinks join the words of an office, officeObjects end some.
	OfficeLinks   = lexicon.Words("links in offices")
	officeObjects = lexicon.Words("objects of offices")

	// Particles belong to the surname that follows them.
	Particles = lexicon.Words("particles")

	// notNames are capitalised often enough, and are no part of a person's name.
	notNames = lexicon.Union(lexicon.Words("capitalised words that are no names"), lexicon.Words("weekdays"))

	// GivenNames and familyNames are in the sets above, and are names all the
	// same before or after another.
	GivenNames  = lexicon.Words("everyday words that are given names")
	familyNames = lexicon.Words("everyday words that are family names")
)

// IsTitle reports whether a word stands before names: Mr., Senator, Director.
func IsTitle(word string) bool { return Honorifics[letters.Bare(word)] || offices[letters.Bare(word)] }

// GoesOnOffice reports whether a word may follow the first of an office.
func GoesOnOffice(word string) bool {
	return IsTitle(word) || OfficeLinks[letters.Bare(word)] || officeObjects[letters.Bare(word)]
}

// IsNameWord reports whether a word may be part of a person's name: a capital
// first, letters, apostrophes, hyphens; or an initial.
func IsNameWord(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) {
		return false
	}
	if letters.IsInitial(word) {
		return strings.HasSuffix(word, ".") || word != "A" && word != "I"
	}
	stem, _, _ := strings.Cut(letters.Bare(word), "'") // of I'm, let's
	if notNames[stem] || IsTitle(word) {
		return false
	}
	chars := 0 // since the last full stop
	for _, r := range word {
		switch {
		case r == '.' && chars > 2: // not J.R. or St.
			return false
		case r == '.':
			chars = 0
		case unicode.IsLetter(r):
			chars++
		case !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("'’-", r):
			return false
		}
	}
	return !letters.IsPossessive(word)
}

// TitleCase writes a name that is printed in capitals, or all in small letters,
// in the usual way: VAN DER BERG, O'NEIL, McCALL, J.R., jane roe. A single word in
// small letters may be a user's name, and stays.
func TitleCase(name string) string {
	if strings.Contains(name, " ") && strings.ToLower(name) == name {
		name = strings.ToUpper(name)
	}
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = TitleWord(w, i > 0)
	}
	return strings.Join(words, " ")
}

func TitleWord(word string, inner bool) string {
	lower := strings.ToLower(word)
	switch {
	case !letters.IsAllCaps(word) && strings.ToUpper(word) != word && !letters.MixedCaps(word):
		return word
	case inner && (Particles[lower] || OfficeLinks[lower]):
		return lower
	case letters.IsRoman(word) || strings.Count(word, ".") > 1:
		return word
	case letters.MixedCaps(word) && !strings.HasPrefix(word, "Mc"):
		capital := strings.IndexFunc(word[1:], unicode.IsUpper) + 1
		return word[:capital] + TitleWord(word[capital:], false)
	}
	var b strings.Builder
	capital := true
	for i, r := range lower {
		if capital {
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
		capital = strings.ContainsRune("-'’.(/", r) || i == 1 && strings.HasPrefix(lower, "mc") && len(lower) > 3
	}
	return b.String()
}

func AllNameWords(words []string) bool {
	for i, w := range words {
		if !IsNameWord(w) && !(i+1 < len(words) && Particles[letters.Bare(w)]) {
			return false
		}
	}
	return true
}

// TitleCaseCaps changes only names that are printed in capitals throughout.
func TitleCaseCaps(name string) string {
	if strings.ToUpper(name) == name {
		return TitleCase(name)
	}
	return name
}

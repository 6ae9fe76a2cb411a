package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The grammar of a person's name, as prose and labels print it:
//
//	{title} {given name | initial} {particle} family name
//
// Titles are honorifics, and offices, of which several words may stand together. Every
// other word has a capital first, but for the particles, which belong to the family name
// behind them.
var (
	Honorifics    = Union(Words("honorifics"), Words("abbreviated honorifics"))
	TitlesOfWomen = Words("titles of women")
	TitlesOfMen   = Words("titles of men")

	offices       = Union(Words("offices"), Words("abbreviated offices"))
	OfficeLinks   = Words("links in offices")
	officeObjects = Words("objects of offices")

	Particles = Words("particles")

	// notNames are capitalised and no part of a name; of these, GivenNames and
	// FamilyNames are names all the same before or behind another.
	notNames    = Union(Words("capitalised words that are no names"), Words("weekdays"))
	GivenNames  = Words("everyday words that are given names")
	FamilyNames = Words("everyday words that are family names")
)

// IsTitle reports whether a word stands before names: Mr., Senator, Director.
func IsTitle(word string) bool { return Honorifics[Bare(word)] || offices[Bare(word)] }

// GoesOnOffice reports whether a word may follow the first of an office.
func GoesOnOffice(word string) bool {
	return IsTitle(word) || OfficeLinks[Bare(word)] || officeObjects[Bare(word)]
}

// IsNameWord reports whether a word may be part of a person's name: a capital
// first, letters, apostrophes, hyphens; or an initial.
func IsNameWord(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) {
		return false
	}
	if IsInitial(word) {
		return strings.HasSuffix(word, ".") || word != "A" && word != "I"
	}
	stem, _, _ := strings.Cut(Bare(word), "'") // of I'm, let's
	if notNames[stem] || IsTitle(word) {
		return false
	}
	letters := 0 // since the last full stop
	for _, r := range word {
		switch {
		case r == '.' && letters > 2: // not J.R. or St.
			return false
		case r == '.':
			letters = 0
		case unicode.IsLetter(r):
			letters++
		case !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("'’-", r):
			return false
		}
	}
	return !IsPossessive(word)
}

// AreNameWords reports whether words make a name: each may be part of one, or is a
// particle with another behind it.
func AreNameWords(words []string) bool {
	for i, w := range words {
		if !IsNameWord(w) && !(i+1 < len(words) && Particles[Bare(w)]) {
			return false
		}
	}
	return true
}

package lexicon

import (
	"regexp"
	"slices"
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
	notNames    = Union(Words("capitalised words that are no names"), Words("weekdays"), Words("offices in the plural"))
	GivenNames  = Words("everyday words that are given names")
	FamilyNames = Words("everyday words that are family names")
)

// IsTitle reports whether a word stands before names: Mr., Senator, Director.
func IsTitle(word string) bool { return isIn(word, Honorifics, offices) }

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

// IsElided reports whether a word is a name with an elided particle before it: d'Aubrac.
func IsElided(word string) bool {
	if len(word) < 4 || word[0] != 'd' && word[0] != 'l' {
		return false
	}
	name, ok := strings.CutPrefix(PlainMarks(word[1:]), "'")
	first, _ := utf8.DecodeRuneInString(name)
	return ok && unicode.IsUpper(first)
}

// AreNameWords reports whether words make a name: each may be part of one, or is a
// particle with another behind it.
func AreNameWords(words []string) bool {
	for i, w := range words {
		if !IsNameWord(w) && !IsElided(w) && !(i+1 < len(words) && Particles[Bare(w)]) {
			return false
		}
	}
	return true
}

// nickname is a nickname in double quotation marks, of one word or a few, the last with a
// capital: “THE KNIFE”, “J.D.”. What is said between them has seldom one, or ends with a stop.
var nickname = regexp.MustCompile(`(^|\s)["“”„«](?:[\p{L}\p{M}'’.-]+\s){0,3}(?:\p{Lu}[\p{L}\p{M}'’-]*|(?:\p{Lu}\.)+)["“”»](\s|,|$)`)

// WithoutNicknames is a label without the nickname in its name: JOHN DOE of JOHN “THE KNIFE”
// DOE. One that is nothing else stays.
func WithoutNicknames(label string) string {
	if !strings.ContainsAny(label, "\"“”„«") {
		return label
	}
	if name := strings.TrimSpace(nickname.ReplaceAllString(label, "$2 ")); name != "" {
		return PlainBlanks(name)
	}
	return label
}

// IsFamilyName reports whether a text is one family name, with the particles before it.
func IsFamilyName(s string) bool {
	words := strings.Fields(s)
	for len(words) > 1 && Particles[strings.ToLower(words[0])] {
		words = words[1:]
	}
	return len(words) == 1 && IsNameWord(words[0])
}

// AreGivenNames reports whether a text may be the one to three given names behind a family name
// and a comma.
func AreGivenNames(s string) bool {
	words := strings.Fields(s)
	return len(words) > 0 && len(words) < 4 && AreNameWords(words) && !suffixes[Bare(words[0])]
}

var suffixes = Words("suffixes of names")

// PersonName is the grammar as a regular expression, for prose: up to six words, with
// initials and the abbreviations of titles. Whether a match is a person's name its
// surroundings must say.
var PersonName = nameWord + `(?:\s+(?:` + Any("particles") + `\s+)*` + nameWord + `){0,5}`

var nameWord = `(?:` + Pattern(abbreviatedTitles()) + `\.|(?:\p{Lu}\.)+|\p{Lu}[\p{L}\p{M}'’-]*[\p{L}\p{M}])`

// abbreviatedTitles are the abbreviations of names, as prose writes them: Mr, Sen, Jr.
func abbreviatedTitles() []string {
	words := slices.Concat(Phrases("abbreviated honorifics"), Phrases("abbreviated offices"), Phrases("abbreviations in names"))
	for i, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		words[i] = string(unicode.ToUpper(first)) + word[size:]
	}
	return words
}

// Name is a person's name as prose gives it, its words folded.
type Name struct {
	Words  []string // given names and family name, which comes last
	Titles []string
}

var (
	proseTitles = folded(Union(Honorifics, offices, Words("titles in prose")))
	surnamed    = Words("honorifics of family names")
	besideNames = folded(Union(Words("suffixes of names"), Words("links between titles")))
)

func folded(words map[string]bool) map[string]bool {
	set := map[string]bool{}
	for word := range words {
		set[Fold(word)] = true
	}
	return set
}

// ReadName reads a name. Descriptions in small letters or before a title, what
// follows a comma, and suffixes do not belong to it.
func ReadName(text string) Name {
	text, _, _ = strings.Cut(text, "(")
	text, _, _ = strings.Cut(text, ",")
	if strings.ToLower(text) != text {
		text = strings.Join(slices.DeleteFunc(strings.Fields(text), startsLower), " ")
	}
	var n Name
	words := NameWords(text)
	for i, word := range words {
		switch last := i == len(words)-1; {
		case besideNames[word]:
		case proseTitles[word] && !(last && n.endsWithTitle(words[:i])):
			n.Titles, n.Words = append(n.Titles, word), nil
		default:
			n.Words = append(n.Words, word)
		}
	}
	return n
}

func startsLower(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(first)
}

// endsWithTitle reports whether a last word that could be a title is a family name:
// Billie Jean King, Mr. King.
func (n Name) endsWithTitle(before []string) bool {
	return len(n.Words) > 0 || len(before) > 0 && surnamed[before[len(before)-1]]
}

// NameWords are the words of a name or an affiliation, folded, without possessives.
func NameWords(text string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == ',' || unicode.IsSpace(r) }) {
		if w = Fold(WithoutPossessive(strings.Trim(w, `"“”‘’':;()`))); w != "" {
			words = append(words, w)
		}
	}
	return words
}

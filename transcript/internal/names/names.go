package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// The words below are compared in lower case without a full stop.
var (
	Honorifics = letters.WordSet(`mr mrs ms miss mx dr prof professor sir dame lady lord madam rev reverend hon honorable adv mnr mev mej
		herr frau monsieur madame mademoiselle mme mlle señor señora señorita senhor senhora signor signora dott onorevole`)

	Feminine = letters.WordSet(`mrs ms miss dame lady madam madame mademoiselle mme mlle mev mej frau señora señorita senhora signora
		congresswoman chairwoman spokeswoman`)
	Masculine = letters.WordSet(`mr sir lord mnr herr monsieur señor senhor signor congressman chairman spokesman`)

	// offices stand before a name as honorifics do, and often several together:
	// deputy assistant secretary of state.
	offices = letters.WordSet(`acting adjutant administrator admiral adm adviser advisor ambassador amb assistant assemblyman
		assemblywoman assemblymember associate attorney baroness bishop brigadier brig cabinet captain capt cardinal
		chair chairman chairperson chairwoman chancellor chief colonel col commander cmdr commissioner comptroller
		congressman congresswoman congressmember coordinator corporal councilman councilmember councilwoman councillor
		counsel counselor deputy delegate detective director envoy executive foreign general gen governor gov inspector
		interim judge justice king lieutenant lt major maj marshal mayor minister officer president press prime prince
		princess principal provost queen rabbi ranking rear representative rep secretary senator sen sergeant sgt sheriff
		speaker special spokesman spokesperson spokeswoman staff superintendent treasurer under undersecretary vice
		warden`)

	// OfficeLinks join the words of an office, officeObjects end some.
	OfficeLinks   = letters.WordSet(`of for to the and`)
	officeObjects = letters.WordSet(`state defense defence treasury commerce energy labor interior agriculture transportation`)

	// Particles belong to the surname that follows them.
	Particles = letters.WordSet(`al bin da de del della den der di dos du el ibn la le ten ter van vander von y zu`)

	// notNames are capitalised often enough, and are no part of a person's name.
	notNames = letters.WordSet(`
		a about act after again agency agreement all also america american an and any are as association at bank bill
		board both briefing britain british broadcasting bureau but by can canada center central centre chamber channel
		china chinese church city climate coalition college commission committee company conference congress constitution
		convention corporation could council country court daily day did do does east eastern embassy energy english
		europe european everybody everyone federal first follow following for foundation french from fund german germany
		global good government great group had has have he hello her here hey hi his hong hospital house how human i if
		in india institute international internet iran iraq is israel it its japan journal just korea last law league let
		library like magazine many me media meeting middle military ministry moderator more moscow museum my national
		nations nato network new news newspaper next no north northern not now of office oh okay on one online open or
		our pacific panel parliament party peace people please police policy post press project puerto q question
		questions radio recent regarding report republic research right rights russia russian saudi school second
		security senate service several she should since sir so society some sorry south southern spanish state states
		station street studio summit sure syria taiwan television tell thank thanks that the their there these they third
		this those three times today together tomorrow tonight treaty tribunal tribune turkey two ukraine union united
		university update us very want war was washington we welcome well west western what when where which white who
		whose why will with within world would year years yes yesterday you your
		january february march may july september october november december monday tuesday wednesday thursday friday
		saturday sunday`)

	// GivenNames and familyNames are in the sets above, and are names all the
	// same before or after another.
	GivenNames  = letters.WordSet(`bill may will`)
	familyNames = letters.WordSet(`bishop church day english french german israel king law marshal may north prince west`)
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

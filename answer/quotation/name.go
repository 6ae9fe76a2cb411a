package quotation

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/retrieval"
)

// Agrees reports whether a name that is given with a quotation may stand for a
// turn's speaker. The family names are the same, and what comes before is a
// title, a description, an initial, or a given name of the speaker's: Renwick,
// Commissioner Renwick and T. Renwick agree with Tobias Renwick; Anna Renwick
// does not. A given name alone agrees, and so do the speaker's title alone and
// institution.
func (claim Name) Agrees(h retrieval.Hit) bool {
	speaker, affiliation := ReadName(string(h.Speaker)), keysOf(string(h.Affiliation))
	switch {
	case h.Speaker == "" || len(claim.Words)+len(claim.Titles) == 0:
		return false
	case len(claim.Words) == 0:
		return containsEvery(slices.Concat(speaker.Words, speaker.Titles, affiliation), claim.Titles)
	case len(claim.Words) > 1 && containsEvery(affiliation, claim.Words):
		return true
	case len(speaker.Words) == 0:
		return false
	}
	first, family := claim.Words[0], claim.Words[len(claim.Words)-1]
	switch {
	case family == speaker.Words[len(speaker.Words)-1]:
		given := slices.DeleteFunc(slices.Clone(claim.Words[:len(claim.Words)-1]), func(w string) bool { return slices.Contains(affiliation, w) })
		return len(given) == 0 || len(speaker.Words) == 1 || givenAgrees(givenName(given), speaker.Words)
	case len(claim.Words) == 1 || len(speaker.Words) == 1:
		return first == speaker.Words[0]
	}
	return containsEvery(speaker.Words, claim.Words)
}

// givenName is the one of given names by which a person is called: the first that
// is no initial.
func givenName(given []string) string {
	if i := slices.IndexFunc(given, func(w string) bool { return utf8.RuneCountInString(w) > 1 }); i >= 0 {
		return given[i]
	}
	return given[0]
}

// givenAgrees reports whether a given name or an initial may be the speaker's.
func givenAgrees(given string, speaker []string) bool {
	return slices.ContainsFunc(speaker, func(w string) bool {
		short := min(utf8.RuneCountInString(given), utf8.RuneCountInString(w))
		return given == w || (short == 1 || short >= minShortName) && (strings.HasPrefix(w, given) || strings.HasPrefix(given, w))
	})
}

// minShortName is the least of a given name that may stand for it: Chris.
const minShortName = 3

func containsEvery(all, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(all, w) })
}

// Name is a person's name as prose gives it, in lower case and without accents.
type Name struct {
	Words  []string // given names and family name, which comes last
	Titles []string
}

// ReadName reads a name. Descriptions in lower case or before a title, what
// follows a comma, and suffixes do not belong to it.
func ReadName(text string) Name {
	text, _, _ = strings.Cut(text, "(")
	text, _, _ = strings.Cut(text, ",")
	if strings.ToLower(text) != text {
		text = strings.Join(slices.DeleteFunc(strings.Fields(text), beginsSmall), " ")
	}
	var n Name
	keys := keysOf(text)
	for i, key := range keys {
		switch last := i == len(keys)-1; {
		case notNames[key]:
		case titles[key] && !(last && endsName(n, keys[:i])):
			n.Titles, n.Words = append(n.Titles, key), nil
		default:
			n.Words = append(n.Words, key)
		}
	}
	return n
}

// endsName reports whether a last word that could be a title is a family name:
// Billie Jean King, Mr. King.
func endsName(n Name, before []string) bool {
	return len(n.Words) > 0 || len(before) > 0 && slices.Contains([]string{"mr", "mrs", "ms", "miss", "dr"}, before[len(before)-1])
}

// keysOf are the words of a name or an affiliation in lower case and without accents.
func keysOf(text string) []string {
	var keys []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == ',' || unicode.IsSpace(r) }) {
		w = strings.TrimSuffix(strings.TrimSuffix(strings.Trim(w, `"“”‘’':;()`), "'s"), "’s")
		if key := plainLetters(w); key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}

// beginsSmall reports whether a word begins with a small letter.
func beginsSmall(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLower(r)
}

// plainLetters is a word in lower case without accents.
func plainLetters(w string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(w))
}

// titles stand before a name without being part of it.
var titles = fieldSet(`
mr mrs ms miss mx dr prof professor sir dame lord lady madam herr frau monsieur madame señor señora
president vice deputy prime minister secretary chancellor senator sen representative rep congressman congresswoman congressmember
member delegate speaker whip leader governor gov mayor councillor councilor councilman councilwoman alderman commissioner
chair chairman chairwoman chairperson director chief head executive officer manager treasurer clerk registrar coordinator
judge justice attorney prosecutor counsel solicitor ambassador consul envoy undersecretary
general gen admiral adm marshal brigadier colonel col major maj captain capt commander cmdr lieutenant lt sergeant sgt corporal private
inspector constable detective sheriff superintendent
king queen prince princess duke duchess count countess baron baroness pope cardinal archbishop bishop reverend rev father fr sister brother rabbi imam
spokesman spokeswoman spokesperson reporter journalist correspondent editor moderator witness resident
engineer economist scientist physicist chemist doctor nurse captain skipper coach former then acting interim assistant associate senior
ceo cfo coo cto mp mep
`)

// notNames follow a name or stand between names.
var notNames = fieldSet(`jr sr ii iii iv phd md esq obe mbe cbe kc qc the a an and of for in at`)

func fieldSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

package quotation

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// Agrees reports whether a name that is given with a quotation may stand for a
// turn's speaker. The family names are the same, and what comes before is a
// title, a description, an initial, or a given name of the speaker's: Renwick,
// Commissioner Renwick and T. Renwick agree with Tobias Renwick; Anna Renwick
// does not. A given name alone agrees, and so do the speaker's title alone and
// institution.
func Agrees(claim lexicon.Name, h retrieval.Hit) bool {
	speaker, affiliation := lexicon.ReadName(string(h.Speaker)), lexicon.NameWords(string(h.Affiliation))
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
		given := givenNames(claim, affiliation)
		return len(given) == 0 || len(speaker.Words) == 1 || givenAgrees(givenName(given), speaker.Words)
	case len(claim.Words) == 1 || len(speaker.Words) == 1:
		return first == speaker.Words[0]
	}
	return containsEvery(speaker.Words, claim.Words)
}

// givenNames are the words of a claim before the family name, without those of an
// institution.
func givenNames(claim lexicon.Name, affiliation []string) []string {
	if len(claim.Words) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(claim.Words[:len(claim.Words)-1]), func(w string) bool { return slices.Contains(affiliation, w) })
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

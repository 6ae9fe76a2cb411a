package draft

import (
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// names finds what may be the names of people.
var names = regexp.MustCompile(personName)

// opening are words that are capitalised because they begin a sentence, and words that
// are always capitalised but name no person, such as weekdays.
var opening = lexicon.Union(lexicon.Words("openings of sentences in prose"), lexicon.Words("weekdays"), lexicon.Months("en"))

// people are plurals and pronouns that may say something, but are no name.
var people = lexicon.Words("people in the plural")

// person is a name without the words of a sentence's beginning and the German offices that stand
// before it, and without a possessive; empty if nothing is left that can be a name.
func person(name string) string {
	words := strings.Fields(name)
	for len(words) > 0 && (opening[strings.ToLower(strings.Trim(words[0], ".,"))] || isCapitalOffice(words[0]) ||
		len(words) > 1 && beginsPhrase(words[0]) && isCapitalOffice(words[1])) {
		words = words[1:]
	}
	if len(words) == 0 || len(words) == 1 && people[strings.ToLower(words[0])] {
		return ""
	}
	name = strings.Join(words, " ")
	return strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
}

// family is the family name, in lower case; empty for a title alone.
func family(name string) string {
	words := lexicon.ReadName(name).Words
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// placed are the words before a name that make it a place or an institution.
var placed = regexp.MustCompile(`\b(?:[Tt]he|[Ii]n|[Aa]t|[Ff]rom|[Nn]ear|[Oo]f|[Ii]nto|[Oo]n|[Oo]ff|[Aa]cross)\s+$`)

// institutions are words of names that are nobody's.
var institutions = lexicon.Union(lexicon.Words("last words of institutions"), lexicon.Words("last words of places"))

// placedReach is how many bytes before a name are searched for a preposition or an article
// that makes it a place.
const placedReach = 100

// looksLikePerson reports whether the capitalised words at a place name a person,
// by themselves: several words, of which none is an institution's.
func looksLikePerson(text string, at []int) bool {
	name := person(text[at[0]:at[1]])
	words := strings.Fields(name)
	return len(words) > 1 && !beginsPhrase(name) && !institutions[strings.ToLower(words[len(words)-1])] &&
		!(placed.MatchString(text[max(0, at[0]-placedReach):at[0]]) && len(lexicon.ReadName(name).Titles) == 0)
}

// genderOf is the pronoun for whoever has the titles of a name: he or she, empty where
// they do not tell.
func genderOf(name string) string {
	for _, title := range lexicon.ReadName(name).Titles {
		switch {
		case lexicon.TitlesOfMen[title]:
			return "he"
		case lexicon.TitlesOfWomen[title]:
			return "she"
		}
	}
	return ""
}

package sentence

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// The sets hold words in lower case without their last full stop.
var (
	// TitleAbbreviations stand before a name and never end a sentence.
	TitleAbbreviations = lexicon.Union(lexicon.Words("abbreviated honorifics"), lexicon.Words("abbreviated offices"), lexicon.Words("abbreviated titles"))

	// neverFinal cannot end a sentence either.
	neverFinal = lexicon.Words("abbreviations within sentences")

	// maybeFinal may end one: the next word decides, as after U.S. and Ph.D.
	maybeFinal = lexicon.Words("abbreviations that may end sentences")

	// numberAbbreviations belong to the number after them.
	numberAbbreviations = lexicon.Words("abbreviations before numbers")

	Months = lexicon.Words("abbreviated months")

	// afterClock go on with a time of day: 9 a.m. Eastern, 9 a.m. Monday.
	afterClock = lexicon.Union(lexicon.Words("time zones"), lexicon.Words("weekdays"), Months, lexicon.Months("en"))

	// quoteVerbs tell who said what was just quoted.
	quoteVerbs = lexicon.Set(lexicon.SayingVerbs(lexicon.Third, lexicon.Past))

	// beforeOrdinals stand before a number that is written with a full stop in
	// German.
	beforeOrdinals = lexicon.Words("words before ordinals")

	// Starters begin sentences far more often than they follow an
	// abbreviation within one.
	Starters = lexicon.Words("sentence starters")
)

// IsAbbreviation reports whether a word is written with a full stop.
func IsAbbreviation(word string) bool {
	lower := strings.ToLower(word)
	return strings.Contains(strings.Trim(word, "."), ".") || TitleAbbreviations[lower] || neverFinal[lower] ||
		maybeFinal[lower] || numberAbbreviations[lower] || Months[lower]
}

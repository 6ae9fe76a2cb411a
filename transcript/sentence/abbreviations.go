package sentence

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// Abbreviations, by what a full stop behind them means. The sets hold words in small
// letters without their last full stop.
var (
	// titleAbbreviations stand before a name and never end a sentence: Mr., Sen.
	titleAbbreviations = lexicon.Union(lexicon.Words("abbreviated honorifics"), lexicon.Words("abbreviated offices"), lexicon.Words("abbreviated titles"))

	// neverFinal never end a sentence either: e.g.
	neverFinal = lexicon.Words("abbreviations within sentences")

	// maybeFinal may end one, so the next word decides: U.S., Ph.D.
	maybeFinal = lexicon.Words("abbreviations that may end sentences")

	// numberAbbreviations belong to the number after them: No. 3.
	numberAbbreviations = lexicon.Words("abbreviations before numbers")

	// monthAbbreviations may end a sentence, too: Jan.
	monthAbbreviations = lexicon.Words("abbreviated months")
)

// Words that tell what a full stop means before them or behind them.
var (
	// afterClock go on with a time of day: 9 a.m. Eastern, 9 a.m. Monday.
	afterClock = lexicon.Union(lexicon.Words("time zones"), lexicon.Words("weekdays"), monthAbbreviations, lexicon.Months("en"))

	// quotingVerbs tell who said what was just quoted.
	quotingVerbs = lexicon.Set(lexicon.SayingVerbs(lexicon.Third, lexicon.Past))

	// beforeOrdinals stand before a number that is written with a full stop in German.
	beforeOrdinals = lexicon.Words("words before ordinals")

	// starters begin sentences far more often than they follow an abbreviation within one.
	starters = lexicon.Words("sentence starters")
)

// IsAbbreviation reports whether a word, given without its last full stop, is written
// with one.
func IsAbbreviation(word string) bool {
	lower := strings.ToLower(word)
	return strings.Contains(strings.Trim(word, "."), ".") || titleAbbreviations[lower] || neverFinal[lower] ||
		maybeFinal[lower] || numberAbbreviations[lower] || monthAbbreviations[lower]
}

// IsTitleAbbreviation reports whether a word, given without its full stop, is an
// abbreviation that stands before a name, so that its full stop ends nothing: Mr, Sen.
func IsTitleAbbreviation(word string) bool { return titleAbbreviations[strings.ToLower(word)] }

// IsStarter reports whether a word begins sentences far more often than it stands within
// them with a capital: the, but, we.
func IsStarter(word string) bool { return starters[strings.ToLower(word)] }

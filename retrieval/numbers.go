package retrieval

import (
	"maps"
	"regexp"
	"slices"

	"github.com/pullquote/pullquote/internal/lexicon"
)

var (
	// numberAsked wants a count, an amount or a date.
	numberAsked = regexp.MustCompile(`(?i)\b(how ` + lexicon.Any("measures") + `|when|(what|which) ` + lexicon.Any("numbers that are asked for") + `)\b`)
	// number is a count, an amount or a date.
	number = regexp.MustCompile(`(?i)\d|\b` + lexicon.Pattern(numberWords()) + `\b`)
)

// AsksNumber reports whether a question wants a count, an amount or a date.
func AsksNumber(question string) bool { return numberAsked.MatchString(question) }

// HasNumber reports whether a text has a number, an amount or a date.
func HasNumber(text string) bool { return number.MatchString(text) }

// numberWords are the words of numbers and dates; May is a month and more often a verb.
func numberWords() []string {
	months := slices.DeleteFunc(slices.Sorted(maps.Keys(lexicon.Months("en"))), func(month string) bool { return month == "may" })
	return slices.Concat(lexicon.Phrases("number words"), lexicon.Phrases("weekdays"), months)
}

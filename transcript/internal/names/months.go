package names

import (
	"sync"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// monthNumber is the month of a name or an abbreviation of it, 0 if it is none.
func monthNumber(name string) int {
	if len(name) < 3 || len(name) > longestMonth {
		return 0
	}
	return monthNames()[lexicon.Fold(name)]
}

const longestMonth = 24 // bytes

// monthNames are the numbers of the months, by their folded names in all languages.
var monthNames = sync.OnceValue(func() map[string]int {
	numbers := map[string]int{}
	for _, months := range lexicon.Rows("months") {
		for i, name := range months {
			numbers[lexicon.Fold(name)] = i + 1
		}
	}
	return numbers
})

// isMonth reports whether a word is a month in English.
func isMonth(word string) bool {
	lower := lexicon.Bare(word)
	return abbreviatedMonths[lower] || englishMonths[lower]
}

var (
	englishMonths     = lexicon.Months("en")
	abbreviatedMonths = lexicon.Words("abbreviated months")
)

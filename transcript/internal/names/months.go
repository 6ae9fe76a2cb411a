package names

import (
	"sync"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// monthNumber is the number of a month by its name or an abbreviation of it, in any of the
// languages; 0 if it is none.
func monthNumber(name string) int {
	if len(name) < shortestMonth || len(name) > longestMonth {
		return 0
	}
	return monthNumbers()[lexicon.Fold(name)]
}

const shortestMonth, longestMonth = 3, 24 // bytes of a month's name

// monthNumbers are the numbers of the months by their folded names in all languages.
var monthNumbers = sync.OnceValue(func() map[string]int {
	numbers := map[string]int{}
	for _, months := range lexicon.Rows("months") {
		for i, name := range months {
			numbers[lexicon.Fold(name)] = i + 1
		}
	}
	return numbers
})

// isMonth reports whether a word is a month or its abbreviation in English.
func isMonth(word string) bool {
	lower := lexicon.Bare(word)
	return abbreviatedMonths[lower] || englishMonths[lower]
}

var (
	englishMonths     = lexicon.Months("en")
	abbreviatedMonths = lexicon.Words("abbreviated months")
)

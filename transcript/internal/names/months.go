package names

import (
	"sync"

	"github.com/pullquote/pullquote/internal/lexicon"
)

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

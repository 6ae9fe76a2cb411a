package retrieval

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// stopWords carry no topic. They are neither indexed nor searched.
var stopWords = lexicon.Words("stop words")

// boilerplate is how people put a question; it says nothing of its topic and is
// dropped from queries unless nothing else is left. In stemmed form.
var boilerplate = lexicon.Words("words of asking, stemmed")

// generic words shape a question more than they name its topic: that the record
// lacks “purpose” says little of whether it answers. In stemmed form.
var generic = lexicon.Words("generic words, stemmed")

// synonyms maps a stem to the stems of the words used for it.
var synonyms = synonymStems(lexicon.Rows("synonyms"))

func synonymStems(rows [][]string) map[string][]string {
	groups := map[string][]string{}
	for _, row := range rows {
		stems := unique(Words(strings.Join(row, " ")))
		for _, s := range stems {
			for _, other := range stems {
				if other != s && !slices.Contains(groups[s], other) {
					groups[s] = append(groups[s], other)
				}
			}
		}
	}
	return groups
}

// contractions whose parts are not stop words in themselves.
var contractions = baseForms(lexicon.Rows("contractions"))

// irregular maps forms that a stemmer does not bring together.
var irregular = baseForms(lexicon.Rows("irregular forms"))

// baseForms are the first words of rows, by the others.
func baseForms(rows [][]string) map[string]string {
	bases := map[string]string{}
	for _, row := range rows {
		for _, form := range row[1:] {
			bases[form] = row[0]
		}
	}
	return bases
}

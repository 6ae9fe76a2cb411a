// Package language tells the language of a text by its script and by its commonest
// words, where that is clear.
package language

import (
	"strings"
	"sync"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

const (
	languageSample  = 20_000 // bytes that are enough to tell
	fewestStopWords = 5      // different ones, below which nothing is clear

	// stopWordShare is the share of a text's words, in percent, that are stop words of its
	// language. Running speech has more; lists of names and addresses have fewer.
	stopWordShare = 20
)

// Of tells the language of a text, as a BCP 47 code, where it is clear: by its script
// or, in Latin letters, by its stop words, of which no other language has nearly as
// many. It is empty where the language is not clear.
func Of(text string) string {
	if len(text) > languageSample {
		text = strings.ToValidUTF8(text[:languageSample], "")
	}
	if byScript, latin := scriptLanguage(text, fewestLetters); !latin {
		return byScript
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	counts, different := countStopWords(words)
	best, second := 0, 0
	for i, n := range counts {
		switch {
		case n > counts[best]:
			best, second = i, counts[best]
		case i != best:
			second = max(second, n)
		}
	}
	code := stopWords[best].Code
	if different < fewestStopWords || 100*counts[best] < stopWordShare*len(words) || 10*counts[best] < leadOf(code)*second {
		return ""
	}
	return code
}

// IsLatin reports whether a text is in Latin letters.
func IsLatin(text string) bool {
	_, latin := scriptLanguage(text[:min(len(text), languageSample)], fewestLetters)
	return latin
}

// stopWords are the commonest words of the languages in Latin letters.
var stopWords = lexicon.Languages("commonest words")

// leadOf is how many times as many stop words a language must have as the next one, in
// tenths. Danish and Norwegian have nearly all of theirs in common.
func leadOf(code string) int {
	if code == "da" || code == "nb" {
		return 11
	}
	return 15
}

// stopWordLanguages lists, for each stop word, the languages that have it, by their
// places in stopWords.
var stopWordLanguages = sync.OnceValue(func() map[string][]int {
	languages := map[string][]int{}
	for i, language := range stopWords {
		for _, words := range language.Rows {
			for _, word := range words {
				languages[word] = append(languages[word], i)
			}
		}
	}
	return languages
})

// countStopWords counts how many of the words are stop words of each language, in the
// order of stopWords, and how many different stop words there are in all.
func countStopWords(words []string) (counts []int, different int) {
	counts = make([]int, len(stopWords))
	seen := map[string]bool{}
	languages := stopWordLanguages()
	for _, w := range words {
		for _, i := range languages[w] {
			counts[i]++
			seen[w] = true
		}
	}
	return counts, len(seen)
}

package transcript

import (
	"strings"
	"unicode"
)

// stopWords are the commonest words of a few languages; none has many of
// another's.
var stopWords = map[Optional]map[string]bool{
	"en": wordSet(`the and of to in that is was it you for we they this have are with not be on at as by or from but what who
		all were had has his her she he my do does did will would can there their its about which when how if so i'm it's`),
	"es": wordSet(`el los las que y del por una con para es se lo como pero más está muy en un al su sus son fue ha hay este
		esta eso si ya cuando porque también nos qué yo`),
	"fr": wordSet(`le les des et que est une dans pour qui pas nous vous sur avec ce au c'est un du il elle on ne se sont a été
		plus mais comme ou aux par cette je`),
	"de": wordSet(`der die das und ist nicht ich wir sie ein eine zu den mit auf für es auch von dem des im sich dass wie aber
		oder haben hat war werden was wenn`),
	"pt": wordSet(`o os que e do da não uma com para é em por mais como foi ao isso um no na dos das se são mas ele eu você
		muito também está tem ser`),
	"it": wordSet(`il che di e la per un una non è con sono della del anche ma gli questo le si dei nel come più ho ha io lo
		perché quando alla`),
}

const (
	languageSample  = 20_000 // bytes that are enough to tell
	fewestStopWords = 5      // different ones, below which nothing is clear
)

// language tells the language of a text when it is clear: a fifth of the words
// are its stop words, and no other language comes close.
func language(text string) Optional {
	if len(text) > languageSample {
		text = strings.ToValidUTF8(text[:languageSample], "")
	}
	counts := map[Optional]int{}
	seen := map[string]bool{}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	for _, w := range words {
		for lang, stops := range stopWords {
			if stops[w] {
				counts[lang]++
				seen[w] = true
			}
		}
	}
	if len(seen) < fewestStopWords {
		return ""
	}
	var best Optional
	second := 0
	for lang, n := range counts {
		if n > counts[best] {
			second = max(second, counts[best])
			best = lang
		} else {
			second = max(second, n)
		}
	}
	if counts[best]*5 < len(words) || second*3 > counts[best]*2 {
		return ""
	}
	return best
}

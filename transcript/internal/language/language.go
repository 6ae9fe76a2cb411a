// Package language tells the language of a text by its script and by its commonest
// words, where that is clear.
package language

import (
	"strings"
	"sync"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// stopWords are the commonest words of languages in Latin letters.
var stopWords = lexicon.Languages("commonest words")

// wordLanguages lists the languages, by their places in stopWords, of each.
var wordLanguages = sync.OnceValue(func() map[string][]int {
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

const (
	languageSample  = 20_000 // bytes that are enough to tell
	fewestStopWords = 5      // different ones, below which nothing is clear
	fewestLetters   = 20     // of a script, likewise
)

// Of tells the language of a text when it is clear: by its script, or
// because a fifth of the words are its stop words and no other comes close.
func Of(text string) string {
	if len(text) > languageSample {
		text = strings.ToValidUTF8(text[:languageSample], "")
	}
	if byScript, latin := scriptLanguage(text); !latin {
		return byScript
	}
	counts := make([]int, len(stopWords))
	seen := map[string]bool{}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	known := wordLanguages()
	for _, w := range words {
		for _, i := range known[w] {
			counts[i]++
			seen[w] = true
		}
	}
	best, second := 0, 0
	for i, n := range counts {
		switch {
		case n > counts[best]:
			best, second = i, counts[best]
		case i != best:
			second = max(second, n)
		}
	}
	if len(seen) < fewestStopWords || counts[best]*5 < len(words) || second*limitOf(stopWords[best].Code) > counts[best]*10 {
		return ""
	}
	return stopWords[best].Code
}

// limitOf says how close a second language may come, in tenths: fifteen is two
// thirds. Danish and Norwegian differ in a few words only.
func limitOf(language string) int {
	if language == "da" || language == "nb" {
		return 11
	}
	return 15
}

// scriptLanguage tells the languages that have a script of their own, or letters
// that only they have; empty where a script has several. latin reports that most
// letters are Latin.
func scriptLanguage(text string) (language string, latin bool) {
	counts := map[string]int{}
	total := 0
	for _, r := range text {
		if r < unicode.MaxASCII && !unicode.IsLetter(r) {
			continue
		}
		if script := scriptOf(r); script != "" {
			counts[script]++
			total++
		}
	}
	if counts["latin"]*2 >= total || total < fewestLetters {
		return "", true
	}
	return languageOf(counts, total), false
}

// scriptOf names the script of a letter.
func scriptOf(r rune) string {
	switch {
	case r < unicode.MaxASCII, unicode.Is(unicode.Latin, r):
		return "latin"
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return "kana"
	case strings.ContainsRune("іїєґ", unicode.ToLower(r)):
		return "ukrainian"
	case strings.ContainsRune("ыэъё", unicode.ToLower(r)):
		return "russian"
	case strings.ContainsRune("پچژگ", r):
		return "persian"
	case strings.ContainsRune("ٹڈڑںے", r):
		return "urdu"
	}
	for _, script := range scripts {
		if unicode.Is(script.letters, r) {
			return script.name
		}
	}
	return ""
}

// scripts are those that are not told by single letters, with the language that
// alone is written in them; the languages of others are told by their letters.
var scripts = []struct {
	name     string
	letters  *unicode.RangeTable
	language string
}{
	{"han", unicode.Han, "zh"}, {"hangul", unicode.Hangul, "ko"}, {"cyrillic", unicode.Cyrillic, ""},
	{"arabic", unicode.Arabic, "ar"}, {"hebrew", unicode.Hebrew, "he"}, {"greek", unicode.Greek, "el"},
	{"devanagari", unicode.Devanagari, "hi"}, {"bengali", unicode.Bengali, "bn"}, {"tamil", unicode.Tamil, "ta"},
	{"thai", unicode.Thai, "th"}, {"georgian", unicode.Georgian, "ka"}, {"armenian", unicode.Armenian, "hy"},
}

// languageOf tells the language of the scripts of a text.
func languageOf(counts map[string]int, total int) string {
	cyrillic := counts["cyrillic"] + counts["russian"] + counts["ukrainian"]
	arabic := counts["arabic"] + counts["persian"] + counts["urdu"]
	switch {
	case counts["kana"]*10 > total:
		return "ja"
	case cyrillic*2 > total && counts["russian"] > 3*counts["ukrainian"]:
		return "ru"
	case cyrillic*2 > total && counts["ukrainian"] > 3*counts["russian"]:
		return "uk"
	case arabic*2 > total && counts["urdu"]*50 > total:
		return "ur"
	case arabic*2 > total && counts["persian"]*50 > total:
		return "fa"
	}
	for _, script := range scripts {
		if counts[script.name]*2 > total {
			return script.language
		}
	}
	return ""
}

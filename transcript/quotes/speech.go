package quotes

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// fewestWords are those from which words between marks are speech unless they are a
// title: 4. Terms, nicknames and what is only called so seldom have more than three.
const fewestWords = 4

// isSpeech reports whether what stands between marks, behind what comes before in its paragraph, is
// somebody's speech: neither a title nor a scare quote nor a word that is spoken about.
// Fewer words are speech if they are a sentence of their own: it begins with a capital,
// ends with punctuation, and stands alone or behind a verb of saying.
func isSpeech(before, inside []rune) bool {
	text := strings.TrimFunc(string(inside), isOutside)
	switch words := strings.Fields(text); {
	case text == "":
		return false
	case count(text) >= fewestWords:
		return !isTitle(words)
	}
	first := []rune(text)[0]
	return unicode.IsUpper(first) && endsSpeech(inside) && leadsToSpeech(strings.TrimRightFunc(string(before), unicode.IsSpace))
}

func isOutside(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// count counts words; where a script puts no spaces between them, two characters are one.
func count(text string) int {
	words, characters := 0, 0
	inWord := false
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			characters++
			inWord = false
		case isOutside(r) && !strings.ContainsRune("'’-", r) && !unicode.IsMark(r):
			inWord = false
		case !inWord:
			words, inWord = words+1, true
		}
	}
	return words + characters/2
}

var smallWords = lexicon.Words("small words of titles")

// isTitle reports whether words are written as a title: each begins with a capital but
// for the small ones.
func isTitle(words []string) bool {
	shouted := true
	for i, word := range words {
		letters := strings.TrimFunc(word, isOutside)
		if letters == "" {
			continue
		}
		capital := unicode.IsUpper([]rune(letters)[0])
		if !capital && !unicode.IsDigit([]rune(letters)[0]) && (i == 0 || !smallWords[lexicon.Bare(letters)]) {
			return false
		}
		shouted = shouted && strings.ToUpper(letters) == letters
	}
	return !shouted
}

// endsSpeech reports whether speech ends with the punctuation that belongs to it.
func endsSpeech(inside []rune) bool {
	for i := len(inside) - 1; i >= 0; i-- {
		if r := inside[i]; !unicode.IsSpace(r) && Closers(r) == "" && r != '’' {
			return strings.ContainsRune(".,?!…", r)
		}
	}
	return false
}

var sayingVerbs = lexicon.Set(lexicon.SayingVerbs(lexicon.Infinitive, lexicon.Third, lexicon.Past, lexicon.Participle))

// leadsToSpeech reports whether the text before a mark leads to speech: nothing at all,
// the end of a sentence, a colon, or a verb of saying.
func leadsToSpeech(before string) bool {
	before = strings.TrimRight(before, "\"'”’»“«")
	if before == "" || strings.ContainsAny(before[len(before)-1:], ".:?!") {
		return true
	}
	before = strings.TrimRight(before, ", ")
	return sayingVerbs[lexicon.Bare(before[strings.LastIndexFunc(before, unicode.IsSpace)+1:])]
}

package retrieval

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/words"
)

// typedWord is a word of a question with its place.
type typedWord struct {
	text       string // without a possessive
	start, end int    // bytes of the question
	folded     string
	stem       string          // empty for a stop word
	capital    bool            // it begins with one, and neither the question nor all of its words do
	only       map[string]bool // stems as which alone it may be read; nil: any
}

// typedWords are the words of a question that are made of letters alone.
func typedWords(question string) []typedWord {
	if strings.ContainsFunc(question, words.ByCharacter) {
		return nil
	}
	var typed []typedWord
	for start := 0; start < len(question); {
		length := strings.IndexFunc(question[start:], func(r rune) bool { return !isTyped(r) })
		if length < 0 {
			length = len(question) - start
		}
		if length == 0 {
			_, size := utf8.DecodeRuneInString(question[start:])
			start += size
			continue
		}
		text := strings.Trim(question[start:start+length], "'’")
		text = strings.TrimSuffix(strings.TrimSuffix(text, "'s"), "’s")
		if at := start + strings.Index(question[start:], text); text != "" && !strings.ContainsFunc(text, unicode.IsDigit) {
			typed = append(typed, typedWord{
				text: text, start: at, end: at + len(text), folded: fold(text), stem: normalize(text),
				capital: startsUpper(text) && len(typed) > 0,
			})
		}
		start += length
	}
	if !slices.ContainsFunc(typed, func(w typedWord) bool { return !startsUpper(w.text) }) {
		for i := range typed {
			typed[i].capital = false // it is a matter of style
		}
	}
	return typed
}

func isTyped(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '\'' || r == '’'
}

// isReal reports whether a word is one of the language, so that it is meant as it is typed.
// The thesaurus serves as the dictionary: it has the stems of the commonest words of
// English, without names, of which some more are known.
func (w typedWord) isReal() bool {
	return notPersons[w.folded] || boilerplate[w.stem] || synonyms[w.stem] != nil || relatedTo(w.stem) != nil && !misspellings[w.folded]
}

// misspellings have stems that are in the dictionary, but as those of other words.
var misspellings = lexicon.Words("common misspellings")

// shortestSpelling is from how many letters on a stem has other spellings. Shorter ones
// that are alike are other words: shot and shoot.
const shortestSpelling = 6

// spellings are the stems that a real word is written with as well: those of the thesaurus
// that are used like it, and differ as two spellings of a word do. So labor is labour, and
// of recieve, which people write often enough to be in the thesaurus, receive.
func (w typedWord) spellings() map[string]bool {
	found := map[string]bool{}
	if len(w.stem) < shortestSpelling {
		return found
	}
	alike := oneError(w.stem, costSound)
	for _, related := range relatedTo(w.stem) {
		if _, ok := alike[related.stem]; ok {
			found[related.stem] = true
		}
	}
	return found
}

// isName reports whether a word in small letters can only be a speaker's name. A word of
// the language can where it stands after another part of a name: emil sand.
func (w typedWord) isName(scope Scope, afterName bool) bool {
	return w.text == w.folded && scope.Frequencies[NewNameLexeme(w.folded)] > 0 && w.stem != "" &&
		!particles[w.folded] && utf8.RuneCountInString(w.text) > 2 && (afterName || !w.isReal())
}

// particles are words of other languages, too.
var particles = lexicon.Words("particles")

func capitalised(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// replaceWords replaces whole words of a question.
func replaceWords(question string, replacements map[string]string) string {
	var b strings.Builder
	end := 0
	for _, w := range typedWords(question) {
		if other, ok := replacements[w.text]; ok {
			b.WriteString(question[end:w.start])
			b.WriteString(other)
			end = w.end
		}
	}
	return b.String() + question[end:]
}

// isShouted reports whether a word is in capitals, and too long for an acronym.
func isShouted(word string) bool { return len(word) > 5 && strings.ToUpper(word) == word }

// hasInnerCapital reports whether a capital in the middle of a word is its spelling.
func hasInnerCapital(word string) bool {
	_, size := utf8.DecodeRuneInString(word)
	return strings.ContainsFunc(word[size:], unicode.IsUpper)
}

func startsUpper(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
}

// beginsSentence reports whether a word behind this text begins a sentence, or a quotation.
func beginsSentence(before string) bool {
	before = strings.TrimRightFunc(before, unicode.IsSpace)
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(".?!:\"“”‘—–-", last)
}

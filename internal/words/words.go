// Package words tells where words are in scripts that put no spaces between them:
// Chinese and Japanese, Thai, Lao, Khmer and Burmese. A dictionary would be larger
// than the program, another for each language, and without the names and the terms of
// a transcript; pairs of characters that overlap need none and search about as well
// (Nie et al., 2000, "On the use of words and n-grams for Chinese information
// retrieval"; McNamee and Mayfield, 2004, "Character n-gram tokenization for European
// language text retrieval"). What a word is in other scripts its users decide.
// The white space between words is folded here for all (OneLine).
//
// It also cleans what others wrote before it is shown: text of models and servers (Clean),
// the record's words (Inert), names and titles (Name, Title), names of files (Escaped).
package words

import (
	"strings"
	"unicode"
)

// Unspaced reports whether r is of a script that writes no spaces between words.
func Unspaced(r rune) bool {
	script := scriptOf(r)
	return script != nil && script != unicode.Hangul
}

// ByCharacter reports whether words of the script of r are told by their characters:
// it writes no spaces between them or, like Hangul, joins to a word what follows it.
func ByCharacter(r rune) bool { return scriptOf(r) != nil }

// OneLine folds white space: each run of it, the ends of lines included, becomes one
// blank, so that no text can begin a line of what it is put into.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// perWord is how many letters of a script without spaces a word has, about: fewer in
// Chinese, more in Thai.
const perWord = 2

// Count is how many words a text has, about.
func Count(text string) int {
	words, letters := 0, 0
	for field := range strings.FieldsSeq(text) {
		n := 0
		for _, r := range field {
			if Unspaced(r) && unicode.IsLetter(r) {
				n++
			}
		}
		if n == 0 {
			words++
		}
		letters += n
	}
	return words + (letters+perWord-1)/perWord
}

// scriptOf is the script of r if its words are told by their characters, else nil.
func scriptOf(r rune) *unicode.RangeTable {
	switch {
	case r < firstThai, firstPunctuation <= r && r < firstRadical:
		return nil // soon, since nearly all characters are there
	case kanaMark(r):
		return unicode.Katakana
	}
	for _, script := range [...]*unicode.RangeTable{
		unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
	} {
		if unicode.Is(script, r) {
			return script
		}
	}
	return nil
}

// The scripts that are told by characters begin with Thai; between typographic marks
// and the radicals of Han there is none of them.
const (
	firstThai        = 0x0E00
	firstPunctuation = 0x2000
	firstRadical     = 0x2E80
)

// kanaMark reports whether r lengthens or voices the kana before it, in full or half
// width. Such marks belong to both syllabaries.
func kanaMark(r rune) bool {
	switch r {
	case 'ー', 'ｰ', 'ﾞ', 'ﾟ':
		return true
	}
	return false
}

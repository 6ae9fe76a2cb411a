package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Cut divides a token, letters and marks without a space, where scripts without spaces
// begin and end. What is of other scripts stays as it is. What is of one such script
// becomes pairs of characters that overlap, in form NFKC, so that half and full width
// are the same; a character that stands alone is a word.
//
// Where the script changes within Japanese no pair is made, unlike by Lucene's
// CJKBigramFilter: a stem in kanji stays while its ending in hiragana changes.
func Cut(token string) []string {
	var words []string
	for token != "" {
		n := strings.IndexFunc(token, ByCharacter)
		if n < 0 {
			return append(words, token)
		}
		if n > 0 {
			words = append(words, token[:n])
		}
		token = token[n:]
		end := strings.IndexFunc(token, func(r rune) bool { return !ByCharacter(r) && !unicode.IsMark(r) })
		if end < 0 {
			end = len(token)
		}
		words = appendPairs(words, norm.NFKC.String(token[:end]))
		token = token[end:]
	}
	return words
}

// appendPairs appends the pairs of characters of one script in a run without spaces,
// and the characters that stand alone.
func appendPairs(words []string, run string) []string {
	var before character // of the same script
	alone := false
	for from := 0; from < len(run); {
		c := readCharacter(run, from, before.script)
		if before.script == c.script {
			words, alone = append(words, run[before.start:c.end]), false
		} else {
			if alone {
				words = append(words, run[before.start:before.end])
			}
			alone = true
		}
		before, from = c, c.end
	}
	if alone {
		words = append(words, run[before.start:before.end])
	}
	return words
}

// character is what readers take for one: a letter with the marks and vowels that are
// written around it.
type character struct {
	start, end int // bytes
	script     *unicode.RangeTable
}

// readCharacter reads the one that begins at start, behind one of the script last.
func readCharacter(run string, start int, last *unicode.RangeTable) character {
	before, size := utf8.DecodeRuneInString(run[start:])
	c := character{start, start + size, scriptOf(before)}
	if kanaMark(before) && last == unicode.Hiragana {
		c.script = last
	}
	for c.end < len(run) {
		r, size := utf8.DecodeRuneInString(run[c.end:])
		if !joins(before, r) {
			break
		}
		before = r
		c.end += size
	}
	return c
}

// joins reports whether r is of one character with the one before it: it is a mark or
// a vowel that follows its consonant, or a consonant behind its vowel or, as one is
// written below another, behind the sign for that. These are the character clusters of
// Thai (Theeramunkong et al., 2000), and the same in the scripts related to it.
func joins(before, r rune) bool {
	const vowelsBehind = "ะาๅະາ"
	switch {
	case unicode.IsMark(r), strings.ContainsRune(vowelsBehind, r):
		return true
	case unicode.Is(unicode.Logical_Order_Exception, before):
		return true
	}
	return before == khmerCoeng || before == burmeseVirama
}

// The signs before a consonant that is written below another.
const (
	khmerCoeng    = '\u17D2'
	burmeseVirama = '\u1039'
)

package quotation

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/words"
)

// isWordRune reports whether a character is of a word or a number.
func isWordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// insideWord reports whether the place before runes[i] is inside a word or a
// number, so that no quotation may begin or end there: “can” is not said where
// the record has “can’t”, “partisan” not where it has “non-partisan”, and 3 not
// where it has 3.1 million, −3, $3 or 3%.
func insideWord(runes []rune, i int) bool {
	l, r := i-1, i
	for l >= 0 && markOf(runes[l]) == invisible {
		l--
	}
	for r < len(runes) && markOf(runes[r]) == invisible {
		r++
	}
	if l < 0 || r >= len(runes) {
		return false
	}
	left, right := narrow(runes[l]), narrow(runes[r])
	switch {
	case isWordRune(left) && isWordRune(right):
		return !words.Unspaced(left) && !words.Unspaced(right)
	case isWordRune(left) && joins(runes, r), isWordRune(right) && joins(runes, l):
		return true
	case unicode.IsDigit(right):
		return unicode.Is(unicode.Sc, left) || isSign(runes, l)
	case unicode.IsDigit(left):
		return unicode.Is(unicode.Sc, right) || right == '%' || right == '‰' || right == '°'
	}
	return false
}

// joins reports whether the character at i makes one word or number of what is
// on its two sides.
func joins(runes []rune, i int) bool {
	if i == 0 || i == len(runes)-1 || !isWordRune(runes[i-1]) || !isWordRune(runes[i+1]) {
		return false
	}
	digits := unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1])
	switch narrow(runes[i]) {
	case '-', '‐', '‑', '/', '&', '@', '_':
		return true
	case '–', '‒', '−', ',', '，', ':':
		return digits
	case '.':
		return digits || i == 1 || !isWordRune(runes[i-2]) // 3.1, U.S.
	case '‹', '›':
		return false
	}
	return markOf(runes[i]) == singleQuote
}

// isSign reports whether the dash at i is a minus sign.
func isSign(runes []rune, i int) bool {
	return slices.Contains([]rune("-‐–−"), runes[i]) && (i == 0 || !isWordRune(runes[i-1]))
}

// word is a word of a folded text, or a mark between words.
type word struct {
	text     string // as it stands in the folded text
	from, to int    // code points of the original text
	id       int32  // of its lower case, in a vocabulary; -1 for a word that is not in it
}

func (w word) isMark() bool { return strings.IndexFunc(w.text, isWordRune) < 0 }

// words are the words of a text without the marks between them.
func (f folded) words() []word { return slices.DeleteFunc(f.tokens(), word.isMark) }

// tokens divides a text into words and marks. An apostrophe inside a word and a
// point inside a number belong to it. A hyphen does not: of a compound, one part
// may be the record's and the other not.
func (f folded) tokens() []word {
	tokens := make([]word, 0, len(f.glyphs)/usualToken)
	at := 0 // byte of f.text
	for i := 0; i < len(f.glyphs); {
		n, size := f.token(i)
		if text := f.text[at : at+size]; text != " " {
			tokens = append(tokens, word{text: text, from: int(f.glyphs[i].from), to: int(f.glyphs[i+n-1].to)})
		}
		i, at = i+n, at+size
	}
	return tokens
}

const usualToken = 4 // characters, with those between tokens; of English it is 5

// token measures the token that begins with glyph i, in glyphs and bytes.
func (f folded) token(i int) (n, size int) {
	n, size = 1, utf8.RuneLen(f.glyphs[i].r)
	if !isWordRune(f.glyphs[i].r) || words.Unspaced(f.glyphs[i].r) {
		return n, size
	}
	for i+n < len(f.glyphs) && f.continues(i+n) {
		size += utf8.RuneLen(f.glyphs[i+n].r)
		n++
	}
	return n, size
}

// continues reports whether the word before glyph i goes on with it.
func (f folded) continues(i int) bool {
	r := f.glyphs[i].r
	if isWordRune(r) {
		return !words.Unspaced(r)
	}
	if i+1 == len(f.glyphs) {
		return false
	}
	before, after := f.glyphs[i-1].r, f.glyphs[i+1].r
	switch r {
	case '\'':
		return isWordRune(after)
	case '.', ',', ':':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}

// vocabulary numbers the words of turns, so that comparing them is comparing numbers.
type vocabulary struct {
	ids   map[string]int32 // from 0, by the word in lower case
	turns [][]word
}

func newVocabulary(turns []preparedTurn) vocabulary {
	v := vocabulary{turns: make([][]word, len(turns))}
	all := 0
	for i, t := range turns {
		v.turns[i] = slices.Clone(t.words())
		all += len(v.turns[i])
	}
	v.ids = make(map[string]int32, all/usualRepeats)
	for i := range v.turns {
		for j := range v.turns[i] {
			v.add(&v.turns[i][j])
		}
	}
	return v
}

const usualRepeats = 3 // of a word in some turns

// add gives a word its number, a new one if it is new.
func (v vocabulary) add(w *word) {
	key := strings.ToLower(w.text)
	id, known := v.ids[key]
	if !known {
		id = int32(len(v.ids))
		v.ids[key] = id
	}
	w.id = id
}

// read divides a text into words and gives them their numbers.
func (v vocabulary) read(text string) []word {
	words := fold(text).words()
	for i := range words {
		id, known := v.ids[strings.ToLower(words[i].text)]
		if !known {
			id = -1
		}
		words[i].id = id
	}
	return words
}

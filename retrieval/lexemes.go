package retrieval

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/internal/words"
)

// Lexeme identifies a normalised word: 1 + a hash of 29 bits, so that it can be
// an index of a sparse vector and no dictionary has to be kept. Among 100,000
// words about ten pairs collide, which costs a little precision and nothing else.
type Lexeme int32

// lexemeBits keeps a Lexeme within the 10⁹ dimensions of pgvector's sparsevec.
const lexemeBits = 29

// LexemeDimensions is the dimension of a sparse vector of lexemes.
const LexemeDimensions = 1<<lexemeBits + 1

// NewLexeme is the identity of a normalised word.
func NewLexeme(word string) Lexeme {
	h := fnv.New32a()
	_, _ = h.Write([]byte(word)) // a hash never fails to write
	return Lexeme(h.Sum32()&(1<<lexemeBits-1)) + 1
}

// heavyBit is one that no Lexeme has.
const heavyBit = 1 << (lexemeBits + 1)

// Heavy stands for the lexeme in the index of those passages in which it is heavy, see
// HeavyWeight.
func (l Lexeme) Heavy() Lexeme { return l | heavyBit }

// Words divides text into normalised words: folded in case, diacritics and
// typographic marks, without stop words, brought to their stem (Porter, 2001,
// "Snowball"). A compound with a hyphen or slash gives its parts and the whole;
// scripts without spaces give pairs of characters.
func Words(text string) []string {
	var normal []string
	for _, token := range tokens(text) {
		normal = appendWords(normal, token)
	}
	return normal
}

// tokens are the runs of letters and digits in text, with the marks that may
// stand inside a word: apostrophe, hyphen, slash, and the points of U.S. A run in
// a script without spaces is cut.
func tokens(text string) []string {
	var found []string
	if strings.ContainsFunc(text, words.ByCharacter) {
		for _, run := range spaced(strings.Map(visible, text)) {
			found = append(found, words.Cut(run)...)
		}
	} else {
		found = spaced(text)
	}
	return slices.DeleteFunc(found, func(token string) bool {
		return strings.IndexFunc(token, func(r rune) bool { return !insideWord(r) }) < 0
	})
}

// spaced are the runs of a text between spaces and punctuation.
func spaced(text string) []string {
	const zero = '〇' // of Chinese numbers, which is no letter
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !insideWord(r) && r != zero
	})
}

// visible drops what shows readers no word: the break that a line may have between
// Thai words, the choice of a character's shape.
func visible(r rune) rune {
	if unicode.In(r, unicode.Cf, unicode.Variation_Selector) {
		return -1
	}
	return r
}

func insideWord(r rune) bool {
	switch r {
	case '\'', '’', '-', '‐', '‑', '/', '.', '&':
		return true
	}
	return false
}

// appendWords appends what one token stands for.
func appendWords(normal []string, token string) []string {
	token = strings.Trim(token, "'’-‐‑/&")
	if acronym, ok := acronym(token); ok {
		return append(normal, acronym)
	}
	parts := strings.FieldsFunc(token, func(r rune) bool { return strings.ContainsRune("-‐‑/.&", r) })
	for _, part := range parts {
		if w := normalize(part); w != "" {
			normal = append(normal, w)
		}
	}
	if len(parts) > 1 && !strings.Contains(token, ".") {
		if whole := normalize(strings.Join(parts, "")); whole != "" {
			normal = append(normal, whole)
		}
	}
	return normal
}

// acronym recognises U.S. and US, which folding would make the pronoun "us".
func acronym(token string) (string, bool) {
	letters := strings.ReplaceAll(strings.TrimSuffix(strings.TrimSuffix(token, "s"), "’"), ".", "")
	upper := strings.ToUpper(letters) == letters
	switch {
	case len(letters) < 2 || len(letters) > 5 || !upper || strings.IndexFunc(letters, notASCIILetter) >= 0:
		return "", false
	case strings.Contains(token, ".") && !dotted(token):
		return "", false
	}
	if lower := strings.ToLower(letters); stopWords[lower] {
		return lower + ".", true // a word apart from the stop word
	}
	return strings.ToLower(letters), true
}

// dotted reports whether single letters alternate with points: U.S, U.S.A.
func dotted(token string) bool {
	for i, r := range strings.TrimSuffix(token, ".") {
		if (i%2 == 1) != (r == '.') {
			return false
		}
	}
	return true
}

func notASCIILetter(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) }

// normalize folds and stems one word; empty for a stop word.
func normalize(word string) string {
	if first, size := utf8.DecodeRuneInString(word); words.ByCharacter(first) {
		if size == len(word) && unicode.Is(unicode.Hiragana, first) {
			return "" // a particle or an ending
		}
		return word // its marks make it another
	}
	word = fold(word)
	word = strings.TrimSuffix(word, "'s")
	if base, ok := contractions[word]; ok {
		word = base
	}
	word = strings.ReplaceAll(word, "'", "")
	if word == "" || stopWords[word] {
		return ""
	}
	if base, ok := irregular[word]; ok {
		word = base
	}
	if strings.IndexFunc(word, notASCIILetter) >= 0 {
		return word // numbers and other scripts have no English stem
	}
	return english.Stem(word, false)
}

// fold lowers the case and removes diacritics and typographic variants.
func fold(word string) string {
	if strings.IndexFunc(word, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		return strings.ToLower(word)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		switch {
		case r == '’' || r == '‘' || r == 'ʼ':
			b.WriteByte('\'')
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

package retrieval

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"
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

// Words divides text into normalised words: folded in case, diacritics and
// typographic marks, without stop words, brought to their stem (Porter, 2001,
// "Snowball"). A compound with a hyphen or slash gives its parts and the whole.
func Words(text string) []string {
	var words []string
	for _, token := range tokens(text) {
		words = appendWords(words, token)
	}
	return words
}

// tokens are the runs of letters and digits in text, with the marks that may
// stand inside a word: apostrophe, hyphen, slash, and the points of U.S.
func tokens(text string) []string {
	fields := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !insideWord(r)
	})
	return slices.DeleteFunc(fields, func(f string) bool {
		return strings.IndexFunc(f, func(r rune) bool { return !insideWord(r) }) < 0
	})
}

func insideWord(r rune) bool {
	switch r {
	case '\'', '’', '-', '‐', '‑', '/', '.', '&':
		return true
	}
	return false
}

// appendWords appends what one token stands for.
func appendWords(words []string, token string) []string {
	token = strings.Trim(token, "'’-‐‑/&")
	if acronym, ok := acronym(token); ok {
		return append(words, acronym)
	}
	parts := strings.FieldsFunc(token, func(r rune) bool { return strings.ContainsRune("-‐‑/.&", r) })
	for _, part := range parts {
		if w := normalize(part); w != "" {
			words = append(words, w)
		}
	}
	if len(parts) > 1 && !strings.Contains(token, ".") {
		if whole := normalize(strings.Join(parts, "")); whole != "" {
			words = append(words, whole)
		}
	}
	return words
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

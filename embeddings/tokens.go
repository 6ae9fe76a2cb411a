package embeddings

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/internal/words"
)

// script says what the parts of a token are good for.
type script int

const (
	alphabetic script = iota // a word; has stems and n-grams
	number                   // begins with a digit: the parts of 2011 mean nothing
	characters               // one or two characters of a script without spaces
)

// token is a word, or a piece of a text that has no words.
type token struct {
	text    []byte // folded; valid until the next token
	script  script
	acronym bool // capitals, two or more
	ascii   bool
}

// stem is the token without its English ending, or its text.
func (t token) stem() string {
	if t.script == alphabetic && t.ascii {
		return english.Stem(string(t.text), false)
	}
	return string(t.text)
}

// maxWordBytes is beyond any word; what is longer is no language.
const maxWordBytes = 64

// tokens yields the tokens of a text in form NFKC, with case and diacritics folded.
// Hyphens and apostrophes separate words, but the dots of U.S. do not.
func tokens(text string) iter.Seq[token] {
	return func(yield func(token) bool) {
		w := word{token: token{text: make([]byte, 0, maxWordBytes+2*utf8.UTFMax)}}
		var previous rune // directly before, if of a script without spaces
		for i, r := range text {
			switch {
			case words.ByCharacter(r):
				if !w.end(yield) || !yieldCharacters(previous, r, yield) {
					return
				}
				previous = r
				continue
			case isWordRune(r):
				w.add(r)
			case r == '.' && w.run == 1 && w.script == alphabetic && isInitial(text[i+1:]):
				w.run = 0
			case invisible(r):
			default:
				if !w.end(yield) {
					return
				}
			}
			previous = 0
		}
		w.end(yield)
	}
}

// word is a token in the making.
type word struct {
	token
	run   int // characters since the beginning or the last dot
	size  int // characters
	upper int // of them capitals
}

func (w *word) add(r rune) {
	w.run++
	w.size++
	if unicode.IsUpper(r) {
		w.upper++
	}
	if len(w.text) == 0 {
		w.ascii = true
		if unicode.IsNumber(r) {
			w.script = number
		}
	}
	switch {
	case len(w.text) >= maxWordBytes:
	case r >= utf8.RuneSelf:
		w.ascii = false
		w.text = appendFolded(w.text, r)
	case 'A' <= r && r <= 'Z':
		w.text = append(w.text, byte(r)|0x20)
	default:
		w.text = append(w.text, byte(r))
	}
}

// end yields the word, if there is one, and begins the next.
func (w *word) end(yield func(token) bool) bool {
	more := true
	if len(w.text) > 0 {
		w.acronym = w.upper > 1 && w.upper == w.size
		more = yield(w.token)
	}
	*w = word{token: token{text: w.text[:0]}}
	return more
}

// yieldCharacters yields a character and its pair with the one before.
func yieldCharacters(previous, r rune, yield func(token) bool) bool {
	var buf [2 * utf8.UTFMax]byte
	pair := buf[:0]
	if previous != 0 {
		pair = utf8.AppendRune(pair, previous)
	}
	single := len(pair)
	pair = utf8.AppendRune(pair, r)
	if !yield(token{text: pair[single:], script: characters}) {
		return false
	}
	return previous == 0 || yield(token{text: pair, script: characters})
}

// appendFolded appends the small letter, or letters, without diacritics.
func appendFolded(dst []byte, r rune) []byte {
	r = unicode.ToLower(r)
	switch r {
	case 'ß':
		return append(dst, "ss"...)
	case 'æ':
		return append(dst, "ae"...)
	case 'œ':
		return append(dst, "oe"...)
	case 'ø':
		r = 'o'
	case 'ł':
		r = 'l'
	case 'đ', 'ð':
		r = 'd'
	case 'ı':
		r = 'i'
	case 'ς':
		r = 'σ'
	}
	var buf [utf8.UTFMax]byte
	encoded := buf[:utf8.EncodeRune(buf[:], r)]
	if d := norm.NFD.Properties(encoded).Decomposition(); d != nil {
		r, _ = utf8.DecodeRune(d)
	}
	return utf8.AppendRune(dst, r)
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isLetter(byte(r)) || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) && !diacritic(r)
}

// invisible reports whether a word goes on across r as if it were not there: the
// soft hyphen, joiners, accents that have no composed letter.
func invisible(r rune) bool {
	return r >= utf8.RuneSelf && (diacritic(r) || unicode.Is(unicode.Cf, r))
}

func diacritic(r rune) bool { return 0x0300 <= r && r <= 0x036F }

// isInitial reports whether the text begins with a letter that stands alone.
func isInitial(text string) bool {
	return text != "" && isLetter(text[0]) && (len(text) == 1 || !isLetter(text[1]))
}

func hasLower(text string) bool { return strings.ContainsFunc(text, unicode.IsLower) }

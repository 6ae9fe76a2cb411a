package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Word is a word with the punctuation after it.
type Word struct {
	Text   string
	Folded string // in small letters, with typewriter apostrophes
	After  string // . , ; : ? ! – ( or empty
}

func NewWord(text, after string) Word {
	folded := strings.ToLower(text)
	if !lexicon.IsASCII(folded) {
		folded = strings.ReplaceAll(folded, "’", "'")
	}
	return Word{text, folded, after}
}

// Is reports whether the word is one of texts, in small letters.
func (w Word) Is(texts ...string) bool {
	for _, t := range texts {
		if w.Folded == t {
			return true
		}
	}
	return false
}

// Capital reports whether the word is written with a capital or a digit first.
func (w Word) Capital() bool {
	r, _ := utf8.DecodeRuneInString(w.Text)
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// EndsSentence reports whether a sentence ends after the word.
func (w Word) EndsSentence() bool { return strings.ContainsAny(w.After, ".?!…") }

// Comma reports whether a comma or dash follows the word.
func (w Word) Comma() bool {
	r, _ := utf8.DecodeRuneInString(w.After)
	return strings.ContainsRune(",–—-", r)
}

// Scan divides text into words. A full stop stays with an initial, a title
// and an abbreviation such as U.S.
func Scan(text string) []Word {
	words := make([]Word, 0, len(text)/5)
	note := func(marks string) {
		if last := len(words) - 1; last >= 0 && len(words[last].After) < longestMarks {
			words[last].After += marks
		}
	}
	for _, field := range strings.Fields(text) {
		core := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if core == "" {
			note(field)
			continue
		}
		at := strings.Index(field, core)
		before, after := field[:at], field[at+len(core):]
		if strings.HasPrefix(after, ".") && KeepsStop(core) {
			core, after = core+".", after[1:]
		}
		if strings.ContainsAny(before, "([–—") {
			note(before)
		}
		words = append(words, NewWord(core, after))
	}
	return words
}

const longestMarks = 8 // bytes of punctuation after a word that are kept

// KeepsStop reports whether a full stop after a word belongs to the word.
func KeepsStop(core string) bool {
	return letters.IsInitialWord(core) && core != "I" || strings.Contains(core, ".") || sentence.IsTitleAbbreviation(core)
}

// Join puts words together again without the punctuation between them.
func Join(words []Word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.Text
	}
	return lexicon.PlainMarks(strings.Join(texts, " "))
}

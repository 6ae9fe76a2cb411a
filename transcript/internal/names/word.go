package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Word is a word with the punctuation behind it.
type Word struct {
	Text   string
	Folded string // in small letters, with typewriter apostrophes
	After  string // punctuation behind it, or a bracket or dash before the next word: . , ; : ? ! – (
}

// NewWord is a word with the punctuation behind it.
func NewWord(text, after string) Word {
	folded := strings.ToLower(text)
	if !lexicon.IsASCII(folded) {
		folded = strings.ReplaceAll(folded, "’", "'")
	}
	return Word{text, folded, after}
}

// Is reports whether the word is one of texts, which are in small letters.
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

// Comma reports whether a comma or dash stands behind the word.
func (w Word) Comma() bool {
	r, _ := utf8.DecodeRuneInString(w.After)
	return strings.ContainsRune(",–—-", r)
}

// Scan divides a text into words. The full stop of an initial, a title or an abbreviation
// such as U.S. is part of the word.
func Scan(text string) []Word {
	words := make([]Word, 0, len(text)/averageWord)
	punctuate := func(marks string) {
		if last := len(words) - 1; last >= 0 && len(words[last].After) < longestMarks {
			words[last].After += marks
		}
	}
	for field := range strings.FieldsSeq(text) {
		core := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if core == "" {
			punctuate(field)
			continue
		}
		at := strings.Index(field, core)
		before, after := field[:at], field[at+len(core):]
		if strings.HasPrefix(after, ".") && KeepsStop(core) {
			core, after = core+".", after[1:]
		}
		if strings.ContainsAny(before, "([–—") {
			punctuate(before)
		}
		words = append(words, NewWord(core, after))
	}
	return words
}

const (
	averageWord  = 5 // bytes, with its blank; room for so many words is made beforehand
	longestMarks = 8 // bytes of punctuation behind a word, beyond which no more is kept
)

// KeepsStop reports whether a full stop behind a word belongs to the word: to an initial,
// an abbreviation or a title.
func KeepsStop(word string) bool {
	return letters.IsInitialWord(word) && word != "I" || strings.Contains(word, ".") || sentence.IsTitleAbbreviation(word) || inNames[strings.ToLower(word)]
}

// inNames are abbreviations that are parts of names: St., Jr.
var inNames = lexicon.Words("abbreviations in names")

// Join puts words together again, without the punctuation between them.
func Join(words []Word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.Text
	}
	return lexicon.PlainMarks(strings.Join(texts, " "))
}

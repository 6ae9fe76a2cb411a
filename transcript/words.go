package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word with the punctuation after it.
type word struct {
	text   string
	folded string // in small letters, with typewriter apostrophes
	after  string // . , ; : ? ! – ( or empty
}

func newWord(text, after string) word {
	folded := strings.ToLower(text)
	if !isASCII(folded) {
		folded = strings.ReplaceAll(folded, "’", "'")
	}
	return word{text, folded, after}
}

// is reports whether the word is one of texts, in small letters.
func (w word) is(texts ...string) bool {
	for _, t := range texts {
		if w.folded == t {
			return true
		}
	}
	return false
}

// capital reports whether the word is written with a capital or a digit first.
func (w word) capital() bool {
	r, _ := utf8.DecodeRuneInString(w.text)
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// endsSentence reports whether a sentence ends after the word.
func (w word) endsSentence() bool { return strings.ContainsAny(w.after, ".?!…") }

// comma reports whether a comma or dash follows the word.
func (w word) comma() bool {
	r, _ := utf8.DecodeRuneInString(w.after)
	return strings.ContainsRune(",–—-", r)
}

const longestMarks = 8 // bytes of punctuation after a word that are kept

// scanWords divides text into words. A full stop stays with an initial, a title
// and an abbreviation such as U.S.
func scanWords(text string) []word {
	words := make([]word, 0, len(text)/5)
	note := func(marks string) {
		if last := len(words) - 1; last >= 0 && len(words[last].after) < longestMarks {
			words[last].after += marks
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
		if strings.HasPrefix(after, ".") && keepsStop(core) {
			core, after = core+".", after[1:]
		}
		if strings.ContainsAny(before, "([–—") {
			note(before)
		}
		words = append(words, newWord(core, after))
	}
	return words
}

// keepsStop reports whether a full stop after a word belongs to the word.
func keepsStop(core string) bool {
	return isInitialWord(core) && core != "I" || strings.Contains(core, ".") || titleAbbreviations[strings.ToLower(core)]
}

// join puts words together again without the punctuation between them.
func join(words []word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.text
	}
	return plainMarks(strings.Join(texts, " "))
}

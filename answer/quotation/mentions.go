package quotation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/sentence"
)

// Phrase is a word or a phrase to be looked for in many texts, whatever the case of its
// letters. Else it is compared as a quotation is: by whole words, after folding what
// typesetting decides.
type Phrase struct{ pattern pattern }

// NewPhrase prepares a phrase, whose own quotation marks are taken off. It has no words if ok
// is false: then it stands nowhere.
func NewPhrase(phrase string) (p Phrase, ok bool) {
	isQuotationMark := func(r rune) bool { return markOf(r) == doubleQuote }
	folded := fold(strings.TrimFunc(strings.TrimSpace(phrase), isQuotationMark)).inOneCase()
	text := strings.TrimSpace(folded.text)
	return Phrase{pattern{text: text, length: utf8.RuneCountInString(text)}}, strings.ContainsFunc(text, isWordRune)
}

// In are the places of the phrase in the text of a turn, in code points of the text, in order
// and none over another.
func (p Phrase) In(text string) []sentence.Span {
	if !p.mayBeIn(text) {
		return nil
	}
	turn := preparedTurn{runes: []rune(text), folded: fold(text).inOneCase()}
	var spans []sentence.Span
	for _, m := range turn.find(p.pattern) {
		if len(spans) == 0 || spans[len(spans)-1].End <= m.Span.Start {
			spans = append(spans, m.Span)
		}
	}
	return spans
}

// mayBeIn tells without folding the text, which takes most of the time, that a phrase is not
// in it: one in ASCII is not where a text that is plain ASCII does not have its first word.
func (p Phrase) mayBeIn(text string) bool {
	word := p.pattern.text
	if i := strings.IndexFunc(word, func(r rune) bool { return !isASCIIWord(r) }); i >= 0 {
		word = word[:i]
	}
	return word == "" || strings.Contains(strings.ToLower(text), word) || strings.ContainsFunc(text, foldsToASCII)
}

func isASCIIWord(r rune) bool { return r < utf8.RuneSelf && isWordRune(r) }

// foldsToASCII reports whether a character may become ASCII letters when it is folded, or
// nothing between two of them.
func foldsToASCII(r rune) bool {
	switch _, isLigature := ligatures[r]; {
	case r < utf8.RuneSelf:
		return strings.ContainsRune("*_`", r)
	case isLigature:
		return true
	case markOf(r) == noMark:
		return !unicode.Is(unicode.Latin, r)
	}
	return markOf(r) == invisible
}

// inOneCase is a folded text in which letters have one case.
func (f folded) inOneCase() folded {
	var b strings.Builder
	b.Grow(len(f.text))
	for i, g := range f.glyphs {
		g.r = unicode.ToLower(g.r)
		f.glyphs[i] = g
		b.WriteRune(g.r)
	}
	return folded{b.String(), f.glyphs}
}

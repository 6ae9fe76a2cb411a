package quotation

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/words"
)

// noteMark is what refers to a note, behind a word or behind the punctuation of a word
// or a number: a raised figure, [1], [^1], an asterisk, a dagger.
var noteMark = regexp.MustCompile(`([\pL\pM]+|\pN[.,;:!?…’”»"')])([.,;:!?…’”»"')」』。，]*)` +
	`((?:[⁰¹²³⁴-⁹]+(?:[,⁻–-][⁰¹²³⁴-⁹]+)*|<sup>\s*\d{1,3}\s*</sup>|\[\^[^\]\s]{1,40}\]|\[\d{1,3}\]|\*{1,3}|†+|‡+)+)`)

// noteSigns are the first characters of note marks.
const noteSigns = "⁰¹²³⁴⁵⁶⁷⁸⁹<[*†‡"

// withoutNotes is a quotation without what certainly refers to notes of the draft. A
// figure behind a digit, a unit or a single letter may be an exponent or an index, and
// what a letter follows is part of a word.
func withoutNotes(quote string) string {
	if !strings.ContainsAny(quote, noteSigns) {
		return quote
	}
	var b strings.Builder
	at := 0
	for _, m := range noteMark.FindAllStringSubmatchIndex(quote, -1) {
		word, punctuated := quote[m[2]:m[3]], m[4] < m[5]
		next, _ := utf8.DecodeRuneInString(quote[m[7]:])
		if isWordRune(next) && !words.Unspaced(next) || !punctuated && mayBeSquared(word) {
			continue
		}
		b.WriteString(quote[at:m[6]])
		at = m[7]
	}
	return b.String() + quote[at:]
}

var squared = lexicon.Words("units that are squared")

// mayBeSquared reports whether a raised figure behind a word may be an exponent.
func mayBeSquared(word string) bool {
	last, _ := utf8.DecodeLastRuneInString(word)
	if words.Unspaced(last) {
		for unit := range squared {
			if strings.HasSuffix(word, unit) {
				return true
			}
		}
		return false
	}
	return utf8.RuneCountInString(word) == 1 || squared[strings.ToLower(word)]
}

// lineBreak is a hyphen at the end of a line, which belongs to the word or to the line.
var lineBreak = regexp.MustCompile(`([\pL\pM]+)[-‐]\s+(\p{Ll}[\pL\pM]*)`)

// joined is a quotation without the hyphens at the ends of its lines, where the whole
// word is one of those that has tells of: neg- otiate, but not non- partisan.
func joined(quote string, has func(word string) bool) string {
	if !slices.ContainsFunc(strings.Fields(quote), isDivided) {
		return quote
	}
	return lineBreak.ReplaceAllStringFunc(quote, func(broken string) string {
		m := lineBreak.FindStringSubmatch(broken)
		if word := m[1] + m[2]; has(word) {
			return word
		}
		return broken
	})
}

// isDivided reports whether a word ends with a hyphen, as one does that goes on in the next line.
func isDivided(word string) bool {
	return strings.HasSuffix(word, "-") || strings.HasSuffix(word, "‐")
}

// Wanted is a quotation as its words are looked up: without notes, and without what stands
// in brackets or for an omission. A word that a line's end divides is there whole, too.
func Wanted(quote string) string {
	quote = bracketed.ReplaceAllString(withoutNotes(quote), "$1$2$3")
	whole := joined(quote, func(string) bool { return true })
	wanted := editorsMark.ReplaceAllString(fold(quote).text, " ")
	if whole != quote {
		wanted += " " + whole
	}
	return wanted
}

// has reports whether a word stands in any of the turns.
func (t *Turns) has(word string) bool {
	folded := fold(word).text
	return slices.ContainsFunc(t.turns, func(turn preparedTurn) bool { return strings.Contains(turn.folded.text, folded) })
}

package quotation

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// pattern is a folded text to be found for a quotation.
type pattern struct {
	text   string
	length int    // in characters
	quote  string // as it was written
	cut    rune   // the final comma or full stop that has been taken off; 0 if none
}

// readings are the texts that a quotation may stand for, the most literal first: as it
// is written, without the marks of notes, and with words whole that a line's end divides.
func (t *Turns) readings(quote string) []string {
	quote = strings.TrimSpace(quote)
	readings := slices.Compact([]string{quote, withoutNotes(quote)})
	for _, divided := range readings {
		if whole := joined(divided, t.has); !slices.Contains(readings, whole) {
			readings = append(readings, whole)
		}
	}
	return readings
}

// patternsOf are the texts to be found for a quotation; none when it has no words.
func (t *Turns) patternsOf(quote string) []pattern {
	var patterns []pattern
	for _, reading := range t.readings(quote) {
		whole := fold(reading).text
		if strings.IndexFunc(whole, isWordRune) < 0 {
			continue
		}
		texts := []string{whole}
		if strings.Contains(whole, "…") {
			texts = append(texts, outerOmissions.ReplaceAllString(whole, ""))
		}
		for _, text := range texts {
			patterns = addPattern(patterns, text, quote, 0)
			if shorter, cut := withoutStop(text); cut != 0 {
				patterns = addPattern(patterns, shorter, quote, cut)
			}
		}
	}
	return patterns
}

// addPattern adds a text unless it is empty or there.
func addPattern(patterns []pattern, text, quote string, cut rune) []pattern {
	text = strings.TrimSpace(text)
	if text == "" || slices.ContainsFunc(patterns, func(p pattern) bool { return p.text == text }) {
		return patterns
	}
	return append(patterns, pattern{text, utf8.RuneCountInString(text), strings.TrimSpace(quote), cut})
}

// finalStops are the commas and full stops that may end a folded quotation where the
// record has none.
const finalStops = ",.、،।۔។።։"

// withoutStop takes off a final comma or full stop.
func withoutStop(text string) (shorter string, cut rune) {
	if last, size := utf8.DecodeLastRuneInString(text); size > 0 && strings.ContainsRune(finalStops, last) {
		return text[:len(text)-size], last
	}
	return text, 0
}

// outerOmissions are the ellipses at the ends of a folded quotation, with the
// punctuation that belongs to them.
var outerOmissions = regexp.MustCompile(`^( |…|\[…\]|\(…\))+|( |…|\[…\]|\(…\))+[,.]?$`)

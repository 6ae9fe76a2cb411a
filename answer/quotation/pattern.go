package quotation

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pattern is a folded text to be found for a quotation.
type pattern struct {
	text   string
	length int    // in characters
	quote  string // as it was written
	cut    bool   // a final comma or full stop has been taken off
}

// patternsOf are the texts that a quotation may stand for, the most literal first;
// none when it has no words.
func patternsOf(quote string) []pattern {
	quote = strings.TrimSpace(quote)
	whole := fold(quote).text
	if strings.IndexFunc(whole, isWordRune) < 0 {
		return nil
	}
	texts := []string{whole}
	if strings.Contains(whole, "…") {
		texts = append(texts, outerOmissions.ReplaceAllString(whole, ""))
	}
	var patterns []pattern
	for _, text := range texts {
		for _, variant := range bracketVariants(text) {
			patterns = addPattern(patterns, variant, quote, false)
			if shorter, cut := withoutStop(variant); cut {
				patterns = addPattern(patterns, shorter, quote, true)
			}
		}
	}
	return patterns
}

// addPattern adds a text unless it is empty or there.
func addPattern(patterns []pattern, text, quote string, cut bool) []pattern {
	text = strings.TrimSpace(text)
	if text == "" || slices.ContainsFunc(patterns, func(p pattern) bool { return p.text == text }) {
		return patterns
	}
	return append(patterns, pattern{text, utf8.RuneCountInString(text), quote, cut})
}

// withoutStop takes off a final comma or full stop.
func withoutStop(text string) (shorter string, cut bool) {
	if shorter, cut = strings.CutSuffix(text, ","); cut {
		return shorter, true
	}
	return strings.CutSuffix(text, ".")
}

// outerOmissions are the ellipses at the ends of a folded quotation, with the
// punctuation that belongs to them.
var outerOmissions = regexp.MustCompile(`^( |…|\[…\]|\(…\))+|( |…|\[…\]|\(…\))+[,.]?$`)

// bracketed is a first letter whose case the writer has changed.
var bracketed = regexp.MustCompile(`(^|[^\pL\pN\pM])\[(\pL)\]`)

// maxBracketed bounds the letters whose two cases are tried, since each doubles the
// patterns.
const maxBracketed = 4

// bracketVariants are a folded text and, when it has first letters in brackets,
// the text without brackets and each of those letters in both cases.
func bracketVariants(text string) []string {
	variants := []string{text}
	if !strings.Contains(text, "[") {
		return variants
	}
	letters := bracketed.FindAllStringSubmatchIndex(text, -1)
	if len(letters) == 0 || len(letters) > maxBracketed {
		return variants
	}
	plain, at := []string{""}, 0
	for _, m := range letters {
		letter, _ := utf8.DecodeRuneInString(text[m[4]:])
		plain = eachWith(plain, text[at:m[4]-1], unicode.ToLower(letter), unicode.ToUpper(letter))
		at = m[5] + 1
	}
	return append(variants, eachWith(plain, text[at:])...)
}

// eachWith are texts with what follows them, and each of some letters after that.
func eachWith(texts []string, rest string, letters ...rune) []string {
	var longer []string
	for _, t := range texts {
		if len(letters) == 0 {
			longer = append(longer, t+rest)
		}
		for _, letter := range letters {
			longer = append(longer, t+rest+string(letter))
		}
	}
	return longer
}

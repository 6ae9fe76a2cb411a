package utterance

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Join joins pieces of text, with blanks between them unless a third of them bring
// their own, or their script has none.
func Join(parts []string) string {
	blanks, alone := 0, false
	for _, p := range parts {
		trimmed := strings.TrimSpace(p)
		if p != trimmed {
			blanks++
		}
		alone = alone || trimmed == ""
	}
	if alone || blanks*3 > len(parts) {
		return strings.Join(parts, "")
	}
	var b strings.Builder
	last := ' '
	for _, p := range parts {
		first, _ := utf8.DecodeRuneInString(p)
		if b.Len() > 0 && !strings.ContainsRune(".,;:!?)”’…、。，！？", first) && !(isUnspaced(last) && isUnspaced(first)) {
			b.WriteByte(' ')
		}
		b.WriteString(p)
		last, _ = utf8.DecodeLastRuneInString(p)
	}
	return b.String()
}

// isUnspaced reports whether a character is of a script that has no blanks between words.
func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) ||
		strings.ContainsRune("、。，！？「」", r)
}

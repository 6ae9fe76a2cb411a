package tokenizer

import (
	"testing"
	"unicode/utf8"
)

// checkTokens holds tokens to what Encode promises of any text.
func checkTokens(t testing.TB, tokenizer *Tokenizer, text string, tokens []Token) {
	t.Helper()
	var last Token
	for i, token := range tokens {
		if token.ID < 0 || int(token.ID) >= tokenizer.Size() {
			t.Fatalf("%q: token %d has the id %d of %d", text, i, token.ID, tokenizer.Size())
		}
		if token.Start < last.Start || token.End < last.End || token.End < token.Start || token.End > len(text) {
			t.Fatalf("%q: token %d is [%d,%d) after [%d,%d)", text, i, token.Start, token.End, last.Start, last.End)
		}
		if !isBorder(text, token.Start) || !isBorder(text, token.End) {
			t.Fatalf("%q: token %d is [%d,%d), inside a character", text, i, token.Start, token.End)
		}
		last = token
	}
}

// isBorder reports whether a character begins or the text ends at a byte; bytes
// that are no UTF-8 are characters each.
func isBorder(text string, at int) bool {
	for back := 1; back < utf8.UTFMax && back <= at; back++ {
		if _, size := utf8.DecodeRuneInString(text[at-back:]); size > back {
			return false
		}
	}
	return true
}

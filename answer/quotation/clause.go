package quotation

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isSentenceEnd reports whether a character ends a sentence, with what follows it.
func isSentenceEnd(r, next rune) bool {
	switch r = narrow(r); r {
	case '.':
		return next == 0 || unicode.IsSpace(next) || markOf(next) == singleQuote || markOf(next) == doubleQuote
	case '!', '?', '。', '｡', '؟', '।', '۔', '…':
		return true
	}
	return false
}

// isClauseEnd reports whether a character ends a clause, or sets one apart.
func isClauseEnd(r, next rune) bool {
	switch r = narrow(r); r {
	case ',', ':':
		return next == 0 || !unicode.IsDigit(next)
	case ';', '，', '、', '،', '؛', '(', ')', '[', ']', '–', '—', '―':
		return true
	}
	return isSentenceEnd(r, next) || markOf(r) == doubleQuote
}

// ends are where the characters of a text end that a function tells with what follows them.
func ends(text string, is func(r, next rune) bool) []int {
	var found []int
	for i, r := range text {
		end := i + utf8.RuneLen(r)
		next, size := utf8.DecodeRuneInString(text[min(end, len(text)):])
		if size == 0 {
			next = 0
		}
		if is(r, next) {
			found = append(found, end)
		}
	}
	return found
}

// lastEnd is where the last of them ends; 0 without any.
func lastEnd(text string, is func(r, next rune) bool) int {
	found := ends(text, is)
	if len(found) == 0 {
		return 0
	}
	return found[len(found)-1]
}

func hasBoundary(text string) bool    { return len(ends(text, isClauseEnd)) > 0 }
func hasSentenceEnd(text string) bool { return len(ends(text, isSentenceEnd)) > 0 }

// endsWithBoundary and endsSentence report whether a clause, a sentence ends where a text does.
func endsWithBoundary(text string) bool { return endsWith(text, isClauseEnd) }
func endsSentence(text string) bool     { return endsWith(text, isSentenceEnd) }

func endsWith(text string, is func(r, next rune) bool) bool {
	text = strings.TrimRightFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || markOf(r) == singleQuote || markOf(r) == doubleQuote
	})
	return text != "" && lastEnd(text, is) == len(text)
}

// startsWithBoundary and startsWithSentenceEnd report whether a clause, a sentence ends where a text
// begins.
func startsWithBoundary(text string) bool    { return startsWith(text, isClauseEnd) }
func startsWithSentenceEnd(text string) bool { return startsWith(text, isSentenceEnd) }

func startsWith(text string, is func(r, next rune) bool) bool {
	text = strings.TrimSpace(text)
	found := ends(text, is)
	_, size := utf8.DecodeRuneInString(text)
	return len(found) > 0 && found[0] == size
}

// lastClause is the clause that a text ends in, firstClause the one that it begins with.
func lastClause(text string) string { return text[lastEnd(text, isClauseEnd):] }

func firstClause(text string) string {
	if found := ends(text, isClauseEnd); len(found) > 0 {
		return text[:found[0]]
	}
	return text
}

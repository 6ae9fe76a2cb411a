package quotes

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// Closers are the marks that close a quotation which a mark has opened: “English”,
// „Deutsch“, «français», »dansk«, ”svenska”, »suomi», 「日本語」. Writers mix
// curly and straight marks, so one sort may close what the other has opened.
func Closers(open rune) string {
	switch open {
	case '“':
		return "”\""
	case '„':
		return "“”\""
	case '”', '"', '＂':
		return "\"”＂"
	case '«':
		return "»"
	case '»':
		return "«»"
	case '‹':
		return "›"
	case '›':
		return "‹"
	case '「':
		return "」"
	case '『':
		return "』"
	case '〝':
		return "〞〟"
	case '‘':
		return "’'"
	case '‚':
		return "‘’"
	case '\'':
		return "'’"
	}
	return ""
}

// IsSingle reports whether a mark may also be an apostrophe, so that it opens a
// quotation only if there is one that closes it.
func IsSingle(mark rune) bool { return strings.ContainsRune("‘'‚", mark) }

// Opens reports whether the mark at i begins a quotation.
func Opens(text []rune, i int) bool {
	before, after := neighbour(text, i-1), neighbour(text, i+1)
	starts := before == 0 || unicode.IsSpace(before) || strings.ContainsRune("([{—–-/:,;¿¡"+string(joint), before) || Closers(before) != ""
	if IsSingle(text[i]) && isElided(text[i+1:]) {
		return false
	}
	switch text[i] {
	case '„', '「', '『', '〝', '‚':
		return true
	case '“', '«', '‹':
		return after != 0 && (starts || !unicode.IsSpace(after))
	case '"', '＂', '‘', '\'', '”', '»', '›':
		return starts && after != 0 && !unicode.IsSpace(after)
	}
	return false
}

// elided are words whose beginning is left out, so that an apostrophe opens them.
var elided = lexicon.Words("elided words")

// isElided reports whether a word, or a year, begins whose beginning is left out: 'tis, '90s.
func isElided(text []rune) bool {
	end := 0
	for end < len(text) && end <= longestElided && (unicode.IsLetter(text[end]) || unicode.IsDigit(text[end])) {
		end++
	}
	word := strings.ToLower(string(text[:end]))
	year := strings.TrimSuffix(word, "s")
	return elided[word] || len(year) == 2 && strings.Trim(year, "0123456789") == ""
}

const longestElided = 8 // letters

// Closes reports whether the mark at i ends a quotation, by where it stands.
func Closes(text []rune, i int) bool {
	before, after := neighbour(text, i-1), neighbour(text, i+1)
	if text[i] == '»' && isSpace(before) && unicode.IsLetter(after) {
		return false
	}
	if strings.ContainsRune("」』〞〟»«›‹”“", text[i]) {
		return true
	}
	if unicode.IsLetter(after) || unicode.IsDigit(after) {
		return false
	}
	return !unicode.IsSpace(before) || after == 0 || unicode.IsSpace(after) || strings.ContainsRune(".,;:?!", after)
}

// IsPlural reports whether the single mark at i may be the apostrophe of a plural
// (the fishers' boats): it follows an s, and the sentence goes on.
func IsPlural(text []rune, i int) bool {
	before := neighbour(text, i-1)
	return (before == 's' || before == 'S') && neighbour(text, i+1) == ' ' && unicode.IsLower(neighbour(text, i+2))
}

func neighbour(text []rune, i int) rune {
	if i < 0 || i >= len(text) {
		return 0
	}
	return text[i]
}

package words

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes one line of what a stranger wrote, a model, a server or a file, that a
// reader sees whole: entities are decoded, and what commands a terminal, turns the order
// of letters or is not seen is taken out. The record's own words are not for it but for
// Inert: it would change them.
func Clean(text string) string { return OneLine(cleanLines(text)) }

// cleanLines is Clean before lines are joined.
func cleanLines(text string) string {
	if isPlain(text) {
		return text
	}
	text = visible(text)
	for range deepestEntities {
		decoded := visible(entities.ReplaceAllStringFunc(text, html.UnescapeString))
		if decoded == text {
			return text
		}
		text = decoded
	}
	return strings.ReplaceAll(text, "&", "")
}

// isPlain reports whether a text is printed ASCII without entities, as most names are: nothing of
// it has to be cleaned.
func isPlain(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r == '&' || !isPrinted(r) })
}

// deepestEntities is how often text may have been encoded; of what was encoded more
// often the ampersands are taken out, so that nothing is left to decode.
const deepestEntities = 8

// entities are the characters that HTML writes by name or number. Those that browsers
// read without a semicolon too are only these here: it would find them in honest words.
var entities = regexp.MustCompile(`&(?:[A-Za-z][A-Za-z0-9]{1,31};|#[0-9]{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|(?:quot|amp|lt|gt))`)

// visible is a text of characters that are seen, and line feeds.
func visible(text string) string {
	text = strings.ToValidUTF8(text, "")
	if strings.ContainsFunc(text, beginsSequence) {
		text = sequences.ReplaceAllString(text, "")
	}
	var b strings.Builder
	b.Grow(len(text))
	for i, r := range text {
		switch {
		case isPrinted(r):
			b.WriteByte(byte(r))
		case endsLine(r):
			b.WriteByte('\n')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case !isUnseen(r), isJoiner(r) && takesJoiner(text[:i]):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// beginsSequence reports whether a character may begin a command to a terminal.
func beginsSequence(r rune) bool { return r == 0x1B || r >= 0x80 && r <= 0x9F }

func endsLine(r rune) bool { return strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r) }

// sequences are the commands to a terminal of ECMA-48: with parameters (colours, the
// place of the cursor), and with a text (a window's title, a link). What only begins as one
// loses its escape character, as all control characters go.
var sequences = regexp.MustCompile(`(?:\x1b\[|\x{9b})[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x{90}\x{98}\x{9d}-\x{9f}])[^\x07\x1b\x{9c}\n]*(?:\x07|\x1b\\|\x{9c})`)

// isUnseen reports whether a character is not seen, or means nothing: controls and formats
// but those that are signs themselves, selectors of variants, fillers, private use, tags,
// what is no character, and the mark of lost ones.
func isUnseen(r rune) bool {
	if isPrinted(r) {
		return false
	}
	return r == unicode.ReplacementChar || unicode.Is(unicode.Noncharacter_Code_Point, r) ||
		unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) &&
			!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// isPrinted reports whether a character is one of ASCII that is seen, or a blank.
func isPrinted(r rune) bool { return r >= ' ' && r < 0x7F }

func isJoiner(r rune) bool { return r == '\u200C' || r == '\u200D' }

// takesJoiner reports whether a joiner shapes the letter with which a text ends: the scripts
// of Arabic and of India write words with them.
func takesJoiner(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return unicode.In(r, unicode.L, unicode.M) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) && scriptOf(r) == nil
}

// Inert takes out of a text what commands a terminal or changes how the text around it is
// read: control characters, line feeds and tabs apart, bidirectional marks, tags, and bytes
// that are no UTF-8. The parser leaves none of these in the record, whose words stay as
// they are.
func Inert(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case endsLine(r):
			return ' '
		case Commands(r):
			return -1
		}
		return r
	}, strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n"))
}

// InertLine is Inert on one line.
func InertLine(text string) string { return OneLine(Inert(text)) }

// Commands reports whether a character is one of those that Inert takes out or makes a
// blank: it changes how those around it are shown.
func Commands(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.In(r, unicode.Zl, unicode.Zp) || r >= firstTag && r <= lastTag
}

// The tag characters spell words that nobody sees and a model reads.
const (
	firstTag = 0xE0000
	lastTag  = 0xE007F
)

// Escaped is a file's name as it is shown: what is not seen of it, and bytes that are no
// characters, are written as Go writes them, so that another name is never taken for it.
func Escaped(name string) string {
	var b strings.Builder
	for i, r := range name {
		switch _, size := utf8.DecodeRuneInString(name[i:]); {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, name[i])
		case Commands(r), isUnseen(r) && !(isJoiner(r) && takesJoiner(name[:i])):
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

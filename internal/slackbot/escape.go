package slackbot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/words"
)

// What people, transcripts and models wrote is shown in elements that have no
// markup: the text elements of rich text, and plain_text. There, words.Inert is enough.
// Where Slack insists on its markup, which is a message's notification, escape
// makes text of it.

// wordJoiner (U+2060) has no width, and is neither a space nor a letter nor a mark.
const wordJoiner = '\u2060'

const graveAccent = '\u02CB'

// escape makes one line of text for a field with Slack's markup, in which nothing
// is markup. The three characters that open entities, mentions and links are
// escaped, as Slack asks. Slack also styles *words* and links www.hosts without them:
// there a word joiner (U+2060), which is not seen, breaks the pattern, and the letters
// stay as they are. Only the backquote becomes an accent that looks like it, since
// nothing else stops it from marking code.
func escape(s string) string {
	runes := []rune(words.InertLine(s))
	var b strings.Builder
	for i, r := range runes {
		before, after := neighbour(runes, i-1), neighbour(runes, i+1)
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>' && i == 0: // would begin a quotation
			b.WriteString(string(wordJoiner) + "&gt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '`':
			b.WriteRune(graveAccent)
		case strings.ContainsRune("*_~", r) && before+after != "  ":
			b.WriteString(string([]rune{wordJoiner, r, wordJoiner}))
		case r == '.' && (isNamed(after) || strings.EqualFold(before, "w")): // of www.
			b.WriteString(string([]rune{wordJoiner, r}))
		case r == ':' && after != " ", strings.ContainsRune("@#/", r) && isNamed(after):
			b.WriteString(string([]rune{r, wordJoiner}))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// neighbour is the character at i, a space beyond either end.
func neighbour(runes []rune, i int) string {
	if i < 0 || i >= len(runes) {
		return " "
	}
	return string(runes[i])
}

// isNamed reports whether a character can begin a name, of a person, a channel or a
// host, or the rest of an address.
func isNamed(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("+-_/", r)
}

// plain is text without markup of at most limit characters, for labels. It is
// never empty, since Slack refuses that.
func plain(s string, limit int) *slack.TextBlockObject {
	s = cut(words.InertLine(s), limit)
	if s == "" {
		s = "–"
	}
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// cut shortens a text that is no quotation to limit characters, at a word if it
// has any.
func cut(s string, limit int) string {
	if units(s) <= limit {
		return s
	}
	end, used := 0, 0
	for i, r := range s {
		if used += utf16Len(r); used > limit-1 {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	if space := strings.LastIndexByte(s[:end], ' '); space > end/2 {
		end = space
	}
	return strings.TrimRightFunc(s[:end], func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) && r != '”' && r != ')' && r != ']'
	}) + "…"
}

// units is the length of a text in UTF-16 code units, as Slack counts. There are never
// fewer of them than characters, so that it is the cautious measure as well.
func units(s string) (n int) {
	for _, r := range s {
		n += utf16Len(r)
	}
	return n
}

func utf16Len(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

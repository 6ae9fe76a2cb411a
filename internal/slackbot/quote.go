package slackbot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
)

// piece is what is shown as one block: prose, and the quotation that it leads to.
type piece struct {
	prose    string
	citation *answer.Citation // nil: prose alone
	link     bool             // in place of the quotation's words
}

// divide lifts the quotations out of a statement. They are found by their words,
// marks and number together, so that offsets into the whole answer are not needed.
// Prose that stood beside a quotation is made to stand alone; what it has between
// quotation marks of its own is not touched.
func divide(text string, citations []answer.Citation) []piece {
	var pieces []piece
	var last *answer.Citation
	for i := range citations {
		c := &citations[i]
		before, after, found := strings.Cut(text, fmt.Sprintf("“%s” [%d]", c.Quote, c.Number))
		if !found || words.Inert(c.Quote) == "" {
			continue
		}
		lead := strings.TrimRight(standing(before, last), " ([")
		pieces = append(pieces, piece{prose: lead, citation: c})
		text, last = after, c
	}
	if rest := standing(text, last); rest != "" {
		pieces = append(pieces, piece{prose: rest})
	}
	return pieces
}

// standing makes a text of its own of prose that followed a quotation, which is shown
// as a block. Its beginning loses the marks that closed the sentence before, and the
// source that the line under the quotation gives.
func standing(prose string, after *answer.Citation) string {
	prose = strings.TrimSpace(words.Inert(prose))
	if after == nil {
		return prose
	}
	rest := withoutSource(strings.TrimLeftFunc(prose, closes), after)
	first, _ := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "" && strings.Contains(prose, "?"):
		return "…?" // the statement was a question
	case unicode.IsLower(first):
		return "… " + rest
	}
	return rest
}

// closes reports whether a character belongs to what stands before it.
func closes(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".,;:!?)]…–—", r) }

// withoutSource is prose without a source in brackets at its beginning, if the line
// under the quotation gives that anyway.
func withoutSource(prose string, c *answer.Citation) string {
	end := closingBracket(prose)
	if end < 0 {
		return prose
	}
	plain := strings.NewReplacer(",", " ", ";", " ", "(", " ", ")", " ")
	given := strings.Fields(plain.Replace(described(c) + " " + string(c.TranscriptTitle)))
	for _, word := range strings.Fields(plain.Replace(prose[:end])) {
		if !slices.Contains(given, word) {
			return prose
		}
	}
	return strings.TrimLeftFunc(prose[end:], closes)
}

// closingBracket is behind the bracket that closes the one with which a text begins; -1
// where it begins with none, or that is never closed.
func closingBracket(text string) int {
	if !strings.HasPrefix(text, "(") {
		return -1
	}
	depth := 0
	for i, r := range text {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			return i + 1
		}
	}
	return -1
}

// linked is the piece with a link in place of its quotation.
func (p piece) linked() piece {
	p.link = p.citation != nil
	return p
}

// block shows a piece.
func (p piece) block(o look) slack.Block {
	var elements []slack.RichTextElement
	if p.prose != "" {
		elements = append(elements, slack.NewRichTextSection(texts(p.prose, nil)...))
	}
	switch {
	case p.citation == nil:
	case p.link:
		elements = append(elements, slack.NewRichTextSection(placeholder(p.citation)...), sourceLine(p.citation, o))
	default:
		elements = append(elements, quotation(texts(words.Inert(p.citation.Quote), nil)...), sourceLine(p.citation, o))
	}
	return slack.NewRichTextBlock("", elements...)
}

func quotation(elements ...slack.RichTextSectionElement) *slack.RichTextQuote {
	return &slack.RichTextQuote{Type: slack.RTEQuote, Elements: elements}
}

// placeholder says of a quotation that has no room how long it is, and where.
func placeholder(c *answer.Citation) []slack.RichTextSectionElement {
	length := fmt.Sprintf("a quotation of %s", plural(words.Count(c.Quote), "word"))
	return append(texts("Too long to show here: ", nil), linkTo(c.URL, length)...)
}

// texts is a text as elements without markup, each of them short enough. A text
// of several is divided at spaces; together they are the text.
func texts(s string, style *slack.RichTextSectionTextStyle) []slack.RichTextSectionElement {
	var elements []slack.RichTextSectionElement
	for s != "" {
		end := fitting(s, maxText)
		elements = append(elements, slack.NewRichTextSectionTextElement(s[:end], style))
		s = s[end:]
	}
	return elements
}

// fitting is how many bytes of a text are at most limit characters, to the last
// space among them if that is not all.
func fitting(s string, limit int) int {
	used, space := 0, 0
	for i, r := range s {
		if used += utf16Len(r); used > limit {
			return cmp.Or(space, i)
		}
		if unicode.IsSpace(r) {
			space = i + utf8.RuneLen(r)
		}
	}
	return len(s)
}

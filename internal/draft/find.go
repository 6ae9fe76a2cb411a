package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/quotes"
)

// quote is a quotation with the prose around it.
type quote struct {
	answer.DraftQuote
	block, start  int // where it begins, with its mark
	last, end     int // where it ends
	before, after string
	follows       bool // another quotation comes before it in its paragraph
}

// find finds the quotations of a draft, in order.
func find(blocks []block) []quote {
	var found []quote
	b, at, open := 0, 0, 0
	for b < len(blocks) && len(found) <= maxQuotes {
		q, ok := quote{}, false
		if blocks[b].quoted > 0 && at == 0 && !isProse(blocks[b].text) {
			q, ok = blockQuote(blocks, b), true
		} else {
			q, ok = nextIn(blocks, b, at)
		}
		if q.Open {
			open++
		}
		if !ok || open > maxOpen {
			b, at, open = b+1, 0, 0
			continue
		}
		if strings.IndexFunc(q.Text, isWordRune) >= 0 {
			found = append(found, q)
		}
		b, at = q.last, q.end
	}
	surround(blocks, found)
	return found
}

// maxOpen bounds the quotations of a paragraph that are never closed. Where there are
// more, the marks are no quotation marks, and to look for the end of each takes long.
const maxOpen = 20

// isProse reports whether a block quotation is not somebody's words, but a text
// that quotes and credits them in its turn.
func isProse(text []rune) bool {
	start := slices.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) })
	if start < 0 || quotes.Closers(text[start]) == "" {
		return false
	}
	end, closed := closing(text, start)
	return closed && creditAfter(string(text[end+1:]), neighbour(text, end-1)).known()
}

// nextIn finds the first quotation that begins in a block, from a place on.
func nextIn(blocks []block, b, at int) (q quote, ok bool) {
	text := blocks[b].text
	for i := at; i < len(text); i++ {
		if quotes.Closers(text[i]) == "" || !quotes.Opens(text, i) {
			continue
		}
		q = quote{block: b, start: i, last: b}
		q.Line = blocks[b].line(i)
		end, closed := closing(text, i)
		switch {
		case closed:
			q.end, q.Text = end+1, string(text[i+1:end])
		case quotes.IsSingle(text[i]):
			continue // an apostrophe
		default:
			q.unclosed(blocks)
		}
		q.Text = strings.TrimSpace(lineBreak.ReplaceAllString(q.Text, "$1 $2"))
		return q, true
	}
	return q, false
}

// lineBreak is a line's end that does not end a paragraph.
var lineBreak = regexp.MustCompile(`([^\n])[ \t]*\n[ \t]*([^\n])`)

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// closing finds the mark that closes the quotation which the mark at i opens.
// Quotations of the same kind inside it are passed over.
func closing(text []rune, i int) (end int, ok bool) {
	marks, depth := quotes.Closers(text[i]), 0
	for j := i + 1; j < len(text); j++ {
		switch {
		case quotes.IsSingle(text[i]) && quotes.IsSingle(text[j]) && quotes.Opens(text, j):
			return 0, false // the first was an apostrophe
		case strings.ContainsRune(marks, text[j]) && quotes.Closes(text, j):
			if quotes.IsSingle(text[i]) && quotes.IsPlural(text, j) && closesLater(text, i, j) {
				continue
			}
			if depth == 0 {
				return j, true
			}
			depth--
		case !quotes.IsSingle(text[i]) && (text[j] == text[i] || strings.ContainsRune(marks, text[j])) && quotes.Opens(text, j):
			depth++
		}
	}
	return 0, false
}

// closesLater reports whether the quotation that the single mark at i opens has
// another mark after j that closes it, before a next one opens.
func closesLater(text []rune, i, j int) bool {
	for k := j + 1; k < len(text); k++ {
		if quotes.IsSingle(text[k]) && quotes.Opens(text, k) {
			return false
		}
		if strings.ContainsRune(quotes.Closers(text[i]), text[k]) && quotes.Closes(text, k) {
			return true
		}
	}
	return false
}

// maxParagraphs bounds how many paragraphs a quotation runs over.
const maxParagraphs = 50

// unclosed reads a quotation that its paragraph does not close. It goes on in the
// next if that begins with the same mark, as in print; else it ends where the same
// mark opens again, or with the paragraph.
func (q *quote) unclosed(blocks []block) {
	text := blocks[q.block].text
	open := text[q.start]
	paragraphs := []string{string(text[q.start+1:])}
	for b := q.block + 1; b < min(len(blocks), q.block+maxParagraphs) && blocks[b].quoted == 0 && len(blocks[b].text) > 0 && blocks[b].text[0] == open; b++ {
		if end, closed := closing(blocks[b].text, 0); closed {
			q.Text = strings.Join(append(paragraphs, string(blocks[b].text[1:end])), "\n\n")
			q.last, q.end = b, end+1
			return
		}
		paragraphs = append(paragraphs, string(blocks[b].text[1:]))
	}
	q.Open, q.end = true, len(text)
	for i := q.start + 1; i < len(text); i++ {
		if text[i] == open && quotes.Opens(text, i) {
			q.end = i
			break
		}
	}
	q.Text = string(text[q.start+1 : q.end])
}

// surround sets the prose around quotations: up to the next ones, and within
// their paragraphs, except that a paragraph may lead to a quotation in the next.
func surround(blocks []block, quotes []quote) {
	for i := range quotes {
		q := &quotes[i]
		from, to := 0, len(blocks[q.last].text)
		if q.follows = i > 0 && quotes[i-1].last == q.block; q.follows {
			from = quotes[i-1].end
		}
		if i+1 < len(quotes) && quotes[i+1].block == q.last {
			to = quotes[i+1].start
		}
		q.after = string(blocks[q.last].text[q.end:to])
		q.before = string(blocks[q.block].text[from:q.start])
		if q.start == 0 && q.block > 0 && announces(blocks[q.block-1], blocks[q.block].quoted > 0) {
			q.before = strings.TrimRight(string(blocks[q.block-1].text), ". \n:") + ":"
		}
	}
}

// announces reports whether a paragraph leads to a quotation in the next. Before a
// block quotation it need not end in a colon.
func announces(b block, blockQuotation bool) bool {
	return b.quoted == 0 && (blockQuotation || strings.HasSuffix(strings.TrimSpace(string(b.text)), ":"))
}

// creditLine is the last line of a block quotation when it names the source.
var creditLine = regexp.MustCompile(`(?:^|\n)\s*(?:[–—―]|--?)\s*(\pL[^\n]{0,120})$`)

// blockQuote reads the block quotation that begins with a block: all the
// paragraphs of it are one quotation, unless each is between marks of its own.
func blockQuote(blocks []block, first int) quote {
	q := quote{block: first, last: first}
	q.Line = blocks[first].line(0)
	var paragraphs []string
	for q.last = first; q.last < len(blocks) && blocks[q.last].quoted == blocks[first].quoted; q.last++ {
		b := &blocks[q.last]
		text := strings.TrimSpace(string(b.text))
		if credit := creditLine.FindStringSubmatchIndex(text); credit != nil {
			b.source = text[credit[2]:credit[3]]
			text = strings.TrimSpace(text[:credit[0]])
		}
		if b.source != "" {
			q.Speaker = b.source
		}
		if text != "" {
			paragraphs = append(paragraphs, unmarked(lineBreak.ReplaceAllString(text, "$1 $2")))
		}
	}
	q.last--
	q.Text = strings.Join(paragraphs, "\n\n")
	q.end = len(blocks[q.last].text)
	return q
}

// unmarked is a paragraph without the quotation marks that enclose it whole, or
// that open it, as in every paragraph but the last of a long quotation.
func unmarked(text string) string {
	runes := []rune(text)
	if quotes.Closers(runes[0]) == "" || !quotes.Opens(runes, 0) {
		return text
	}
	end, closed := closing(runes, 0)
	switch {
	case closed && end == len(runes)-1:
		return string(runes[1:end])
	case !closed && !quotes.IsSingle(runes[0]):
		return string(runes[1:])
	}
	return text
}

// fewWords are too few to be checked when nobody is directly credited with them.
const fewWords = 3

// withoutMark makes a space of what is no part of a word.
func withoutMark(r rune) rune {
	if isWordRune(r) || strings.ContainsRune("'’-.,", r) {
		return r
	}
	return ' '
}

// worthChecking leaves out titles and scare quotes.
func worthChecking(found []quote) []answer.DraftQuote {
	found = slices.DeleteFunc(found, func(q quote) bool {
		return q.Text == "" || q.Speaker == "" && words.Count(strings.Map(withoutMark, q.Text)) < fewWords
	})
	quotes := make([]answer.DraftQuote, len(found))
	for i, q := range found {
		quotes[i] = q.DraftQuote
	}
	return quotes
}

func neighbour(text []rune, i int) rune {
	if i < 0 || i >= len(text) {
		return 0
	}
	return text[i]
}

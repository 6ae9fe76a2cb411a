package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/marks"
)

// quote is a quotation with the prose around it.
type quote struct {
	answer.DraftQuote
	block, start  int // where it begins, with its mark
	last, end     int // where it ends
	before, after string
	follows       bool // another quotation comes before it in its paragraph
	unopened      bool // no mark says where it begins
	spoken        bool // by a mark or a dash, and not by indentation
}

// find finds the quotations of a draft, in order.
func find(blocks []block) []quote {
	var found []quote
	for first := 0; first < len(blocks) && len(found) <= maxQuotes; {
		next := first + 1
		switch quoted := blocks[first].quoted; {
		case quoted > 0 && !isProse(&blocks[first]):
			q := blockQuote(blocks, first)
			next = q.last + 1
			found = append(found, q)
		case quoted > 0:
			found = append(found, spoken(blocks, first, next)...)
		default:
			for next < len(blocks) && blocks[next].quoted == 0 {
				next++
			}
			found = append(found, spoken(blocks, first, next)...)
		}
		first = next
	}
	found = slices.DeleteFunc(found, func(q quote) bool { return strings.IndexFunc(q.Text, isWordRune) < 0 })
	surround(blocks, found)
	return found
}

// spoken finds what marks and dashes say is quoted in the blocks from first up to end.
func spoken(blocks []block, first, end int) []quote {
	paragraphs := make([][]rune, end-first)
	for i := range paragraphs {
		paragraphs[i] = blocks[first+i].withoutCode()
	}
	var found []quote
	for _, span := range marks.Find(paragraphs) {
		q := between(blocks, first, span)
		if !isNickname(blocks[q.block].text, q) {
			found = append(found, q)
		}
	}
	if len(found) > maxQuotes {
		return found
	}
	return withDialogue(found, blocks, first, end)
}

// between is the quotation of a span in the blocks from first on.
func between(blocks []block, first int, span marks.Span) quote {
	q := quote{block: first + span.Paragraph, start: span.Start, last: first + span.Last, end: span.End, spoken: true}
	text := blocks[q.block].text
	for q.start < q.end && q.block == q.last && unicode.IsSpace(text[q.start]) {
		q.start++
	}
	var paragraphs []string
	for _, p := range span.Inside {
		paragraphs = append(paragraphs, inLine(blocks[first+p.Paragraph].text[p.Start:p.End]))
	}
	if len(paragraphs) == 1 {
		paragraphs[0] = unmarked(paragraphs[0]) // « “So” »
	}
	q.Text = strings.Join(paragraphs, "\n\n")
	q.Line = blocks[q.block].line(q.start)
	switch span.State {
	case marks.NeverClosed:
		q.Unchecked = "the draft never closes it"
	case marks.NeverOpened:
		q.Unchecked, q.unopened = "the draft closes it and never opens it", true
	}
	return q
}

// inLine is text without the ends of the lines in it.
func inLine(text []rune) string {
	return strings.TrimSpace(lineBreak.ReplaceAllString(string(text), "$1 $2"))
}

// lineBreak is a line's end that does not end a paragraph.
var lineBreak = regexp.MustCompile(`([^\n])[ \t]*\n[ \t]*([^\n])`)

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isNickname reports whether what stands between marks is a name between a given name and a
// family name: Tobias “Toby” Renwick.
func isNickname(text []rune, q quote) bool {
	if q.block != q.last || q.Unchecked != "" || wordsOf(q.Text) > maxShort || !unicode.IsUpper([]rune(q.Text + " ")[0]) || strings.ContainsAny(q.Text[len(q.Text)-1:], ",!?") {
		return false
	}
	return givenName.MatchString(string(text[max(0, q.start-longestName):q.start])) && familyName.MatchString(string(text[q.end:min(len(text), q.end+longestName)]))
}

var (
	givenName  = regexp.MustCompile(`(?:^|[\s(])\p{Lu}[\p{L}\p{M}'’-]*\.?\s$`)
	familyName = regexp.MustCompile(`^\s\p{Lu}[\p{L}\p{M}]`)
)

const longestName = 30 // characters

// isProse reports whether a block quotation is not somebody's words, but a text
// that quotes and credits them in its turn.
func isProse(b *block) bool {
	spans := marks.Find([][]rune{b.withoutCode()})
	if len(spans) == 0 || spans[0].State != marks.Closed || strings.TrimSpace(string(b.text[:spans[0].Start])) != "" {
		return false
	}
	end := spans[0].End
	return readAfter(string(b.text[end:]), neighbour(b.text, end-2)).known()
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
			if to = quotes[i+1].start; quotes[i+1].unopened { // which begins with the words on who said this one
				to = quotes[i+1].end
			}
		}
		q.after = string(blocks[q.last].text[q.end:to])
		q.before = string(blocks[q.block].text[from:q.start])
		if strings.TrimSpace(q.before) == "" && from == 0 && q.block > 0 && announces(blocks[q.block-1], blocks[q.block].quoted > 0) {
			q.before = strings.TrimRight(string(blocks[q.block-1].text), ". \n:：") + ":"
		}
	}
}

// announces reports whether a paragraph leads to a quotation in the next. Before a
// block quotation it need not end in a colon.
func announces(b block, blockQuotation bool) bool {
	text := strings.TrimSpace(string(b.text))
	return b.quoted == 0 && (blockQuotation || strings.HasSuffix(text, ":") || strings.HasSuffix(text, "："))
}

// creditLine is the last line of a block quotation when it names the source.
var creditLine = regexp.MustCompile(`(?:^|\n)\s*(?:[–—―]|--?)\s*(\pL[^\n]{0,120})$`)

// blockQuote reads the block quotation that begins with a block: all the
// paragraphs of it are one quotation, unless each is between marks of its own.
func blockQuote(blocks []block, first int) quote {
	q := quote{block: first, last: first}
	q.Line, q.Loose = blocks[first].line(0), blocks[first].pulled
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
			paragraphs = append(paragraphs, unmarked(inLine([]rune(text))))
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
	if len(runes) == 0 || !marks.Is(runes[0]) {
		return text
	}
	spans := marks.Find([][]rune{runes})
	if len(spans) == 0 || spans[0].Start > 0 || spans[0].End < len(runes) || spans[0].State == marks.NeverOpened {
		return text
	}
	inside := spans[0].Inside[0]
	return strings.TrimSpace(string(runes[inside.Start:inside.End]))
}

func neighbour(text []rune, i int) rune {
	if i < 0 || i >= len(text) {
		return 0
	}
	return text[i]
}

package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/marks"
)

// withDialogue puts among the quotations those that a dash opens at the beginning of a line, or behind a colon,
// as dialogue is written in French, Spanish, Polish or Russian: – We close the port, said
// Renwick. What is marked within them belongs to them.
func withDialogue(found []quote, blocks []block, first, end int) []quote {
	var spoken []quote
	for b := first; b < end; b++ {
		for _, line := range dialogueLines(blocks, b) {
			if !straddled(found, b, line) {
				spoken = append(spoken, dialogue(&blocks[b], b, line)...)
			}
		}
	}
	if len(spoken) == 0 {
		return found
	}
	found = slices.DeleteFunc(found, func(q quote) bool {
		n, _ := slices.BinarySearchFunc(spoken, q, func(s, q quote) int { return compareEnds(s, q) })
		return n < len(spoken) && spoken[n].block == q.block && spoken[n].start <= q.start && q.last == q.block
	})
	found = append(found, spoken...)
	slices.SortFunc(found, compareEnds)
	return found
}

func compareEnds(a, b quote) int {
	if a.last != b.last {
		return a.last - b.last
	}
	return a.end - b.end
}

// extent is a part of a block, in characters.
type extent struct{ start, end int }

// straddled reports whether one of the quotations, which are in order, stands partly in a line of a
// block and partly outside.
func straddled(found []quote, b int, line extent) bool {
	n, _ := slices.BinarySearchFunc(found, quote{last: b, end: line.start + 1}, compareEnds)
	if n < len(found) && (found[n].block < b || found[n].block == b && found[n].start < line.start) {
		return true
	}
	n, _ = slices.BinarySearchFunc(found, quote{last: b, end: line.end + 1}, compareEnds)
	return n < len(found) && (found[n].block < b || found[n].block == b && found[n].start < line.end)
}

// dialogueLines are the parts of a block that begin with a dash, each up to the next.
func dialogueLines(blocks []block, b int) []extent {
	text := blocks[b].text
	var lines []extent
	for at := 0; at < len(text); at++ {
		if beginsLine := at == 0 || text[at-1] == '\n' || followsColon(text, at); !beginsLine {
			continue
		}
		if opensDialogue(text, at) && !creditsLast(blocks, b, at) {
			if n := len(lines); n > 0 {
				lines[n-1].end = at
			}
			lines = append(lines, extent{at, len(text)})
		}
	}
	return lines
}

// followsColon reports whether the dash at a place stands behind a colon.
func followsColon(text []rune, at int) bool {
	if !strings.ContainsRune(dialogueDashes, text[at]) {
		return false
	}
	for at--; at > 0 && text[at] != '\n' && unicode.IsSpace(text[at]); at-- {
	}
	return at >= 0 && (text[at] == ':' || text[at] == '：')
}

// opensDialogue reports whether a line begins with a dash and then as a sentence does.
func opensDialogue(text []rune, at int) bool {
	skip := func() {
		for at < len(text) && text[at] != '\n' && unicode.IsSpace(text[at]) {
			at++
		}
	}
	skip()
	if at == len(text) || !strings.ContainsRune(dialogueDashes, text[at]) {
		return false
	}
	at++
	skip()
	r := neighbour(text, at)
	return unicode.IsUpper(r) || unicode.Is(unicode.Lo, r) || unicode.IsDigit(r) || r != 0 && strings.ContainsRune("¿¡…", r)
}

const dialogueDashes = "‒–—―"

// creditsLast reports whether the dash at a place may name who said what comes before it.
func creditsLast(blocks []block, b, at int) bool {
	last := lastSeen(blocks[b].text[:at])
	if last == 0 && b > 0 {
		if blocks[b-1].quoted > 0 {
			return true
		}
		last = lastSeen(blocks[b-1].text)
	}
	return marks.Is(last) && afterDash.MatchString(string(blocks[b].text[at:min(len(blocks[b].text), at+longestCredit)]))
}

// longestCredit is how much behind a dash is read for a name, in characters.
const longestCredit = 100

// lastSeen is the last character of a text that is no white space; 0 without any.
func lastSeen(text []rune) rune {
	for _, r := range slices.Backward(text) {
		if !unicode.IsSpace(r) {
			return r
		}
	}
	return 0
}

var (
	breaks    = regexp.MustCompile(`[,!?…]["”»]?\s*(?:[–—―]\s*)?|\s[–—―]\s*`)
	narrates  = regexp.MustCompile(`^(?:` + lexicon.Any("verbs beside quotations") + `|` + said + `)(?:[^\p{L}\p{M}]|$)`)
	narration = regexp.MustCompile(`[.!?…]\s+|\s*[–—―][.,;:!?]?\s*`)
)

// dialogue divides a line of dialogue at the words on who says it: the speech before them, and
// what follows, which may go on with it. A line that is no sentence, and that nobody says,
// is an item of a list.
func dialogue(b *block, number int, line extent) []quote {
	text := string(b.text[line.start:line.end])
	dash := strings.IndexFunc(text, func(r rune) bool { return strings.ContainsRune(dialogueDashes, r) })
	_, size := utf8.DecodeRuneInString(text[dash:])
	from := dash + size
	at := func(byteAt int) int { return line.start + utf8.RuneCountInString(text[:byteAt]) }
	speech := func(from, to int) quote {
		q := quote{block: number, last: number, start: at(from), end: at(to), spoken: true}
		q.Text, q.Line = inLine([]rune(strings.Trim(text[from:to], dialogueDashes+" \u00a0\u202f"))), b.line(at(from))
		return q
	}
	for n, m := range breaks.FindAllStringIndex(text[from:min(len(text), from+maxCredit)], maxBreaks) {
		to, rest := from+m[0], text[from+m[1]:]
		if !narrates.MatchString(rest) && !readAfter(rest, ',').known() || n == 0 && to == from {
			continue
		}
		said := []quote{speech(from, to+len(strings.TrimRightFunc(text[to:from+m[1]], func(r rune) bool { return !strings.ContainsRune(",!?…", r) })))}
		if end := narration.FindStringIndex(rest); end != nil {
			if more := speech(from+m[1]+end[1], len(text)); wordsOf(more.Text) > maxShort {
				said = append(said, more)
			}
		}
		return said
	}
	whole := speech(from, len(text))
	last, _ := utf8.DecodeLastRuneInString(whole.Text)
	if wordsOf(whole.Text) <= maxShort || !unicode.Is(unicode.Sentence_Terminal, last) && last != '…' {
		return nil
	}
	return []quote{whole}
}

// maxBreaks bounds how many places of a line of dialogue are tried for who says it.
const maxBreaks = 20

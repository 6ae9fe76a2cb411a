package quotation

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

const (
	comparedTurns = 300       // of those given, in their order
	alignedTurns  = 8         // of those compared, the ones with most of the words
	alignedCells  = 4_000_000 // words of the quotation times words of the turns
	alignedWords  = 500       // of a quotation
	smallShare    = 0.15      // of the words may differ in a quotation that is altered beyond doubt
	alteredShare  = 0.5       // of the words, and of those with a meaning, an altered quotation has in common
	similarShare  = 0.34      // likewise a passage that is worth showing
	pieceWords    = 4         // of a piece of a stitched quotation, unless it is a whole sentence
	maxPieces     = 6
)

// comparison compares a quotation that stands nowhere with turns of the record,
// to say what is wrong with it. It never decides that a quotation holds.
type comparison struct {
	lexicon
	prepared  []preparedTurn
	claimed   []bool // whether a turn is by the speaker that is claimed, or none is
	asWritten string // the quotation
	text      string // the same without brackets around first letters
	quote     []word // its words
}

func (t *Turns) compare(q DraftQuote) *comparison {
	c := &comparison{
		lexicon: t.lexicon(), prepared: t.turns, asWritten: q.Text,
		text: bracketed.ReplaceAllString(strings.TrimSpace(q.Text), "$1$2"),
	}
	c.quote = c.read(c.text)
	claim := ReadName(q.Speaker)
	for i := range c.turns {
		c.claimed = append(c.claimed, q.Speaker == "" || claim.Agrees(c.hit(i)))
	}
	return c
}

func (c *comparison) hit(turn int) retrieval.Hit { return c.prepared[turn].hit }

// passage is a run of words of a turn.
type passage struct {
	turn, first, last int // last is exclusive
}

// match is the place of a passage. It quotes the record, hence exact.
func (c *comparison) match(p passage) Match {
	words, start := c.turns[p.turn], c.hit(p.turn).Start
	return Match{Hit: p.turn, Span: transcript.Span{Start: start + words[p.first].from, End: start + words[p.last-1].to}, Status: StatusExact}
}

// closeness is how near a passage comes to a quotation.
type closeness struct {
	passage
	edits  int     // words to change, to add or to take away
	length int     // words of the quotation; 0 when there is no passage
	shared float64 // of the quotation's words with a meaning, those in the passage
}

// similar reports whether at least a share of the words agrees, and at least two.
func (n closeness) similar(share float64) bool {
	return n.length > 0 && float64(n.edits) <= (1-share)*float64(n.length) && n.shared >= share && (n.edits == 0 || n.length-n.edits >= 2)
}

// slightly reports whether so little is altered that nothing else has happened.
func (n closeness) slightly() bool {
	return n.edits <= max(1, int(smallShare*float64(n.length))) && n.similar(alteredShare)
}

// nearest finds the passage with the fewest edits. A passage by another than the
// claimed speaker counts as one edit more.
func (c *comparison) nearest() closeness {
	quote := c.quote[:min(alignedWords, len(c.quote))]
	best, cells := closeness{}, alignedCells
	for _, t := range c.byCommonWords(quote) {
		if cells -= len(quote) * len(c.turns[t]); cells < 0 {
			break
		}
		first, last, edits := align(quote, c.turns[t])
		if first < last && (best.length == 0 || edits+c.penalty(t) < best.edits+c.penalty(best.turn)) {
			best = closeness{passage: passage{t, first, last}, edits: edits, length: len(quote)}
		}
	}
	if best.length > 0 {
		best.edits += len(c.quote) - best.length
		best.length = len(c.quote)
		best.shared = sharedMeaning(c.text, c.prepared[best.turn].slice(c.match(best.passage).Span))
	}
	return best
}

func (c *comparison) penalty(turn int) int {
	if c.claimed[turn] {
		return 0
	}
	return 1
}

// byCommonWords are the turns that have most of the different words, in that order.
func (c *comparison) byCommonWords(words []word) []int {
	wanted := make([]bool, len(c.ids))
	for _, w := range words {
		if w.id >= 0 {
			wanted[w.id] = true
		}
	}
	common := make([]int, len(c.turns))
	seenIn := make([]int, len(c.ids)) // 1 + the last turn that has the word
	var turns []int
	for t, turn := range c.turns {
		for _, w := range turn {
			if wanted[w.id] && seenIn[w.id] != t+1 {
				seenIn[w.id] = t + 1
				common[t]++
			}
		}
		if common[t] > 0 {
			turns = append(turns, t)
		}
	}
	slices.SortStableFunc(turns, func(a, b int) int {
		return cmp.Or(cmp.Compare(common[b], common[a]), cmp.Compare(c.penalty(a), c.penalty(b)))
	})
	return turns[:min(alignedTurns, len(turns))]
}

// align finds the run of a turn that becomes the quotation with the fewest words
// changed, added or taken away (Sellers, 1980). Of equals it is the one whose
// length is nearest to the quotation's.
func align(quote, turn []word) (first, last, edits int) {
	type cell struct{ edits, first int32 }
	above, row := make([]cell, len(turn)+1), make([]cell, len(turn)+1)
	for j := range above {
		above[j] = cell{0, int32(j)}
	}
	for i, w := range quote {
		row[0] = cell{int32(i + 1), 0}
		for j, v := range turn {
			best := above[j]
			if w.id != v.id {
				best.edits++
			}
			if c := above[j+1]; c.edits+1 < best.edits {
				best = cell{c.edits + 1, c.first}
			}
			if c := row[j]; c.edits+1 < best.edits {
				best = cell{c.edits + 1, c.first}
			}
			row[j+1] = best
		}
		above, row = row, above
	}
	excess := func(j int) int { return abs(j - int(above[j].first) - len(quote)) }
	for j := range above {
		if d := int(above[j].edits) - int(above[last].edits); d < 0 || d == 0 && excess(j) < excess(last) {
			last = j
		}
	}
	return int(above[last].first), last, int(above[last].edits)
}

func abs(n int) int { return max(n, -n) }

// sharedMeaning is the share of a quotation's words, without those that carry no
// meaning of their own, that a passage has in any form.
func sharedMeaning(quote, passage string) float64 {
	words, others := distinctWords(quote), distinctWords(passage)
	if len(words) == 0 {
		return 1 // then all of its words count alike
	}
	shared := slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		_, has := slices.BinarySearch(others, w)
		return !has
	})
	return float64(len(shared)) / float64(len(words))
}

// distinctWords are the words of a text that carry meaning, sorted, each once.
func distinctWords(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(retrieval.Words(text))))
}

// widened is the place of a passage with the rest of the words that it begins or
// ends in.
func (c *comparison) widened(p passage) Match {
	m := c.match(p)
	runes, offset := c.prepared[m.Hit].runes, c.hit(m.Hit).Start
	for insideWord(runes, m.Span.Start-offset) {
		m.Span.Start--
	}
	for insideWord(runes, m.Span.End-offset) {
		m.Span.End++
	}
	return m
}

// punctuated brings the ends of a quotation and of its closest passage together:
// the passage takes the record's final punctuation in where the quotation has one,
// and where that is only the comma or full stop of typesetting it is left out.
func (c *comparison) punctuated(m Match) (string, Match) {
	quote := strings.TrimSpace(c.asWritten)
	rest := c.prepared[m.Hit].runes[m.Span.End-c.hit(m.Hit).Start:]
	last, size := utf8.DecodeLastRuneInString(quote)
	ended := len(rest) > 0 && strings.ContainsRune(endings, rest[0])
	switch {
	case !strings.ContainsRune(endings, last):
	case (last == ',' || last == '.') && !(ended && rest[0] == last) && !asks(rest):
		quote = quote[:len(quote)-size]
	case ended:
		m.Span.End++
	}
	return quote, m
}

const endings = ".,?!;:"

// cover divides the quotation into few pieces that stand in the record, each of
// several words or a whole sentence; nothing when that cannot be done.
func (c *comparison) cover() []passage {
	starts := c.sentenceStarts()
	var pieces []passage
	for at := 0; at < len(c.quote); {
		p := c.longestRun(c.quote[at:], pieces)
		c.cutAtSentence(&p, at, starts)
		n := p.last - p.first
		sentence := n > 1 && starts[at] && starts[at+n]
		if n < pieceWords && !sentence || len(pieces) == maxPieces {
			return nil
		}
		pieces = append(pieces, p)
		at += n
	}
	return pieces
}

// cutAtSentence takes back the words of a piece with which a next sentence only
// happens to begin, if the record has more of that sentence elsewhere.
func (c *comparison) cutAtSentence(p *passage, at int, starts []bool) {
	end := at + p.last - p.first
	for i := end; i > at+1; i-- {
		if !starts[i] {
			continue
		}
		if next := c.longestRun(c.quote[i:], nil); i+next.last-next.first > end {
			p.last = p.first + i - at
		}
		return
	}
}

// sentenceStarts tells which words of the quotation begin a sentence; its end
// counts as one.
func (c *comparison) sentenceStarts() []bool {
	starts := make([]bool, len(c.quote)+1)
	starts[len(c.quote)] = true
	i := 0
	for _, s := range transcript.Sentences(c.text) {
		for i < len(c.quote) && c.quote[i].from < s.Start {
			i++
		}
		starts[i] = true
	}
	return starts
}

// longestRun is the longest run of the record that begins as words do; of equals
// the one that best follows the pieces before.
func (c *comparison) longestRun(words []word, before []passage) (best passage) {
	for t, turn := range c.turns {
		for first := range turn {
			n := 0
			for n < len(words) && first+n < len(turn) && turn[first+n].id == words[n].id {
				n++
			}
			p := passage{t, first, first + n}
			if length := best.last - best.first; n > length || n == length && n > 0 && c.follows(before, p) > c.follows(before, best) {
				best = p
			}
		}
	}
	return best
}

// gap is how many words of the record lie between pieces that stand in one turn
// in their order; negative when they do not.
func gap(pieces []passage) int {
	words := 0
	for i, p := range pieces[1:] {
		if p.turn != pieces[i].turn || p.first < pieces[i].last {
			return -1
		}
		words += p.first - pieces[i].last
	}
	return words
}

// follows rates how well a passage continues the pieces before it.
func (c *comparison) follows(before []passage, p passage) (rate int) {
	if c.claimed[p.turn] {
		rate++
	}
	if n := len(before); n > 0 {
		last := before[n-1]
		switch {
		case last.turn == p.turn && last.last <= p.first:
			rate += 6
		case last.turn == p.turn:
			rate += 4
		case c.hit(last.turn).TranscriptID == c.hit(p.turn).TranscriptID:
			rate += 2
		}
	}
	return rate
}

// pieces finds the place of each piece of a quotation with ellipses, and those
// pieces that have none.
func (c *comparison) pieces(texts []string) (found []passage, missing []string) {
	for _, text := range texts {
		words := c.read(text)
		if p := c.longestRun(words, found); p.last-p.first == len(words) {
			found = append(found, p)
		} else {
			missing = append(missing, text)
		}
	}
	return found, missing
}

package quotation

import (
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// comparison compares a quotation that stands nowhere with turns of the record,
// to say what is wrong with it. It never decides that a quotation holds.
type comparison struct {
	Thresholds
	vocabulary
	prepared  []preparedTurn
	claimed   []bool // whether a turn is by the speaker that is claimed, or none is
	asWritten string // the quotation
	text      string // the same without brackets around first letters
	quote     []word // its words
}

func (t *Turns) compare(q DraftQuote) *comparison {
	c := &comparison{
		Thresholds: t.thresholds, vocabulary: t.vocabulary(), prepared: t.turns, asWritten: q.Text,
		text: bracketed.ReplaceAllString(strings.TrimSpace(q.Text), "$1$2$3"),
	}
	c.quote = c.read(c.text)
	claim := lexicon.ReadName(q.Speaker)
	for i := range c.turns {
		whose := creditOwn
		if q.Speaker != "" {
			whose, _ = creditOf(claim, c.hit(i), t.names)
		}
		c.claimed = append(c.claimed, whose != creditOther)
	}
	return c
}

func (c *comparison) hit(turn int) retrieval.Hit { return c.prepared[turn].hit }

// passage is a run of words of a turn.
type passage struct {
	turn, first, last int // last is exclusive
}

// size is how many words it has.
func (p passage) size() int { return p.last - p.first }

// match is the place of a passage. It quotes the record, hence exact.
func (c *comparison) match(p passage) Match {
	words, start := c.turns[p.turn], c.hit(p.turn).Start
	span := sentence.Span{Start: start + words[p.first].from, End: start + words[p.last-1].to}
	return Match{Hit: p.turn, Span: span, Status: StatusExact}
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

// endings are the punctuation that ends a sentence or a part of one.
const endings = ".,?!;:"

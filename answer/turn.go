package answer

import (
	"sync"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/quotes"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// turn is a hit with what is read in its text. It is kept for an answer, as what chooses the
// sentences of a prompt, what checks quotations of them and what introduces these need the same.
type turn struct {
	retrieval.Hit
	runes     []rune
	sentences func() []sentence.Span                          // in code points of its text
	aloud     func() []sentence.Span                          // what its speaker reads aloud, likewise
	question  func() (q *retrieval.QuestionTurn, asks string) // see questionOf
	names     func() map[string]bool                          // see namesOf
}

// readTurn reads a hit; but for its characters, what is asked for when it is.
func readTurn(h retrieval.Hit) *turn {
	t := &turn{Hit: h, runes: []rune(h.Text)}
	t.sentences = sync.OnceValue(func() []sentence.Span { return sentence.Split(h.Text) })
	t.aloud = sync.OnceValue(func() []sentence.Span { return quotes.ReadAloud(h.Text, string(h.Continues)) })
	t.question = sync.OnceValues(func() (*retrieval.QuestionTurn, string) { return questionOf(h) })
	t.names = sync.OnceValue(func() map[string]bool { return namesOf(h) })
	return t
}

// readTurns reads hits.
func readTurns(hits []retrieval.Hit) []*turn {
	turns := make([]*turn, len(hits))
	for i, h := range hits {
		turns[i] = readTurn(h)
	}
	return turns
}

// words are those of a span of its text.
func (t *turn) words(s sentence.Span) string { return string(t.runes[s.Start:s.End]) }

// within is a span of the canonical text in the turn's own.
func (t *turn) within(s sentence.Span) sentence.Span {
	return sentence.Span{Start: s.Start - t.Start, End: s.End - t.Start}
}

// excerpt is a span of its text as an excerpt.
func (t *turn) excerpt(s sentence.Span) excerpt { return excerpt{hit: t}.respan(s.Start, s.End) }

package retrieval

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// The lengths of passages. They are divided when a file is stored, so these constants are
// not in Ranking: with other ones the record has to be stored anew.
//
// A sentence of more than longestSentence words is none: it is speech without
// punctuation, as machines write it down, or in a script without a full stop, such as
// Thai's. It is divided into pieces.
const (
	passageWords    = 120 // words that a passage aims at, so that it is about one thing
	wholeTurnWords  = 180 // of a turn that stays whole
	longestSentence = 400 // words
	pieceRunes      = 250 // code points
)

// Passage is the unit of indexing: a whole turn or, in a long turn, a run of
// whole sentences, if it has any. It is never shown; what is shown is its turn.
type Passage struct {
	Ordinal    int // position among the passages of the transcript
	Turn       int
	Start, End int    // code points in the canonical text
	Text       string // the words of the record
	Speaker    string // context, indexed with less weight and never quoted
	Question   string // likewise: the question that the turn answers
	Title      string // likewise
}

// EmbeddingText is what an embedder is given: the passage under its context.
func (p Passage) EmbeddingText() string {
	var b strings.Builder
	for _, context := range []string{p.Speaker, p.Question} {
		if context != "" {
			b.WriteString(context)
			b.WriteString("\n")
		}
	}
	b.WriteString(p.Text)
	return b.String()
}

// Passages divides the turns of a transcript into passages, in order.
func Passages(t *model.Transcript) []Passage {
	var passages []Passage
	for _, turn := range t.Turns {
		context := Passage{Turn: turn.Index, Speaker: string(turn.Speaker), Title: string(t.Title)}
		if turn.Answers != nil {
			context.Question = t.Turns[*turn.Answers].Text
		}
		runes := []rune(turn.Text)
		for _, run := range runs(turn, runes) {
			p := context
			p.Ordinal = len(passages)
			p.Start, p.End = run.Start, run.End
			p.Text = string(runes[run.Start-turn.Start : run.End-turn.Start])
			passages = append(passages, p)
		}
	}
	return passages
}

// runs divides a turn into spans of whole parts, about passageWords long. What is left at
// the end joins the span before it, if it is short.
func runs(turn model.Turn, runes []rune) []sentence.Span {
	whole := sentence.Span{Start: turn.Start, End: turn.End}
	if words.Count(turn.Text) <= wholeTurnWords {
		return []sentence.Span{whole}
	}
	var spans []sentence.Span
	length := passageWords // the first sentence opens a run
	for _, s := range parts(turn, runes) {
		n := words.Count(string(runes[s.Start-turn.Start : s.End-turn.Start]))
		if length+n/2 >= passageWords {
			spans, length = append(spans, s), 0
		}
		spans[len(spans)-1].End = s.End
		length += n
	}
	if last := len(spans) - 1; last > 0 && length < passageWords/3 {
		spans[last-1].End = spans[last].End
		spans = spans[:last]
	}
	if len(spans) == 0 {
		return []sentence.Span{whole}
	}
	return spans
}

// parts are the sentences of a turn, and the pieces of what is too long to be one.
func parts(turn model.Turn, runes []rune) []sentence.Span {
	var parts []sentence.Span
	for _, s := range turn.Sentences() {
		text := runes[s.Start-turn.Start : s.End-turn.Start]
		if words.Count(string(text)) <= longestSentence {
			parts = append(parts, s)
			continue
		}
		for len(text) > 0 {
			n := pieceLength(text)
			parts = append(parts, sentence.Span{Start: s.End - len(text), End: s.End - len(text) + n})
			text = text[n:]
		}
	}
	return parts
}

// pieceLength is how many code points of a text are a piece: up to a blank, if there
// is one in its second half.
func pieceLength(text []rune) int {
	if len(text) <= pieceRunes {
		return len(text)
	}
	for n := pieceRunes; n > pieceRunes/2; n-- {
		if unicode.IsSpace(text[n]) {
			return n
		}
	}
	return pieceRunes
}

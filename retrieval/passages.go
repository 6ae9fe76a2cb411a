package retrieval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/embeddings"
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
	longestSentence = 300 // words: fewer than a sentence that was divided for its length has, and more than any that was said
	// contextRunes is how much of a question is context: the end, which asks. It counts for each
	// passage of the answer, so that the time for both together would grow with the square of
	// their length; what people ask is shorter.
	contextRunes = 4 * sentence.Longest // code points
	pieceRunes   = 250                  // code points
)

// Passage is the unit of indexing: a whole turn or, in a long turn, a run of
// whole sentences, if it has any. It is never shown; what is shown is its turn.
type Passage struct {
	Ordinal    int // position among the passages of the transcript
	Turn       int
	Start, End int    // code points in the canonical text
	Text       string // the words of the record
	// Parts are its sentences, and the pieces of what is too long to be one, likewise in
	// code points of the canonical text.
	Parts    []sentence.Span
	Speaker  string // context, indexed with less weight and never quoted
	Question string // likewise: the question that the turn answers
	Title    string // likewise
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

// SpanText is what a SpanEmbedder is given: the passage alone, so that the vector of a
// sentence has nothing of what others said, and its parts in bytes of that.
func (p Passage) SpanText() (text string, spans []embeddings.Span) {
	spans = make([]embeddings.Span, len(p.Parts))
	runes, bytes := p.Start, 0
	byteOf := func(at int) int {
		for ; runes < at && bytes < len(p.Text); runes++ {
			_, size := utf8.DecodeRuneInString(p.Text[bytes:])
			bytes += size
		}
		return bytes
	}
	for i, s := range p.Parts {
		spans[i] = embeddings.Span{Start: byteOf(s.Start), End: byteOf(s.End)}
	}
	return p.Text, spans
}

// Passages divides the turns of a transcript into passages, in order.
func Passages(t *model.Transcript) []Passage {
	var passages []Passage
	for _, turn := range t.Turns {
		question := ""
		if turn.Answers != nil {
			question = ending(t.Turns[*turn.Answers].Text)
		}
		divided := Divide(turn)
		for _, run := range divided.runs() {
			p := divided.Passage(run.Start, run.End)
			p.Ordinal, p.Question, p.Title = len(passages), question, string(t.Title)
			passages = append(passages, p)
		}
	}
	return passages
}

// ending is the end of a question, as far as it is context.
func ending(question string) string {
	if len(question) <= contextRunes {
		return question
	}
	runes := []rune(question)
	return string(runes[max(0, len(runes)-contextRunes):])
}

// DividedTurn is a turn of which passages are cut.
type DividedTurn struct {
	model.Turn
	runes []rune
	parts []sentence.Span
}

// Divide finds the parts of a turn.
func Divide(turn model.Turn) DividedTurn {
	runes := []rune(turn.Text)
	return DividedTurn{turn, runes, parts(turn, runes)}
}

// Passage is what stands between two code points of the canonical text, with the turn's
// speaker for context.
func (d DividedTurn) Passage(start, end int) Passage {
	first, _ := slices.BinarySearchFunc(d.parts, start, func(s sentence.Span, at int) int { return cmp.Compare(s.Start, at) })
	last := first
	for last < len(d.parts) && d.parts[last].End <= end {
		last++
	}
	return Passage{
		Turn: d.Index, Start: start, End: end, Text: d.text(sentence.Span{Start: start, End: end}),
		Parts: d.parts[first:last], Speaker: string(d.Speaker),
	}
}

func (d DividedTurn) text(s sentence.Span) string {
	end := min(max(s.End-d.Start, 0), len(d.runes))
	return string(d.runes[min(max(s.Start-d.Start, 0), end):end])
}

// runs divides a turn into spans of whole parts, about passageWords long. What is left at
// the end joins the span before it, if it is short.
func (d DividedTurn) runs() []sentence.Span {
	whole := sentence.Span{Start: d.Start, End: d.End}
	if words.Count(d.Text) <= wholeTurnWords {
		return []sentence.Span{whole}
	}
	var spans []sentence.Span
	length := passageWords // the first sentence opens a run
	for _, s := range d.parts {
		n := words.Count(d.text(s))
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

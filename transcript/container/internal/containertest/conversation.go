package containertest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// Word is a word of an invented conversation, and when it is said.
type Word struct {
	Text       string // with the punctuation behind it
	Start, End int64  // milliseconds
}

// Speech is what one person says at a stretch.
type Speech struct {
	Who       int // from 0
	Sentences [][]Word
}

// Words are all words.
func (s Speech) Words() []Word {
	var all []Word
	for _, sentence := range s.Sentences {
		all = append(all, sentence...)
	}
	return all
}

// Start is when it begins, in milliseconds.
func (s Speech) Start() int64 { return s.Words()[0].Start }

// End is when it ends.
func (s Speech) End() int64 { return s.Words()[len(s.Words())-1].End }

// Text is its words.
func (s Speech) Text() string { return TextOf(s.Words()) }

// TextOf joins words.
func TextOf(words []Word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.Text
	}
	return strings.Join(texts, " ")
}

// Converse makes up a conversation. Nobody speaks twice in a row.
func Converse(seed uint64) []Speech {
	r := rand.New(rand.NewPCG(seed, 17))
	sentences := []string{
		"How is the quay doing?", "Still closed.", "And the ferry?", "At the old pier, I think.", "The divers' report came on May 4.",
		"It won't hold: it never did.", "Who says so?", "\"Leave it,\" she said, and left it.", "Two cracks, one of 3.5 metres!", "Yes.", "No, no.",
		"Então está fechado?", "Das weiß niemand.", "We are – as ever – late.",
	}
	people := 1 + r.IntN(4)
	clock := int64(r.IntN(3000))
	var all []Speech
	who := 0
	for range 3 + r.IntN(12) {
		turn := Speech{Who: who}
		for range 1 + r.IntN(3) {
			var sentence []Word
			for _, w := range strings.Fields(sentences[r.IntN(len(sentences))]) {
				length := int64(10 * (10 + r.IntN(30)))
				sentence = append(sentence, Word{w, clock, clock + length})
				clock += length + int64(10*r.IntN(9))
			}
			turn.Sentences = append(turn.Sentences, sentence)
			clock += int64(10 * r.IntN(90))
		}
		all = append(all, turn)
		if people > 1 {
			who = (who + 1 + r.IntN(people-1)) % people
		}
	}
	if people == 1 {
		return all[:1]
	}
	return all
}

// Turns renders the turns of an unwrapped file: label, times and words.
func Turns(c *content.Content) string {
	var b strings.Builder
	for i := 0; i < len(c.Lines); {
		first := c.Lines[i]
		var texts []string
		var end *int64
		for ; i < len(c.Lines) && c.Lines[i].Voice == first.Voice; i++ {
			texts, end = append(texts, c.Lines[i].Text), c.Lines[i].EndMS
		}
		label := "nobody"
		if first.Voice != nil {
			label = first.Voice.Label
		}
		fmt.Fprintf(&b, "%s %s: %s\n", label, span(first.StartMS, end), strings.Join(texts, " "))
	}
	return b.String()
}

func span(start, end *int64) string {
	switch {
	case start == nil:
		return "without times"
	case end == nil:
		return fmt.Sprintf("from %d", *start)
	}
	return fmt.Sprintf("%d-%d", *start, *end)
}

// WantTurns renders a conversation as Turns does, with the labels of its speakers.
func WantTurns(all []Speech, label func(who int) any) string {
	var b strings.Builder
	for _, s := range all {
		start, end := s.Start(), s.End()
		fmt.Fprintf(&b, "%v %s: %s\n", label(s.Who), span(&start, &end), s.Text())
	}
	return b.String()
}

package answer

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

//go:embed prompts/answer.txt
var answerInstructions string

//go:embed prompts/rewrite.txt
var rewriteInstructions string

// shown are the sentences of a prompt by number: [s1] is sentences[0].
type shown struct {
	hits      []retrieval.Hit
	sentences []shownSentence
	turns     *quotation.Turns // the hits, prepared for looking quotations up
	// runSentences is PromptSize.RunSentences.
	runSentences int
}

// shownSentence is a numbered sentence of one of the hits.
type shownSentence struct {
	hit  int
	span transcript.Span // in the canonical text
}

// newPrompt shows a model as many of the hits as fit, best first: whole turns,
// and of a turn that does not fit the sentences around its best one.
func newPrompt(r *reading) (Prompt, *shown) {
	s := &shown{runSentences: r.Prompt.RunSentences}
	var b strings.Builder
	size := r.Prompt
	left := size.Tokens * size.BytesPerToken
	for _, hit := range r.hits {
		sentences := r.weigh(hit)
		first, last, fits := fit(sentences, left, int(size.TurnShare*float64(left)))
		if !fits {
			continue
		}
		before := b.Len()
		s.write(&b, hit, sentences[first:last+1])
		if left -= b.Len() - before; left <= 0 {
			break
		}
	}
	s.turns = quotation.NewTurns(s.hits, r.Verification.Compare)
	fmt.Fprintf(&b, "Question: %s\n", oneLine(r.question.text))
	if r.question.language != "" {
		fmt.Fprintf(&b, "Write your own words in %s.\n", oneLine(r.question.language))
	}
	return Prompt{System: answerInstructions, User: b.String(), MaxTokens: size.ReplyTokens}, s
}

// fit finds the run of sentences that fits: all of them into the whole budget, or
// the best and its neighbours into a part of it.
func fit(sentences []sentence, whole, part int) (first, last int, fits bool) {
	size, best := 0, 0
	for i, s := range sentences {
		size += len(s.text)
		if s.support > sentences[best].support {
			best = i
		}
	}
	switch {
	case len(sentences) == 0:
		return 0, 0, false
	case size <= whole:
		return 0, len(sentences) - 1, true
	}
	first, last, size = best, best, len(sentences[best].text)
	for grown := true; grown; {
		grown = false
		if last+1 < len(sentences) && size+len(sentences[last+1].text) <= part {
			last++
			size += len(sentences[last].text)
			grown = true
		}
		if first > 0 && size+len(sentences[first-1].text) <= part {
			first--
			size += len(sentences[first].text)
			grown = true
		}
	}
	return first, last, size <= part
}

// write writes a hit's header and numbered sentences, and remembers them.
func (s *shown) write(b *strings.Builder, hit retrieval.Hit, sentences []sentence) {
	s.hits = append(s.hits, hit)
	b.WriteString(header(hit))
	for _, sentence := range sentences {
		s.sentences = append(s.sentences, shownSentence{len(s.hits) - 1, sentence.Span})
		fmt.Fprintf(b, "[s%d] %s\n", len(s.sentences), oneLine(sentence.text))
	}
	b.WriteString("\n")
}

// header is the line above a turn: speaker, role, question answered, date, title.
func header(h retrieval.Hit) string {
	parts := []string{speakerName(h.Speaker, h.Affiliation, h.Role), string(h.Role)}
	if h.Question != nil {
		parts = append(parts, "asked by "+questioner(h.Question)+": "+oneLine(h.Question.Text))
	}
	for _, s := range []transcript.Optional{h.Date, h.Title} {
		if s != "" {
			parts = append(parts, oneLine(string(s)))
		}
	}
	return "Turn: " + strings.Join(parts, " | ") + "\n"
}

// rewrite asks for a question that stands alone.
func (size PromptSize) rewrite(history []string, text string) Prompt {
	var b strings.Builder
	for _, earlier := range history {
		fmt.Fprintf(&b, "Earlier question: %s\n", oneLine(earlier))
	}
	fmt.Fprintf(&b, "Last question: %s\n", oneLine(text))
	return Prompt{System: rewriteInstructions, User: b.String(), MaxTokens: size.RewriteTokens}
}

package answer

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

//go:embed prompts/answer.txt
var answerInstructions string

//go:embed prompts/rewrite.txt
var rewriteInstructions string

// shown are the sentences of a prompt by number: [s1] is sentences[0].
type shown struct {
	hits         []retrieval.Hit
	sentences    []shownSentence
	turns        *quotation.Turns // the hits, prepared for looking quotations up
	runSentences int              // PromptSize.RunSentences
}

// shownSentence is a numbered sentence of one of the hits.
type shownSentence struct {
	hit  int
	span sentence.Span // in the canonical text
}

// newPrompt shows a model as many of the hits as fit, best first.
func newPrompt(r *reading) (Prompt, *shown) {
	s := &shown{runSentences: r.Prompt.RunSentences}
	var b strings.Builder
	if r.fitted != nil {
		s.writeEvidence(&b, r)
	} else {
		s.writeHits(&b, r)
	}
	s.turns = quotation.NewTurns(s.hits, r.Verification.Compare)
	fmt.Fprintf(&b, "Question: %s\n", words.OneLine(r.question.text))
	if r.question.language != "" {
		fmt.Fprintf(&b, "Write your own words in %s.\n", words.OneLine(r.question.language))
	}
	return Prompt{System: answerInstructions, User: b.String(), MaxTokens: r.Prompt.ReplyTokens}, s
}

// writeEvidence writes of each turn, those whose best sentences answer best first, these
// sentences and some around them, until the budget is used up. What stands in more turns
// is worth more than the rest of one.
func (s *shown) writeEvidence(b *strings.Builder, r *reading) {
	type candidate struct {
		hit       retrieval.Hit
		sentences []scoredSentence
		best      int
	}
	var all []candidate
	for _, hit := range r.hits {
		sentences := r.weigh(hit)
		if best := strongest(sentences, make([]bool, len(sentences))); best >= 0 {
			all = append(all, candidate{hit, sentences, best})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.sentences[b.best].support, a.sentences[a.best].support) })
	left := r.Prompt.Tokens * r.Prompt.BytesPerToken
	for _, c := range all {
		first, last := max(0, c.best-r.Prompt.Around), min(len(c.sentences)-1, c.best+r.Prompt.Around)
		run := c.sentences[first : last+1]
		if sizeOf(run)+len(header(c.hit)) > left {
			continue
		}
		before := b.Len()
		s.write(b, c.hit, run)
		left -= b.Len() - before
	}
}

// writeHits writes whole turns, and of a turn that does not fit the sentences around
// its best one, until the budget is used up.
func (s *shown) writeHits(b *strings.Builder, r *reading) {
	left := r.Prompt.Tokens * r.Prompt.BytesPerToken
	for _, hit := range r.hits {
		sentences := r.weigh(hit)
		first, last, fits := fit(sentences, left, int(r.Prompt.TurnShare*float64(left)))
		if !fits {
			continue
		}
		before := b.Len()
		s.write(b, hit, sentences[first:last+1])
		if left -= b.Len() - before; left <= 0 {
			break
		}
	}
}

// fit finds the run of sentences that fits: all of them into the whole budget, or
// the best and its neighbours into a part of it, in bytes.
func fit(sentences []scoredSentence, whole, part int) (first, last int, fits bool) {
	n := len(sentences)
	switch {
	case n == 0:
		return 0, 0, false
	case sizeOf(sentences) <= whole:
		return 0, n - 1, true
	}
	first = strongest(sentences, make([]bool, n))
	last = first
	for grown := true; grown; {
		grown = false
		if last+1 < n && sizeOf(sentences[first:last+2]) <= part {
			last, grown = last+1, true
		}
		if first > 0 && sizeOf(sentences[first-1:last+1]) <= part {
			first, grown = first-1, true
		}
	}
	return first, last, sizeOf(sentences[first:last+1]) <= part
}

func sizeOf(sentences []scoredSentence) int {
	size := 0
	for _, s := range sentences {
		size += len(s.text)
	}
	return size
}

// write writes a hit's header and numbered sentences, and remembers them.
func (s *shown) write(b *strings.Builder, hit retrieval.Hit, sentences []scoredSentence) {
	s.hits = append(s.hits, hit)
	b.WriteString(header(hit))
	for _, sentence := range sentences {
		s.sentences = append(s.sentences, shownSentence{len(s.hits) - 1, sentence.Span})
		mark := ""
		if sentence.aloud {
			mark = "(read aloud) "
		}
		fmt.Fprintf(b, "[s%d] %s%s\n", len(s.sentences), mark, words.OneLine(sentence.text))
	}
	b.WriteString("\n")
}

// header is the line above a turn: speaker, role, question answered, date, title.
func header(h retrieval.Hit) string {
	parts := []string{words.OneLine(speakerName(h.Credit())), string(h.Role)}
	if h.Question != nil {
		parts = append(parts, "asked by "+words.OneLine(questioner(h.Question))+": "+words.OneLine(lastOf(h.Question.Text, headerQuestion)))
	}
	for _, s := range []model.Optional{h.Date, h.Title} {
		if s != "" {
			parts = append(parts, words.OneLine(string(s)))
		}
	}
	return "Turn: " + strings.Join(parts, " | ") + "\n"
}

// headerQuestion are the code points of a question that a header has, at most.
const headerQuestion = 300

// lastOf are the last sentences of a text within n code points, the last one whatever its
// length: questions ask at their end.
func lastOf(text string, n int) string {
	runes := []rune(text)
	spans := sentence.Split(text)
	if len(runes) <= n || len(spans) == 0 {
		return text
	}
	from := spans[len(spans)-1].Start
	for _, s := range slices.Backward(spans) {
		if len(runes)-s.Start > n {
			break
		}
		from = s.Start
	}
	return string(runes[from:])
}

// rewrite asks for a question that stands alone.
func (size PromptSize) rewrite(history []string, text string) Prompt {
	var b strings.Builder
	for _, earlier := range history {
		fmt.Fprintf(&b, "Earlier question: %s\n", words.OneLine(earlier))
	}
	fmt.Fprintf(&b, "Last question: %s\n", words.OneLine(text))
	return Prompt{System: rewriteInstructions, User: b.String(), MaxTokens: size.RewriteTokens}
}

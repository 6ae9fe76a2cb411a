package answer

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

//go:embed prompts/answer.txt
var answerInstructions string

//go:embed prompts/rewrite.txt
var rewriteInstructions string

// newPrompt shows a model what of the hits fits into a prompt of so many tokens. What is
// the same for every question stands first, and the question last, so that a server finds
// what it has read before in its cache.
func newPrompt(r *reading, limit int) (Prompt, *shown) {
	question := "Question: " + words.OneLine(r.question.text) + "\n"
	if r.question.language != "" {
		question += "Write your own words in " + words.OneLine(r.question.language) + ".\n"
	}
	p := Prompt{System: answerInstructions, User: question, MaxTokens: r.Prompt.ReplyTokens, Format: planFormat()}
	s := newShown(r, limit-p.Tokens())
	p.User = s.text() + question
	return p, s
}

// Tokens is how many a prompt takes, as it is estimated, in the longer of its forms.
func (p Prompt) Tokens() int {
	system := estimateTokens(p.System)
	if p.Format != nil {
		system = max(system, estimateTokens(p.Format.System))
	}
	return system + estimateTokens(p.User) + frameTokens
}

// frameTokens is what a server's template puts around the two messages of a prompt: some
// marks, and the names of the roles.
const frameTokens = 16

// text shows the sentences under the header lines of their turns, with a mark where some
// of a turn are left out.
func (s *shown) text() string {
	var b strings.Builder
	for i, current := range s.sentences {
		switch {
		case i == 0 || current.hit != s.sentences[i-1].hit:
			if i > 0 {
				b.WriteString("\n")
			}
			b.WriteString(s.headers[current.hit])
		case !current.follows:
			b.WriteString(leftOut)
		}
		b.WriteString(current.line(i + 1))
	}
	if len(s.sentences) > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

// begins reports whether a hit is the first shown of its transcript.
func (s *shown) begins(hit int) bool {
	return hit == 0 || s.hits[hit-1].TranscriptID != s.hits[hit].TranscriptID
}

// leftOut stands for sentences of a turn that are not shown.
const leftOut = "…\n"

// line is a sentence with its number.
func (s shownSentence) line(number int) string {
	mark := ""
	if s.aloud {
		mark = "(read aloud) "
	}
	return fmt.Sprintf("[s%d] %s%s\n", number, mark, words.OneLine(s.words))
}

// header is the line above a turn: speaker and role, the question answered if it is to have
// that, and with the first turn of a transcript its date and title.
func header(h retrieval.Hit, first, asked bool) string {
	parts := []string{speakerName(h.Credit()), string(h.Role)}
	if asked && h.Question != nil {
		parts = append(parts, "asked by "+questioner(h.Question)+": "+words.OneLine(lastOf(h.Question.Text, headerQuestion)))
	}
	if first {
		for _, s := range []model.Optional{h.Date, h.Title} {
			if s := words.Title(string(s)); s != "" {
				parts = append(parts, s)
			}
		}
	}
	return "Turn: " + strings.Join(parts, " | ") + "\n"
}

// headerQuestion are the code points of a question that a header has, at most: those of its
// last sentence or two, which ask.
const headerQuestion = 120

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

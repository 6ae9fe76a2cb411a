package llm

import (
	"context"
	"errors"
	"strings"

	"github.com/pullquote/pullquote/answer"
)

// hypotheticalPrompt asks for words and not for facts: nothing of the reply is shown.
const hypotheticalPrompt = "Someone asks a question about the transcript of an interview, a hearing or a briefing. " +
	"Write one or two sentences such as the person questioned may have said in answer, in the words and with the synonyms that they may have used. " +
	"Invent no names and no figures. Write the sentences alone, in the language of the question."

// hypotheticalTokens are enough for two sentences.
const hypotheticalTokens = 120

// Expand is query expansion by a hypothetical answer (HyDE: Gao et al., 2022,
// "Precise Zero-Shot Dense Retrieval without Relevance Labels"): the model makes up
// what an answer may say, and a search looks for its words, too. It is nothing that
// may be shown.
func (c *Client) Expand(ctx context.Context, question string) (hypothetical string, err error) {
	var b strings.Builder
	_, err = c.Complete(ctx, answer.Prompt{System: hypotheticalPrompt, User: question, MaxTokens: hypotheticalTokens}, func(delta string) error {
		b.WriteString(delta)
		return nil
	})
	if errors.Is(err, errLength) && b.Len() > 0 { // a search needs its words, not its end
		err = nil
	}
	return b.String(), err
}

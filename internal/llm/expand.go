package llm

import (
	"context"
	"errors"
	"strings"

	"github.com/pullquote/pullquote/answer"
)

// supposePrompt asks for words and not for facts: nothing of the reply is shown.
const supposePrompt = "Someone asks a question about the transcript of an interview, a hearing or a briefing. " +
	"Write one or two sentences such as the person questioned may have said in answer, in the words and with the synonyms that they may have used. " +
	"Invent no names and no figures. Write the sentences alone, in the language of the question."

// supposeTokens are enough for two sentences.
const supposeTokens = 120

// Expand supposes what an answer to the question may say, for a search to look for
// its words. It is nothing that may be shown.
func (c *Client) Expand(ctx context.Context, question string) (supposed string, err error) {
	var b strings.Builder
	_, err = c.Complete(ctx, answer.Prompt{System: supposePrompt, User: question, MaxTokens: supposeTokens}, func(delta string) error {
		b.WriteString(delta)
		return nil
	})
	if errors.Is(err, errLength) && b.Len() > 0 { // its words are as good as those of a whole reply
		err = nil
	}
	return b.String(), err
}

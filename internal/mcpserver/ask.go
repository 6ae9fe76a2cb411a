package mcpserver

import (
	"context"
	"fmt"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
)

type askArguments struct {
	Question       string `json:"question" jsonschema:"The question, in a sentence."`
	ConversationID string `json:"conversation_id,omitempty" jsonschema:"Of the answer that this question follows up; without it a new conversation begins."`
	retrieval.Filter
}

// citedAnswer is an answer without what only its makers want to know. What the gate
// withheld stays with them, too: an assistant might repeat it.
type citedAnswer struct {
	ID             string                 `json:"id" jsonschema:"Of the answer, under which it is kept."`
	ConversationID string                 `json:"conversation_id" jsonschema:"For a follow-up question."`
	Answerable     bool                   `json:"answerable" jsonschema:"Whether the record answers."`
	Confidence     *float64               `json:"confidence,omitempty" jsonschema:"The calibrated probability that the citations answer the question."`
	Text           string                 `json:"text" jsonschema:"The answer. Words between quotation marks are followed by the number of their citation."`
	Citations      []citation             `json:"citations" jsonschema:"The quotations of the answer, verified."`
	Withheld       []answer.Reason        `json:"withheld,omitempty" jsonschema:"Why words of the model that wrote the answer are not shown, a reason for each statement."`
	Nearest        []searchResult         `json:"nearest,omitempty" jsonschema:"The closest turns where the record does not answer."`
	DidYouMean     []retrieval.Respelling `json:"did_you_mean,omitempty" jsonschema:"Words of the question that the record does not have, and those it has instead."`
	Notice         string                 `json:"notice,omitempty" jsonschema:"What the user should know of how the answer was made."`
}

// citation is a citation with its byline.
type citation struct {
	ID     string `json:"id" jsonschema:"The turn's id, for fetch."`
	Byline string `json:"byline" jsonschema:"Who said it, in which role, at which event and when. Show it with the quotation."`
	answer.Citation
}

func (s *Server) ask(ctx context.Context, in askArguments, progress func(string)) (citedAnswer, error) {
	a, err := s.Answers.Answer(ctx, answer.Request{Question: in.Question, ConversationID: in.ConversationID, Filter: in.Filter},
		func(e answer.Event) error {
			progress(stageOf(e))
			return nil
		})
	if err != nil {
		return citedAnswer{}, err
	}
	citations := []citation{}
	for _, c := range a.Citations {
		citations = append(citations, citation{turnID(c.TranscriptID, c.Turn), byline(c), c})
	}
	var withheld []answer.Reason
	for _, w := range a.Withheld {
		withheld = append(withheld, w.Reason)
	}
	return citedAnswer{
		ID: a.ID, ConversationID: a.ConversationID, Answerable: a.Answerable, Confidence: a.Confidence,
		Text: a.Text, Citations: citations, Withheld: withheld, Nearest: s.results(a.Question, retrieval.Result{Hits: a.Nearest}),
		DidYouMean: a.DidYouMean, Notice: a.Notice,
	}, nil
}

// stageOf says, without its words, how far an answer is.
func stageOf(e answer.Event) string {
	switch e := e.(type) {
	case answer.Retrieval:
		return fmt.Sprintf("%d turns found", len(e.Hits))
	case answer.Cited:
		return fmt.Sprintf("quotation %d verified", e.Number)
	}
	return "writing"
}

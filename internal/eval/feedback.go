package eval

import (
	"context"
	"slices"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// Rated is where answers and what readers thought of them are kept.
type Rated interface {
	Feedback(ctx context.Context, q answer.FeedbackQuery) (answer.FeedbackPage, error)
	Get(ctx context.Context, id string) (*answer.Answer, error)
	Conversation(ctx context.Context, id string) (*answer.Conversation, error)
}

// FromFeedback makes a case of each answer that was rated, the oldest rating
// first. An answer whose conversation is deleted meanwhile is passed over.
func FromFeedback(ctx context.Context, rated Rated) ([]Case, error) {
	ids, ratings, err := allFeedback(ctx, rated)
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, id := range ids {
		a, err := rated.Get(ctx, id)
		if err == nil {
			var c *answer.Conversation
			if c, err = rated.Conversation(ctx, a.ConversationID); err == nil {
				cases = append(cases, caseOf(*a, c.Answers, ratings[id]))
			}
		}
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return nil, err
		}
	}
	return cases, nil
}

// allFeedback reads all pages: the answers that were rated, and their ratings.
func allFeedback(ctx context.Context, rated Rated) (ids []string, ratings map[string][]answer.Feedback, err error) {
	ratings = map[string][]answer.Feedback{}
	for cursor := ""; ; {
		page, err := rated.Feedback(ctx, answer.FeedbackQuery{Cursor: cursor, Limit: retrieval.MaxPage})
		if err != nil {
			return nil, nil, err
		}
		for _, f := range page.Feedback {
			if ratings[f.AnswerID] == nil {
				ids = append(ids, f.AnswerID)
			}
			ratings[f.AnswerID] = append(ratings[f.AnswerID], f)
		}
		if cursor = page.NextCursor; cursor == "" {
			slices.Reverse(ids)
			return ids, ratings, nil
		}
	}
}

// caseOf makes a case of an answer: the turns of citations that were found good
// are expected, the words of those that were found bad must not be shown, and a
// question that was declined to its reader's content is unanswerable. That an
// answer was bad as a whole does not say what a better one is.
func caseOf(a answer.Answer, conversation []answer.Answer, ratings []answer.Feedback) Case {
	c := Case{ID: a.ID, Question: a.Question, Filter: a.Filter}
	for _, earlier := range conversation {
		if earlier.ID == a.ID {
			break
		}
		c.History = append(c.History, earlier.Question)
	}
	whole, ofCitation := byCitation(ratings)
	c.Unanswerable = whole == answer.RatingUp && !a.Answerable
	var good []answer.Citation
	for _, citation := range answer.Standing(a.Citations) {
		switch rating := ofCitation[citation.Number]; {
		case rating == answer.RatingDown:
			c.MustNot = append(c.MustNot, [2]string{string(citation.Speaker), citation.Quote})
		case rating == answer.RatingUp || whole == answer.RatingUp:
			good = append(good, citation)
		}
	}
	c.expect(good)
	return c
}

// byCitation sorts ratings: the one of the whole answer, and those of citations
// by their numbers.
func byCitation(ratings []answer.Feedback) (whole answer.Rating, of map[int]answer.Rating) {
	of = map[int]answer.Rating{}
	for _, f := range ratings {
		if f.Citation == nil {
			whole = f.Rating
		} else {
			of[*f.Citation] = f.Rating
		}
	}
	return whole, of
}

// expect expects the turns of citations, and their speaker when it is one.
func (c *Case) expect(good []answer.Citation) {
	for i, citation := range good {
		place := Place{citation.TranscriptID, citation.Turn}
		if !slices.Contains(c.Expected, place) {
			c.Expected = append(c.Expected, place)
		}
		if i == 0 {
			c.Speaker, c.Role = citation.Speaker, citation.Role
		} else if c.Speaker != citation.Speaker || c.Role != citation.Role {
			c.Speaker, c.Role = "", ""
		}
	}
}

package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// SaveFeedback implements answer.FeedbackStore.
func (s *Store) SaveFeedback(ctx context.Context, f *answer.Feedback) error {
	if err := validID(f.AnswerID); err != nil {
		return unknownAnswer(err, f.AnswerID)
	}
	tag, err := s.pool.Exec(ctx, `
		INSERT INTO feedback (conversation_id, answer_id, citation, id, rating, reason, created_at)
		SELECT conversation_id, id, coalesce(@citation::int, 0), @id, @rating, @reason, @created_at FROM answers WHERE id = @answer AND `+grantedAnswer+` FOR KEY SHARE
		ON CONFLICT (conversation_id, answer_id, citation) DO UPDATE
		SET id = excluded.id, rating = excluded.rating, reason = excluded.reason, created_at = excluded.created_at`,
		s.granted(ctx, pgx.StrictNamedArgs{
			"answer": f.AnswerID, "citation": f.Citation, "id": f.ID, "rating": f.Rating, "reason": f.Reason, "created_at": f.CreatedAt,
		}))
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return unknownAnswer(Translate(err), f.AnswerID)
}

// Feedback implements answer.FeedbackStore: the newest first, by its ids, which are in
// the order of time. The feedback of one answer is found through the primary key, which
// begins with the conversation; so the conversation is looked up first.
func (s *Store) Feedback(ctx context.Context, q answer.FeedbackQuery) (answer.FeedbackPage, error) {
	if q.AnswerID != "" && !retrieval.ValidID(q.AnswerID) {
		return answer.FeedbackPage{}, fault.New(fault.Invalid, "answer %q is not an id; use the id of an answer", q.AnswerID)
	}
	limit, err := retrieval.PageLimit(q.Limit)
	if err != nil {
		return answer.FeedbackPage{}, err
	}
	before := uuid.Max.String()
	if q.Cursor != "" {
		if validID(q.Cursor) != nil {
			return answer.FeedbackPage{}, fault.New(fault.Invalid, "cursor %q is not one; use the next_cursor of the page before", q.Cursor)
		}
		before = q.Cursor
	}
	rows, err := s.pool.Query(ctx, `
		SELECT id::text, answer_id::text, nullif(citation, 0), rating, reason, created_at
		FROM feedback
		WHERE id < @before AND (@answer = '' OR (conversation_id, answer_id) IN (SELECT conversation_id, id FROM answers WHERE id = nullif(@answer, '')::uuid))
		AND `+grantedAnswer+`
		ORDER BY id DESC
		LIMIT @limit`, s.granted(ctx, pgx.StrictNamedArgs{"before": before, "answer": q.AnswerID, "limit": limit + 1}))
	if err != nil {
		return answer.FeedbackPage{}, Translate(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[answer.Feedback])
	if err != nil {
		return answer.FeedbackPage{}, Translate(err)
	}
	var page answer.FeedbackPage
	page.Feedback, page.NextCursor = retrieval.CutPage(found, limit, func(f answer.Feedback) string { return f.ID })
	return page, nil
}

// unknownAnswer says of what a "not found" was.
func unknownAnswer(err error, id string) error {
	if fault.CodeOf(err) == fault.NotFound {
		return fault.Wrap(err, fault.NotFound, "there is no answer %s", id)
	}
	return err
}

package postgres

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// Questions implements answer.Store.
func (s *Store) Questions(ctx context.Context, conversationID string, last int) ([]string, error) {
	if err := validID(conversationID); err != nil {
		return nil, notToContinue(err, conversationID)
	}
	var questions []string
	err := s.pool.QueryRow(ctx, `
		SELECT ARRAY(SELECT answer->>'question' FROM answers WHERE conversation_id = c.id ORDER BY id DESC LIMIT @last)
		FROM conversations c WHERE id = @id AND `+grantedConversation,
		s.granted(ctx, pgx.StrictNamedArgs{"id": conversationID, "last": last})).Scan(&questions)
	slices.Reverse(questions)
	return questions, notToContinue(Translate(err), conversationID)
}

// SaveAnswer implements answer.Store. Whatever comes from a transcript that was deleted while the
// answer was being made is taken out of it; what was embargoed meanwhile is taken out of a only.
func (s *Store) SaveAnswer(ctx context.Context, a *answer.Answer, begins bool) error {
	collection := cmp.Or(strings.TrimSpace(a.Filter.Collection), access.Collection(ctx))
	if err := s.grant(ctx).Reach(collection); err != nil {
		return err
	}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		redacted, err := redactDeleted(ctx, tx, a)
		if err != nil {
			return err
		}
		if begins {
			_, err := tx.Exec(ctx, `INSERT INTO conversations (id, created_at, collections) VALUES ($1, $2, ARRAY[$3::text])`,
				a.ConversationID, a.CreatedAt, collection)
			if err != nil {
				return err
			}
		}
		tag, err := tx.Exec(ctx, `
			INSERT INTO answers (conversation_id, id, answer, created_at, collection, transcripts, redacted_at)
			SELECT id, @id, @answer, @created_at, @collection, @transcripts, CASE WHEN @redacted THEN now() END FROM conversations c WHERE id = @conversation AND `+grantedConversation+` FOR KEY SHARE`,
			s.granted(ctx, pgx.StrictNamedArgs{
				"conversation": a.ConversationID, "id": a.ID, "answer": a, "created_at": a.CreatedAt, "collection": collection, "transcripts": a.Transcripts(), "redacted": redacted,
			}))
		if err == nil && tag.RowsAffected() == 0 {
			err = pgx.ErrNoRows
		}
		return unknownConversation(Translate(err), a.ConversationID)
	})
	if err != nil {
		return Translate(err)
	}
	return s.closeAnswers(ctx, a)
}

// Answer implements answer.Store.
func (s *Store) Answer(ctx context.Context, id string) (*answer.Answer, error) {
	if err := validID(id); err != nil {
		return nil, unknownAnswer(err, id)
	}
	var a answer.Answer
	err := s.pool.QueryRow(ctx, `SELECT answer FROM answers WHERE id = @id AND `+grantedAnswer, s.granted(ctx, pgx.StrictNamedArgs{"id": id})).Scan(&a)
	if err != nil {
		return &a, unknownAnswer(Translate(err), id)
	}
	return &a, s.closeAnswers(ctx, &a)
}

// Conversation implements answer.Store.
func (s *Store) Conversation(ctx context.Context, id string) (*answer.Conversation, error) {
	if err := validID(id); err != nil {
		return nil, unknownConversation(err, id)
	}
	c := answer.Conversation{ID: id}
	err := s.pool.QueryRow(ctx, `
		SELECT title, created_at, ARRAY(SELECT answer FROM answers WHERE conversation_id = c.id ORDER BY id)
		FROM conversations c WHERE id = @id AND `+grantedConversation, s.granted(ctx, pgx.StrictNamedArgs{"id": id})).Scan(&c.Title, &c.CreatedAt, &c.Answers)
	if err != nil {
		return &c, unknownConversation(Translate(err), id)
	}
	answers := make([]*answer.Answer, len(c.Answers))
	for i := range c.Answers {
		answers[i] = &c.Answers[i]
	}
	return &c, s.closeAnswers(ctx, answers...)
}

// Answers implements answer.Store: the newest first, by their ids, which are in the order
// of time.
func (s *Store) Answers(ctx context.Context, q answer.ConversationsQuery) (page answer.AnswersPage, err error) {
	page.Answers, page.NextCursor, err = newest(ctx, s, q, func(a answer.AnswerSummary) string { return a.ID }, `
		SELECT id::text, conversation_id::text, created_at, answer->>'question', (answer->>'answerable')::bool
		FROM answers WHERE `+grantedAnswer)
	return page, err
}

// Conversations implements answer.Store, likewise.
func (s *Store) Conversations(ctx context.Context, q answer.ConversationsQuery) (page answer.ConversationsPage, err error) {
	page.Conversations, page.NextCursor, err = newest(ctx, s, q, func(c answer.ConversationSummary) string { return c.ID }, `
		SELECT id::text, title, created_at,
			coalesce((SELECT max(created_at) FROM answers WHERE conversation_id = c.id), created_at),
			(SELECT answer->>'question' FROM answers WHERE conversation_id = c.id ORDER BY id LIMIT 1),
			(SELECT count(*) FROM answers WHERE conversation_id = c.id)
		FROM conversations c WHERE `+grantedConversation)
	return page, err
}

// newest are the rows of a page, and the cursor of the next one.
func newest[T any](ctx context.Context, s *Store, q answer.ConversationsQuery, id func(T) string, selection string) (page []T, next string, err error) {
	limit, err := retrieval.PageLimit(q.Limit)
	if err != nil {
		return nil, "", err
	}
	before := uuid.Max.String()
	if q.Cursor != "" {
		if validID(q.Cursor) != nil {
			return nil, "", fault.New(fault.Invalid, "cursor %q is not one; use the next_cursor of the page before", q.Cursor)
		}
		before = q.Cursor
	}
	rows, err := s.pool.Query(ctx, selection+` AND id < @before ORDER BY id DESC LIMIT @limit`,
		s.granted(ctx, pgx.StrictNamedArgs{"before": before, "limit": limit + 1}))
	if err != nil {
		return nil, "", Translate(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[T])
	if err != nil {
		return nil, "", Translate(err)
	}
	page, next = retrieval.CutPage(found, limit, id)
	return page, next, nil
}

// NewConversation implements answer.Store.
func (s *Store) NewConversation(ctx context.Context, c *answer.Conversation) error {
	g := s.grant(ctx)
	var collections []string // null: all
	if !g.All {
		collections = notNil(g.Collections)
	}
	_, err := s.pool.Exec(ctx, `INSERT INTO conversations (id, created_at, collections) VALUES ($1, $2, $3)`, c.ID, c.CreatedAt, collections)
	return Translate(err)
}

// NameConversation implements answer.Store.
func (s *Store) NameConversation(ctx context.Context, id, title string) error {
	return unknownConversation(s.changeRow(ctx, access.ConversationNamed, `UPDATE conversations c SET title = nullif(@title, '') WHERE id = @id AND `+grantedConversation,
		id, pgx.StrictNamedArgs{"title": title}), id)
}

// DeleteAnswer implements answer.Store.
func (s *Store) DeleteAnswer(ctx context.Context, id string) error {
	return unknownAnswer(s.changeRow(ctx, access.AnswerDeleted, `DELETE FROM answers WHERE id = @id AND `+grantedAnswer, id, nil), id)
}

// DeleteConversation implements answer.Store.
func (s *Store) DeleteConversation(ctx context.Context, id string) error {
	return unknownConversation(s.changeRow(ctx, access.ConversationDeleted, `DELETE FROM conversations c WHERE id = @id AND `+grantedConversation, id, nil), id)
}

// changeRow changes the one row that a statement is about, by its id, and notes the act;
// "not_found" where there is none.
func (s *Store) changeRow(ctx context.Context, act access.Act, statement, id string, others pgx.StrictNamedArgs) error {
	if err := validID(id); err != nil {
		return err
	}
	args := s.granted(ctx, others)
	args["id"] = id
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, statement, args)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return pgx.ErrNoRows
		}
		return s.note(ctx, tx, act, id)
	})
	return Translate(err)
}

// unknownConversation says of what a "not found" was.
func unknownConversation(err error, id string) error {
	if fault.CodeOf(err) == fault.NotFound {
		return fault.Wrap(err, fault.NotFound, "there is no conversation %s; list the conversations to see their ids", id)
	}
	return err
}

// notToContinue is unknownConversation for a question in the conversation.
func notToContinue(err error, id string) error {
	if fault.CodeOf(err) == fault.NotFound {
		return fault.Wrap(err, fault.NotFound, "there is no conversation %s; leave conversation_id out to begin one", id)
	}
	return err
}

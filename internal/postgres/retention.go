package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/access"
)

// Retention is how long is kept what need not be kept for ever; zero: for ever.
type Retention struct {
	Conversations time.Duration // since their last answer
	Redacted      time.Duration // answers, since a deleted transcript's words were taken out of them
	Audit         time.Duration // the log of acts
}

// expiredAtOnce is how many rows one transaction removes: enough to be quick, and so few that
// nobody waits for it.
const expiredAtOnce = 1000

// expiries remove the oldest rows from before a moment, and say how many. A conversation goes with
// its answers, which it has had at least one of or never; one that loses its last answer goes, too.
const (
	expireConversations = `
		WITH old AS (
			SELECT id FROM conversations c
			WHERE created_at < $1 AND NOT EXISTS (SELECT FROM answers WHERE conversation_id = c.id AND created_at >= $1)
			ORDER BY id LIMIT $2
		)
		DELETE FROM conversations USING old WHERE conversations.id = old.id`
	expireRedacted = `
		WITH old AS (
			SELECT conversation_id, id FROM answers WHERE redacted_at < $1 ORDER BY redacted_at, id LIMIT $2
		), gone AS (
			DELETE FROM answers a USING old WHERE a.conversation_id = old.conversation_id AND a.id = old.id
		), emptied AS (
			DELETE FROM conversations c WHERE id IN (SELECT conversation_id FROM old)
			AND NOT EXISTS (SELECT FROM answers a WHERE conversation_id = c.id AND NOT EXISTS (SELECT FROM old WHERE old.id = a.id))
		)
		SELECT FROM old`
	expireAudit = `
		WITH old AS (SELECT id FROM audit WHERE at < $1 ORDER BY at, id LIMIT $2)
		DELETE FROM audit USING old WHERE audit.id = old.id`
)

// Expire removes what is older than it is to be kept. The log of acts says what was removed. It
// returns at once if another process does it.
func (s *Store) Expire(ctx context.Context, keep Retention) error {
	ctx = access.Grant{Holder: access.RetentionName, Scopes: access.Scopes(), All: true}.In(ctx)
	for _, e := range []struct {
		statement string
		age       time.Duration
		act       access.Act
		words     string
	}{
		{expireConversations, keep.Conversations, access.ConversationsExpired, "without an answer since"},
		{expireRedacted, keep.Redacted, access.AnswersExpired, "redacted before"},
		{expireAudit, keep.Audit, access.AuditExpired, "from before"},
	} {
		for more := e.age > 0; more; {
			before := time.Now().Add(-e.age)
			err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
				if err := tx.QueryRow(ctx, `SELECT pg_try_advisory_xact_lock(hashtext('pullquote.retention'))`).Scan(&more); err != nil || !more {
					return err
				}
				tag, err := tx.Exec(ctx, e.statement, before, expiredAtOnce)
				n := tag.RowsAffected()
				more = n == expiredAtOnce
				if err != nil || n == 0 {
					return err
				}
				return s.note(ctx, tx, e.act, fmt.Sprintf("%d, %s %s", n, e.words, before.UTC().Format(time.DateTime)))
			})
			if err != nil {
				return Translate(err)
			}
		}
	}
	return nil
}

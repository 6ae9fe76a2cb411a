package postgres

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/answer"
)

// answersLock is the key of an advisory lock. Who stores an answer shares it, from before the
// look whether the answer's transcripts are there until the answer is; who has deleted
// transcripts holds it while their words are taken out of the answers. So every answer is either
// found by the deletion or finds what is deleted.
const answersLock = `hashtext('pullquote.answers')`

// redactDeleted takes out of an answer that is about to be stored what comes from transcripts
// that are no longer there, and reports whether there was any.
func redactDeleted(ctx context.Context, tx pgx.Tx, a *answer.Answer) (redacted bool, err error) {
	transcripts := a.Transcripts()
	if len(transcripts) == 0 {
		return false, nil
	}
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock_shared(`+answersLock+`)`); err != nil {
		return false, err
	}
	there, err := readIDs(ctx, tx, `SELECT id::text FROM transcripts WHERE id = ANY ($1::uuid[])`, transcripts)
	deleted := slices.DeleteFunc(slices.Clone(transcripts), func(id string) bool { return slices.Contains(there, id) })
	if err == nil && len(deleted) > 0 {
		a.Redact(setOf(deleted))
	}
	return len(deleted) > 0, err
}

func readIDs(ctx context.Context, tx pgx.Tx, selection string, args ...any) ([]string, error) {
	rows, err := tx.Query(ctx, selection, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func setOf(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// redactedAtOnce is how many answers are in memory while they are redacted: of 10 to 100 kB each.
const redactedAtOnce = 200

// redactAnswers takes out of the stored answers what comes from transcripts, which this
// transaction has deleted.
func redactAnswers(ctx context.Context, tx pgx.Tx, ids []string) error {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(`+answersLock+`)`); err != nil {
		return err
	}
	deleted, last := setOf(ids), uuid.Nil.String()
	for {
		rows, err := tx.Query(ctx, `
			SELECT answer FROM answers WHERE transcripts && $1::uuid[] AND id > $2 ORDER BY id LIMIT $3 FOR UPDATE`, ids, last, redactedAtOnce)
		if err != nil {
			return err
		}
		answers, err := pgx.CollectRows(rows, pgx.RowTo[answer.Answer])
		if err != nil || len(answers) == 0 {
			return err
		}
		queue := new(pgx.Batch)
		for i := range answers {
			a := &answers[i]
			a.Redact(deleted)
			queue.Queue(`UPDATE answers SET answer = $3, redacted_at = coalesce(redacted_at, now()) WHERE conversation_id = $1 AND id = $2`, a.ConversationID, a.ID, a)
			last = a.ID
		}
		if err := tx.SendBatch(ctx, queue).Close(); err != nil {
			return err
		}
	}
}

// redactFormerlyDeleted takes out of the answers what comes from transcripts that were deleted
// when answers kept it.
func redactFormerlyDeleted(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		deleted, err := readIDs(ctx, tx, `SELECT unnest(transcripts)::text FROM answers EXCEPT SELECT id::text FROM transcripts`)
		if err != nil || len(deleted) == 0 {
			return err
		}
		return redactAnswers(ctx, tx, deleted)
	})
}

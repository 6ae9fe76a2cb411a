package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// servingID is the id of the model that serves.
const servingID = `(SELECT id FROM embedding_models WHERE serving)`

// waiting counts the passages of transcript t, in the collection @collection_id, that wait to be embedded, and unembeddable
// those that cannot be. Only of a transcript with the mark are the passages looked at.
var (
	waiting = `CASE WHEN t.pending AND NOT t.superseded THEN (
		SELECT count(*) FROM passages p
		WHERE p.collection_id = @collection_id AND p.transcript_id = t.id AND ` + unembedded("embeddings", servingID, "@collection_id") + `)
		ELSE 0 END`
	unembeddable = `(
		SELECT count(*) FROM unembeddable u
		WHERE u.model_id = ` + servingID + ` AND u.collection_id = @collection_id AND u.transcript_id = t.id)`
)

// countWaiting counts those of the whole record.
var countWaiting = `
	SELECT count(*) FROM transcripts t JOIN passages p ON p.collection_id = t.collection_id AND p.transcript_id = t.id
	WHERE t.pending AND NOT t.superseded AND ` + unembedded("embeddings", servingID, "p.collection_id")

// Waiting implements retrieval.Pending.
func (s *Store) Waiting(ctx context.Context) (passages int, err error) {
	err = s.pool.QueryRow(ctx, countWaiting).Scan(&passages)
	return passages, Translate(err)
}

// taken is retrieval.Taken: the backlog of a transcript, with a connection that has an
// advisory lock on it. Both end with the process.
type taken struct {
	backlog
	conn *pgxpool.Conn
}

// takable are how many transcripts are tried for one that nobody else has.
const takable = 100

// Take implements retrieval.Pending.
func (s *Store) Take(ctx context.Context, m embeddings.Model, sentences bool) (retrieval.Taken, error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, Translate(err)
	}
	t := &taken{newBacklog(s, conn, sentences), conn}
	found, err := t.take(ctx, m)
	if err != nil || !found {
		t.leave(ctx)
		return nil, Translate(err) // and nothing taken: an interface with a nil in it is not nil
	}
	return t, nil
}

// take takes a transcript, if the model serves and nobody reindexes by it.
func (t *taken) take(ctx context.Context, m embeddings.Model) (found bool, err error) {
	serving, found, err := servingModel(ctx, t.conn)
	if err != nil || !found || serving.Model != m {
		return false, err
	}
	t.model = serving
	err = t.conn.QueryRow(ctx, `SELECT pg_try_advisory_lock_shared(`+embeddingLock+`, $1)`, serving.id).Scan(&found)
	if err != nil || !found {
		return false, err
	}
	rows, err := t.conn.Query(ctx, `
		SELECT collection_id::text, id::text FROM transcripts
		WHERE pending AND NOT superseded
		ORDER BY id DESC
		LIMIT $1`, takable)
	if err != nil {
		return false, err
	}
	collections := map[string]string{} // of the transcripts
	var ids []string
	var key passageKey
	_, err = pgx.ForEachRow(rows, []any{&key.collection, &key.transcript}, func() error {
		collections[key.transcript] = key.collection
		ids = append(ids, key.transcript)
		return nil
	})
	if err != nil || len(ids) == 0 {
		return false, err
	}
	// The lock is tried in a statement of its own, which reads no table, so that it is the
	// coordinator's wherever the transcripts are.
	err = t.conn.QueryRow(ctx, `
		SELECT id FROM unnest($1::text[]) AS id WHERE pg_try_advisory_lock(hashtextextended(id, 0)) LIMIT 1`, ids).Scan(&key.transcript)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	key.collection, key.passage = collections[key.transcript], -1
	t.first, t.last = key, key
	return err == nil, err
}

// releaseTimeout bounds how long a release takes, also at the program's end.
const releaseTimeout = 5 * time.Second

// Release implements retrieval.Taken. The lock on the models keeps the one that serves.
func (t *taken) Release(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, releaseTimeout)
	defer cancel()
	defer t.leave(ctx)
	err := pgx.BeginFunc(ctx, t.conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock_shared(`+modelsLock+`)`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			UPDATE transcripts t SET pending = false
			WHERE t.collection_id = @collection_id AND t.id = @transcript AND t.pending AND @model = `+servingID+`
			AND NOT EXISTS (
				SELECT FROM passages p
				WHERE p.collection_id = @collection_id AND p.transcript_id = @transcript AND `+t.unembedded()+`)`,
			pgx.StrictNamedArgs{"collection_id": t.first.collection, "transcript": t.first.transcript, "model": t.model.id})
		return err
	})
	return Translate(err)
}

// leave gives up the locks, if need be with the connection.
func (t *taken) leave(ctx context.Context) {
	defer t.conn.Release()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseTimeout)
	defer cancel()
	if _, err := t.conn.Exec(ctx, `SELECT pg_advisory_unlock_all()`); err != nil {
		t.store.log.Debug("what was being embedded is given up with its connection", fault.Attr(err))
		_ = t.conn.Conn().Close(ctx) // that it was broken is known
	}
}

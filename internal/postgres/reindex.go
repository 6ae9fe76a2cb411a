package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
)

// Reindexing is retrieval.Reindexing in Postgres. It has a connection of its own, with
// an advisory lock that only one reindexing has at a time. The switch to the new
// vectors is made on that connection, so that it is not made once the lock is lost.
type Reindexing struct {
	backlog
	conn *pgx.Conn
}

// Reindex begins to embed the record by a model, with the vectors of sentences if it is
// one that gives them, or goes on with what a former reindexing has begun. If another is
// under way, the error is "conflict". The caller closes the Reindexing.
func (s *Store) Reindex(ctx context.Context, m embeddings.Model, sentences bool) (*Reindexing, error) {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return nil, Translate(err)
	}
	r := &Reindexing{newBacklog(s, conn, sentences), conn}
	if err := r.begin(ctx, m); err != nil {
		r.Close(ctx)
		return nil, Translate(err)
	}
	return r, nil
}

// begin takes the lock. It waits for it a little: the server may need a moment to
// notice that the process which held it was killed. client_connection_check_interval
// has it check that every second, even while it makes an index, which may take an hour.
func (r *Reindexing) begin(ctx context.Context, m embeddings.Model) error {
	if _, err := r.conn.Exec(ctx, `SET client_connection_check_interval = '1s'; SET lock_timeout = '3s'; `+untimedSession); err != nil {
		return err
	}
	_, err := r.conn.Exec(ctx, `SELECT pg_advisory_lock(hashtext('pullquote.reindex'))`)
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == "55P03" { // lock_not_available
		return fault.Wrap(err, fault.Conflict, "the record is being reindexed by another process; wait until that is done")
	}
	if err != nil {
		return err
	}
	if _, err := r.conn.Exec(ctx, `SET lock_timeout = 0`); err != nil {
		return err
	}
	err = pgx.BeginFunc(ctx, r.conn, func(tx pgx.Tx) (err error) {
		if r.model, err = registerModel(ctx, tx, m); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM unembeddable WHERE model_id = $1`, r.model.id) // which are tried again
		return err
	})
	if err != nil {
		return err
	}
	_, err = r.conn.Exec(ctx, `SELECT pg_advisory_lock(`+embeddingLock+`, $1)`, r.model.id) // soon: it is shared for a page
	return err
}

// Close ends the reindexing; another may begin.
func (r *Reindexing) Close(ctx context.Context) {
	if err := r.conn.Close(context.WithoutCancel(ctx)); err != nil {
		r.store.log.Warn("a reindex did not end cleanly", fault.Attr(err))
	}
}

// Missing implements retrieval.Reindexing.
func (r *Reindexing) Missing(ctx context.Context) (passages int, runes int64, err error) {
	err = r.conn.QueryRow(ctx, `
		SELECT count(*), coalesce(sum(end_char - start_char), 0)::bigint FROM passages p WHERE `+r.unembedded(),
		pgx.StrictNamedArgs{"model": r.model.id}).Scan(&passages, &runes)
	return passages, runes, Translate(err)
}

// Index implements retrieval.Reindexing.
func (r *Reindexing) Index(ctx context.Context) error {
	return Translate(buildIndex(ctx, r.conn, r.model))
}

// Switch implements retrieval.Reindexing. It waits for the transcripts that are being
// stored; those that are stored after it have vectors of the new model.
func (r *Reindexing) Switch(ctx context.Context) (serves, changed bool, err error) {
	err = pgx.BeginFunc(ctx, r.conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(`+modelsLock+`)`); err != nil {
			return err
		}
		var missing bool
		err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT true FROM passages p WHERE `+r.unembedded()+`)`, pgx.StrictNamedArgs{"model": r.model.id}).Scan(&missing)
		if err != nil || missing {
			return err
		}
		before, _, err := servingModel(ctx, tx)
		if err != nil {
			return err
		}
		serves, changed = true, before.id != r.model.id
		if _, err := tx.Exec(ctx, `UPDATE transcripts SET pending = false WHERE pending`); err != nil {
			return err
		}
		return setServing(ctx, tx, r.model)
	})
	if err != nil {
		return false, false, Translate(err)
	}
	return serves, changed, nil
}

// Clean implements retrieval.Reindexing. The index of a model is dropped before its
// vectors are deleted, which is faster without it.
func (r *Reindexing) Clean(ctx context.Context) (removed int, err error) {
	rows, err := r.conn.Query(ctx, `SELECT id FROM embedding_models WHERE NOT serving`)
	if err != nil {
		return 0, Translate(err)
	}
	others, err := pgx.CollectRows(rows, pgx.RowTo[int16])
	if err != nil {
		return 0, Translate(err)
	}
	tables, err := vectorTables(ctx, r.conn)
	if err != nil {
		return 0, Translate(err)
	}
	for _, id := range others {
		for _, table := range tables {
			if _, err := r.conn.Exec(ctx, `DROP INDEX CONCURRENTLY IF EXISTS `+indexName(table, vectorModel{id: id})); err != nil {
				return removed, Translate(err)
			}
		}
		if _, err := r.conn.Exec(ctx, `DELETE FROM sentence_vectors WHERE model_id = $1`, id); err != nil {
			return removed, Translate(err)
		}
		tag, err := r.conn.Exec(ctx, `DELETE FROM embeddings WHERE model_id = $1`, id)
		if err != nil {
			return removed, Translate(err)
		}
		removed += int(tag.RowsAffected())
		n, err := r.removeModel(ctx, id)
		if err != nil {
			return removed, Translate(err)
		}
		removed += n
	}
	return removed, nil
}

// removeModel removes a model that does not serve, with what it could not embed and with the
// vectors that were stored while the others were deleted.
func (r *Reindexing) removeModel(ctx context.Context, id int16) (removed int, err error) {
	err = pgx.BeginFunc(ctx, r.conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(`+modelsLock+`)`); err != nil {
			return err
		}
		for _, statement := range []string{`DELETE FROM unembeddable WHERE model_id = $1`, `DELETE FROM sentence_vectors WHERE model_id = $1`} {
			if _, err := tx.Exec(ctx, statement, id); err != nil {
				return err
			}
		}
		tag, err := tx.Exec(ctx, `DELETE FROM embeddings WHERE model_id = $1`, id)
		if err != nil {
			return err
		}
		removed = int(tag.RowsAffected())
		_, err = tx.Exec(ctx, `DELETE FROM embedding_models WHERE id = $1 AND NOT serving`, id)
		return err
	})
	return removed, err
}

package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// Reindexing is retrieval.Reindexing in Postgres. It has a connection of its own, with
// an advisory lock that only one reindexing has at a time. The switch to the new
// vectors is made on that connection, so that it is not made once the lock is lost.
type Reindexing struct {
	store *Store
	conn  *pgx.Conn
	model vectorModel
	last  passageKey // of the passages that Next has returned
}

type passageKey struct {
	collection, transcript string
	passage                int
}

// beforeAll is a key that comes before those of all passages.
func beforeAll() passageKey {
	const zero = "00000000-0000-0000-0000-000000000000"
	return passageKey{zero, zero, -1}
}

// Reindex begins to embed the record by a model, or goes on with what a former
// reindexing has begun. If another is under way, the error is "conflict". The caller
// closes the Reindexing.
func (s *Store) Reindex(ctx context.Context, m embeddings.Model) (*Reindexing, error) {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return nil, Translate(err)
	}
	r := &Reindexing{store: s, conn: conn, last: beforeAll()}
	if err := r.begin(ctx, m); err != nil {
		r.Close(ctx)
		return nil, Translate(err)
	}
	return r, nil
}

// begin takes the lock. It waits for it a little: the server may need a moment to
// notice that the process which held it was killed. client_connection_check_interval
// has it check that every second, even while it makes an index.
func (r *Reindexing) begin(ctx context.Context, m embeddings.Model) error {
	if _, err := r.conn.Exec(ctx, `SET client_connection_check_interval = '1s'; SET lock_timeout = '3s'`); err != nil {
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
	return pgx.BeginFunc(ctx, r.conn, func(tx pgx.Tx) (err error) {
		r.model, err = registerModel(ctx, tx, m)
		return err
	})
}

// Close ends the reindexing; another may begin.
func (r *Reindexing) Close(ctx context.Context) {
	if err := r.conn.Close(context.WithoutCancel(ctx)); err != nil {
		r.store.log.Warn("a reindex did not end cleanly", fault.Attr(err))
	}
}

// unembedded is the condition that passage p has no vector of the model @model.
const unembedded = `NOT EXISTS (
	SELECT FROM embeddings e
	WHERE e.model_id = @model AND e.collection_id = p.collection_id AND e.transcript_id = p.transcript_id AND e.passage = p.passage)`

// Missing implements retrieval.Reindexing.
func (r *Reindexing) Missing(ctx context.Context) (passages int, runes int64, err error) {
	err = r.conn.QueryRow(ctx, `
		SELECT count(*), coalesce(sum(end_char - start_char), 0)::bigint FROM passages p WHERE `+unembedded,
		pgx.StrictNamedArgs{"model": r.model.id}).Scan(&passages, &runes)
	return passages, runes, Translate(err)
}

// Next implements retrieval.Reindexing. The words of a passage are cut out of its turn,
// as retrieval.Passages did when the transcript was stored.
func (r *Reindexing) Next(ctx context.Context, limit int) ([]retrieval.StoredPassage, error) {
	rows, err := r.conn.Query(ctx, `
		SELECT p.collection_id, p.transcript_id, p.passage, p.turn, p.start_char, p.end_char,
			substr(t.text, p.start_char - t.start_char + 1, p.end_char - p.start_char),
			coalesce(t.speaker, ''), coalesce(q.text, ''), coalesce(d.title, '')
		FROM (
			SELECT collection_id, transcript_id, passage, turn, start_char, end_char FROM passages p
			WHERE (collection_id, transcript_id, passage) > (@collection_id, @transcript, @passage) AND `+unembedded+`
			ORDER BY collection_id, transcript_id, passage
			LIMIT @limit
		) AS p
		JOIN transcripts d ON d.collection_id = p.collection_id AND d.id = p.transcript_id
		JOIN turns t ON t.collection_id = p.collection_id AND t.transcript_id = p.transcript_id AND t.turn = p.turn
		LEFT JOIN turns q ON q.collection_id = t.collection_id AND q.transcript_id = t.transcript_id AND q.turn = t.answers
		ORDER BY p.collection_id, p.transcript_id, p.passage`,
		pgx.StrictNamedArgs{
			"model": r.model.id, "limit": limit,
			"collection_id": r.last.collection, "transcript": r.last.transcript, "passage": r.last.passage,
		})
	if err != nil {
		return nil, Translate(err)
	}
	passages, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p retrieval.StoredPassage, err error) {
		err = row.Scan(&p.CollectionID, &p.TranscriptID, &p.Ordinal, &p.Turn, &p.Start, &p.End, &p.Text, &p.Speaker, &p.Question, &p.Title)
		return p, err
	})
	if err != nil {
		return nil, Translate(err)
	}
	r.last = beforeAll()
	if n := len(passages); n > 0 {
		p := passages[n-1]
		r.last = passageKey{p.CollectionID, p.TranscriptID, p.Ordinal}
	}
	return passages, nil
}

// Put implements retrieval.Reindexing. The columns that a search filters by are copied
// from the passages. The rows of their transcripts and of the model are locked, so that
// none of them is deleted before the vectors are stored: vectors of a transcript that is
// deleted afterwards go with it.
func (r *Reindexing) Put(ctx context.Context, passages []retrieval.StoredPassage, vectors [][]float32) error {
	collections := make([]string, len(passages))
	transcripts := make([]string, len(passages))
	ordinals := make([]int, len(passages))
	for i, p := range passages {
		collections[i], transcripts[i], ordinals[i] = p.CollectionID, p.TranscriptID, p.Ordinal
	}
	_, err := r.store.pool.Exec(ctx, `
		WITH held AS (
			SELECT collection_id, id FROM transcripts
			WHERE (collection_id, id) IN (SELECT DISTINCT * FROM unnest($2::uuid[], $3::uuid[]))
			FOR KEY SHARE
		), model AS (
			SELECT id FROM embedding_models WHERE id = $1 FOR KEY SHARE
		)
		INSERT INTO embeddings (model_id, collection_id, transcript_id, passage, turn, speaker, role, date, embedding)
		SELECT m.id, p.collection_id, p.transcript_id, p.passage, p.turn, p.speaker, p.role, p.date, v.embedding
		FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::halfvec[]) AS v (collection_id, transcript_id, passage, embedding)
		JOIN passages p USING (collection_id, transcript_id, passage)
		JOIN held h ON h.collection_id = p.collection_id AND h.id = p.transcript_id
		CROSS JOIN model m
		ON CONFLICT DO NOTHING`, r.model.id, collections, transcripts, ordinals, halfVectors(vectors))
	return Translate(err)
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
		err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM passages p WHERE `+unembedded+`)`, pgx.StrictNamedArgs{"model": r.model.id}).Scan(&missing)
		if err != nil || missing {
			return err
		}
		before, _, err := servingModel(ctx, tx)
		if err != nil {
			return err
		}
		serves, changed = true, before.id != r.model.id
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
	for _, id := range others {
		if _, err := r.conn.Exec(ctx, `DROP INDEX CONCURRENTLY IF EXISTS `+indexName(vectorModel{id: id})); err != nil {
			return removed, Translate(err)
		}
		tag, err := r.conn.Exec(ctx, `DELETE FROM embeddings WHERE model_id = $1`, id)
		if err != nil {
			return removed, Translate(err)
		}
		removed += int(tag.RowsAffected())
		if _, err := r.conn.Exec(ctx, `DELETE FROM embedding_models WHERE id = $1 AND NOT serving`, id); err != nil {
			return removed, Translate(err)
		}
	}
	_, err = r.conn.Exec(ctx, `DELETE FROM embedding_cache WHERE created_at < now() - $1::interval`, staleCache)
	return removed, Translate(err)
}

package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Reindexing is retrieval.Reindexing in Postgres. It has a connection of its own, with
// an advisory lock that only one reindexing has at a time. The switch to the new
// vectors is made on that connection, so that it is not made once the lock is lost.
type Reindexing struct {
	store *Store
	conn  *pgx.Conn
	model vectorModel
	// embedded is the table that has a row for each passage that is done: that of the
	// sentences, where there are to be, since they never come without the passage's vector.
	embedded string
	last     passageKey // of the passages that Next has returned
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

// Reindex begins to embed the record by a model, with the vectors of sentences if it is
// one that gives them, or goes on with what a former reindexing has begun. If another is
// under way, the error is "conflict". The caller closes the Reindexing.
func (s *Store) Reindex(ctx context.Context, m embeddings.Model, sentences bool) (*Reindexing, error) {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return nil, Translate(err)
	}
	r := &Reindexing{store: s, conn: conn, embedded: "embeddings", last: beforeAll()}
	if sentences {
		r.embedded = "sentence_vectors"
	}
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

// unembedded is the condition that passage p is still to be embedded by the model @model.
func (r *Reindexing) unembedded() string {
	return `NOT EXISTS (
		SELECT FROM ` + r.embedded + ` e
		WHERE e.model_id = @model AND e.collection_id = p.collection_id AND e.transcript_id = p.transcript_id
		AND e.turn = p.turn AND e.passage = p.passage)`
}

// Missing implements retrieval.Reindexing.
func (r *Reindexing) Missing(ctx context.Context) (passages int, runes int64, err error) {
	err = r.conn.QueryRow(ctx, `
		SELECT count(*), coalesce(sum(end_char - start_char), 0)::bigint FROM passages p WHERE `+r.unembedded(),
		pgx.StrictNamedArgs{"model": r.model.id}).Scan(&passages, &runes)
	return passages, runes, Translate(err)
}

// Next implements retrieval.Reindexing. Passages are cut out of their turns, as by
// retrieval.Passages when the transcript was stored. The text of a turn comes with the
// first of its passages only: a long turn has hundreds.
func (r *Reindexing) Next(ctx context.Context, limit int) ([]retrieval.StoredPassage, error) {
	rows, err := r.conn.Query(ctx, `
		SELECT p.collection_id, p.transcript_id, p.passage, p.turn, p.start_char, p.end_char,
			CASE WHEN p.first THEN t.text END, t.start_char, t.speaker, coalesce(q.text, ''), coalesce(d.title, '')
		FROM (
			SELECT collection_id, transcript_id, passage, turn, start_char, end_char,
				lag((transcript_id, turn)) OVER (ORDER BY collection_id, transcript_id, passage) IS DISTINCT FROM (transcript_id, turn) AS first
			FROM (
				SELECT collection_id, transcript_id, passage, turn, start_char, end_char FROM passages p
				WHERE (collection_id, transcript_id, passage) > (@collection_id, @transcript, @passage) AND `+r.unembedded()+`
				ORDER BY collection_id, transcript_id, passage
				LIMIT @limit
			) AS page
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
	var turn retrieval.DividedTurn
	passages, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (retrieval.StoredPassage, error) {
		return scanUnembedded(row, &turn)
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

// scanUnembedded reads a row of Next. turn is that of the row before, and becomes that of
// this one.
func scanUnembedded(row pgx.CollectableRow, turn *retrieval.DividedTurn) (p retrieval.StoredPassage, err error) {
	var t model.Turn
	var text *string
	var ordinal, start, end int
	var question, title string
	err = row.Scan(&p.CollectionID, &p.TranscriptID, &ordinal, &t.Index, &start, &end, &text, &t.Start, &t.Speaker, &question, &title)
	if err != nil {
		return p, err
	}
	if text != nil {
		t.Text = *text
		*turn = retrieval.Divide(t)
	}
	p.Passage = turn.Passage(start, end)
	p.Ordinal, p.Question, p.Title = ordinal, question, title
	return p, nil
}

// Put implements retrieval.Reindexing. The columns that a search filters by are copied
// from the passages. The rows of their transcripts and of the model are locked, so that
// none of them is deleted before the vectors are stored: vectors of a transcript that is
// deleted afterwards go with it. A passage may have a vector already, from before there
// were those of sentences; then it is not of the same words.
func (r *Reindexing) Put(ctx context.Context, passages []retrieval.StoredPassage, embedded []retrieval.Embedding) error {
	collections := make([]string, len(passages))
	transcripts := make([]string, len(passages))
	ordinals := make([]int, len(passages))
	for i, p := range passages {
		collections[i], transcripts[i], ordinals[i] = p.CollectionID, p.TranscriptID, p.Ordinal
	}
	vectors, sentences := embeddingColumns(embedded)
	_, err := r.store.pool.Exec(ctx, `
		WITH held AS (
			SELECT collection_id, id FROM transcripts
			WHERE (collection_id, id) IN (SELECT DISTINCT * FROM unnest($2::uuid[], $3::uuid[]))
			FOR KEY SHARE
		), model AS (
			SELECT id FROM embedding_models WHERE id = $1 FOR KEY SHARE
		), given AS (
			SELECT m.id AS model_id, p.collection_id, p.transcript_id, p.passage, p.turn, p.speaker, p.role, p.date, v.embedding, v.sentences
			FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::halfvec[], $6::bytea[]) AS v (collection_id, transcript_id, passage, embedding, sentences)
			JOIN passages p USING (collection_id, transcript_id, passage)
			JOIN held h ON h.collection_id = p.collection_id AND h.id = p.transcript_id
			CROSS JOIN model m
		), put_sentences AS (
			INSERT INTO sentence_vectors (model_id, collection_id, transcript_id, passage, turn, sentences)
			SELECT model_id, collection_id, transcript_id, passage, turn, sentences FROM given WHERE sentences IS NOT NULL
			ON CONFLICT (collection_id, transcript_id, turn, passage, model_id) DO UPDATE SET sentences = excluded.sentences
		)
		INSERT INTO embeddings (model_id, collection_id, transcript_id, passage, turn, speaker, role, date, embedding)
		SELECT model_id, collection_id, transcript_id, passage, turn, speaker, role, date, embedding FROM given
		ON CONFLICT (collection_id, transcript_id, passage, model_id) DO UPDATE SET embedding = excluded.embedding`,
		r.model.id, collections, transcripts, ordinals, vectors, sentences)
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
		err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM passages p WHERE `+r.unembedded()+`)`, pgx.StrictNamedArgs{"model": r.model.id}).Scan(&missing)
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
		if _, err := r.conn.Exec(ctx, `DELETE FROM sentence_vectors WHERE model_id = $1`, id); err != nil {
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

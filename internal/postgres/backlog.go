package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// embeddingLock is the first key of advisory locks, of which the second is the id of a
// model. Who embeds what waits shares it, a page at a time; who reindexes by the model
// holds it exclusively, so that nothing is embedded twice.
const embeddingLock = `hashtext('pullquote.embedding')`

// backlog is retrieval.Backlog in Postgres.
type backlog struct {
	store *Store
	db    querier
	model vectorModel
	// embedded is the table that has a row for each passage that is done: that of the
	// sentences, where there are to be, since they never come without the passage's vector.
	embedded string
	first    passageKey // before which there is nothing: that of a transcript, or beforeAll
	last     passageKey // of the passages that Next has returned
}

// newBacklog is the backlog of the whole record. The caller sets the model.
func newBacklog(s *Store, db querier, sentences bool) backlog {
	b := backlog{store: s, db: db, embedded: "embeddings", first: beforeAll(), last: beforeAll()}
	if sentences {
		b.embedded = "sentence_vectors"
	}
	return b
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

// unembedded is the condition that passage p is still to be embedded by the model @model.
func (b *backlog) unembedded() string { return unembedded(b.embedded, "@model", "p.collection_id") }

// unembedded is the condition that passage p, of a collection, has no row in a table of vectors,
// and is none that the model cannot embed.
func unembedded(table, model, collection string) string {
	return `NOT EXISTS (
		SELECT FROM ` + table + ` e
		WHERE e.model_id = ` + model + ` AND e.collection_id = ` + collection + ` AND e.transcript_id = p.transcript_id
		AND e.turn = p.turn AND e.passage = p.passage)
	AND NOT EXISTS (
		SELECT FROM unembeddable u
		WHERE u.model_id = ` + model + ` AND u.collection_id = ` + collection + ` AND u.transcript_id = p.transcript_id AND u.passage = p.passage)`
}

// Next implements retrieval.Backlog. Passages are cut out of their turns, as by
// retrieval.Passages when the transcript was stored. The text of a turn comes with the
// first of its passages only: a long turn has hundreds.
func (b *backlog) Next(ctx context.Context, limit int) ([]retrieval.StoredPassage, error) {
	rows, err := b.db.Query(ctx, `
		SELECT p.collection_id, p.transcript_id, p.passage, p.turn, p.start_char, p.end_char,
			CASE WHEN p.first THEN t.text END, t.start_char, t.speaker, coalesce(q.text, ''), coalesce(d.title, '')
		FROM (
			SELECT collection_id, transcript_id, passage, turn, start_char, end_char,
				lag((transcript_id, turn)) OVER (ORDER BY collection_id, transcript_id, passage) IS DISTINCT FROM (transcript_id, turn) AS first
			FROM (
				SELECT collection_id, transcript_id, passage, turn, start_char, end_char FROM passages p
				WHERE (collection_id, transcript_id, passage) > (@collection_id, @transcript, @passage) AND (@all OR transcript_id = @transcript) AND `+b.unembedded()+`
				ORDER BY collection_id, transcript_id, passage
				LIMIT @limit
			) AS page
		) AS p
		JOIN transcripts d ON d.collection_id = p.collection_id AND d.id = p.transcript_id
		JOIN turns t ON t.collection_id = p.collection_id AND t.transcript_id = p.transcript_id AND t.turn = p.turn
		LEFT JOIN turns q ON q.collection_id = t.collection_id AND q.transcript_id = t.transcript_id AND q.turn = t.answers
		ORDER BY p.collection_id, p.transcript_id, p.passage`,
		pgx.StrictNamedArgs{
			"model": b.model.id, "limit": limit,
			"collection_id": b.last.collection, "transcript": b.last.transcript, "passage": b.last.passage, "all": b.first == beforeAll(),
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
	b.last = b.first
	if n := len(passages); n > 0 {
		p := passages[n-1]
		b.last = passageKey{p.CollectionID, p.TranscriptID, p.Ordinal}
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

// Put implements retrieval.Backlog. The columns that a search filters by are copied
// from the passages. The rows of their transcripts are locked first, and the models, so that
// none of them is deleted before the vectors are stored: vectors of a transcript that is
// deleted afterwards go with it. A passage may have a vector already, from before there
// were those of sentences; then it is not of the same words.
func (b *backlog) Put(ctx context.Context, passages []retrieval.StoredPassage, embedded []retrieval.Embedding) error {
	for _, e := range embedded {
		if err := b.model.check(e.Vector); err != nil {
			return err
		}
	}
	vectors, sentences := embeddingColumns(embedded)
	queue := new(pgx.Batch)
	queue.Queue(`SELECT pg_advisory_xact_lock_shared(` + modelsLock + `)`)
	for from := 0; from < len(passages); { // collection by collection
		in := passages[from].CollectionID
		to := from
		var transcripts []string
		var ordinals []int
		for ; to < len(passages) && passages[to].CollectionID == in; to++ {
			transcripts, ordinals = append(transcripts, passages[to].TranscriptID), append(ordinals, passages[to].Ordinal)
		}
		queue.Queue(`SELECT FROM transcripts WHERE collection_id = $1 AND id = ANY ($2::uuid[]) FOR KEY SHARE`, in, transcripts)
		queue.Queue(`
			INSERT INTO sentence_vectors (model_id, collection_id, transcript_id, passage, turn, sentences)
			SELECT m.id, p.collection_id, p.transcript_id, p.passage, p.turn, v.sentences
			FROM unnest($3::uuid[], $4::int[], $5::bytea[]) AS v (transcript_id, passage, sentences)
			JOIN passages p ON p.collection_id = $2 AND p.transcript_id = v.transcript_id AND p.passage = v.passage
			JOIN embedding_models m ON m.id = $1
			WHERE v.sentences IS NOT NULL
			ON CONFLICT (collection_id, transcript_id, turn, passage, model_id) DO UPDATE SET sentences = excluded.sentences`,
			b.model.id, in, transcripts, ordinals, sentences[from:to])
		queue.Queue(`
			INSERT INTO embeddings (model_id, collection_id, transcript_id, passage, turn, speaker, role, date, embargo, embedding)
			SELECT m.id, p.collection_id, p.transcript_id, p.passage, p.turn, p.speaker, p.role, p.date, p.embargo, v.embedding
			FROM unnest($3::uuid[], $4::int[], $5::halfvec[]) AS v (transcript_id, passage, embedding)
			JOIN passages p ON p.collection_id = $2 AND p.transcript_id = v.transcript_id AND p.passage = v.passage
			JOIN embedding_models m ON m.id = $1
			ON CONFLICT (collection_id, transcript_id, passage, model_id) DO UPDATE SET embedding = excluded.embedding`,
			b.model.id, in, transcripts, ordinals, vectors[from:to])
		from = to
	}
	err := pgx.BeginFunc(ctx, b.store.pool, func(tx pgx.Tx) error { return tx.SendBatch(ctx, queue).Close() })
	return Translate(err)
}

// GiveUp implements retrieval.Backlog.
func (b *backlog) GiveUp(ctx context.Context, p retrieval.StoredPassage, reason string) error {
	_, err := b.store.pool.Exec(ctx, `
		INSERT INTO unembeddable (model_id, collection_id, transcript_id, passage, reason)
		SELECT m.id, p.collection_id, p.transcript_id, p.passage, $5
		FROM passages p, embedding_models m
		WHERE m.id = $1 AND p.collection_id = $2 AND p.transcript_id = $3 AND p.passage = $4
		ON CONFLICT DO NOTHING`, b.model.id, p.CollectionID, p.TranscriptID, p.Ordinal, reason)
	return Translate(err)
}

package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// bulkSettings are for chunks of firstPassages or more. A larger pending list of the
// GIN index, and more memory to merge it, let the lexemes enter the index in larger
// parts; that takes less time, as each lexeme is looked up once for a part. Until then
// searches read the pending list, of up to 13,000 passages, which may take them some
// 10 ms. Settle empties it, and so does the next smaller chunk.
var bulkSettings = []string{`gin_pending_list_limit = '16MB'`, `work_mem = '64MB'`}

// batch writes a chunk: the rows of all its transcripts, by one COPY for each table.
type batch struct {
	*chunk
	tx         pgx.Tx
	collection string
	model      vectorModel
	shared     []original // those of its files that were there already
}

// transcripts inserts the transcripts, except those that the collection has already.
func (b *batch) transcripts(ctx context.Context) error {
	stored, err := b.countNames(ctx)
	if err != nil {
		return err
	}
	queue := new(pgx.Batch)
	if passagesOf(b.entries) >= firstPassages {
		for _, setting := range bulkSettings {
			queue.Queue(`SET LOCAL ` + setting)
		}
	}
	for _, e := range b.rows.entries {
		at, err := b.place(ctx, e)
		if err != nil {
			return err
		}
		d, t := e.prepared, e.prepared.Transcript
		queue.Queue(`
			INSERT INTO transcripts (collection_id, id, sha256, filename, title, date, place, format, language, speakers, warnings, turn_count, text,
				document, version, reading, corrections, pending, media)
			VALUES ($1, $2, $3, nullif($4, ''), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
			ON CONFLICT (collection_id, sha256) WHERE NOT superseded DO NOTHING`,
			b.collection, e.id, e.sha256, d.Filename, t.Title, e.date, t.Place, t.Format, t.Language,
			notNil(t.Speakers), notNil(t.Warnings), len(t.Turns), t.Text, at.document, at.version, d.Reading, notNil(d.Corrections), d.Waiting() > 0, t.Media,
		).Exec(func(tag pgconn.CommandTag) error {
			e.created = tag.RowsAffected() == 1
			return nil
		})
	}
	if err := b.tx.SendBatch(ctx, queue).Close(); err != nil {
		return err
	}
	return b.checkNames(stored)
}

// copy writes the rows of the transcripts that were inserted. If some were not, the rows
// are made anew without those.
func (b *batch) copy(ctx context.Context) error {
	if created := b.created(); len(created) < len(b.rows.entries) {
		b.rows.stop()
		b.rows = b.rows.encode(ctx, created)
	}
	for _, table := range []struct {
		into string
		rows *copyRows
	}{
		{`turns (collection_id, transcript_id, turn, label, speaker, affiliation, role, answers, start_char, end_char, start_ms, end_ms, text, doubt, continues, cues)`, b.rows.turns},
		{`passages (collection_id, transcript_id, passage, turn, start_char, end_char, speaker, role, date, lexemes, weights)`, b.rows.passages},
		{`embeddings (model_id, collection_id, transcript_id, passage, turn, speaker, role, date, embedding)`, b.rows.embeddings},
		{`sentence_vectors (model_id, collection_id, transcript_id, passage, turn, sentences)`, b.rows.sentences},
	} {
		if _, err := b.tx.Conn().PgConn().CopyFrom(ctx, table.rows, `COPY `+table.into+` FROM STDIN (FORMAT binary)`); err != nil {
			return err
		}
	}
	return nil
}

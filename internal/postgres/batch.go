package postgres

import (
	"context"
	"iter"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/pgvector/pgvector-go"
)

// batch writes a chunk: the rows of all its documents by one COPY for each table.
type batch struct {
	*chunk
	tx         pgx.Tx
	collection string
	model      model
	key        pgtype.UUID // of the collection
	counted    counts      // the lexemes of what was written
}

func (b *batch) check(context.Context) error {
	for _, e := range b.entries {
		if err := e.prepare(b.model); err != nil {
			return err
		}
	}
	return b.key.Scan(b.collection)
}

// transcripts enters the documents, but for those that the collection has already.
func (b *batch) transcripts(ctx context.Context) error {
	queue := new(pgx.Batch)
	for _, e := range b.entries {
		at, err := b.place(ctx, e)
		if err != nil {
			return err
		}
		d, t := e.document, e.document.Transcript
		queue.Queue(`
			INSERT INTO transcripts (collection_id, id, sha256, filename, title, date, place, format, language, speakers, warnings, turn_count, text,
				document, version)
			VALUES ($1, $2, $3, nullif($4, ''), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
			ON CONFLICT (collection_id, sha256) WHERE NOT superseded DO NOTHING`,
			b.collection, e.id, e.sha256, d.Filename, t.Title, e.date, t.Place, t.Format, t.Language,
			notNil(t.Speakers), notNil(t.Warnings), len(t.Turns), t.Text, at.document, at.version,
		).Exec(func(tag pgconn.CommandTag) error {
			e.created = tag.RowsAffected() == 1
			return nil
		})
	}
	return b.tx.SendBatch(ctx, queue).Close()
}

// created are the entries that are written.
func (b *batch) created(yield func(*incoming) bool) {
	for _, e := range b.entries {
		if e.created && !yield(e) {
			return
		}
	}
}

func (b *batch) turns(ctx context.Context) error {
	columns := []string{"collection_id", "transcript_id", "turn", "label", "speaker", "affiliation", "role", "answers",
		"start_char", "end_char", "start_ms", "end_ms", "text"}
	return b.copy(ctx, "turns", columns, func(yield func([]any) bool) {
		for e := range b.created {
			for _, t := range e.document.Transcript.Turns {
				if !yield([]any{b.key, e.key, t.Index, t.Label, t.Speaker, t.Affiliation, string(t.Role), t.Answers,
					t.Start, t.End, t.StartMS, t.EndMS, t.Text}) {
					return
				}
			}
		}
	})
}

// passages writes the lexical index, and counts its lexemes.
func (b *batch) passages(ctx context.Context) error {
	columns := []string{"collection_id", "transcript_id", "passage", "turn", "start_char", "end_char", "speaker", "role", "date",
		"lexemes", "weights"}
	return b.copy(ctx, "passages", columns, func(yield func([]any) bool) {
		for _, e := range b.entries {
			for _, p := range e.document.Passages {
				row := <-b.rows
				if !e.created {
					continue
				}
				b.counted.add(row.lexemes)
				turn := e.document.Transcript.Turns[p.Turn]
				if !yield([]any{b.key, e.key, p.Ordinal, p.Turn, p.Start, p.End, turn.Speaker, string(turn.Role), e.date, row.lexemes, row.weights}) {
					return
				}
			}
		}
	})
}

func (b *batch) embeddings(ctx context.Context) error {
	columns := []string{"model_id", "collection_id", "transcript_id", "passage", "turn", "speaker", "role", "date", "embedding"}
	return b.copy(ctx, "embeddings", columns, func(yield func([]any) bool) {
		for e := range b.created {
			for i, v := range e.document.Vectors {
				p := e.document.Passages[i]
				turn := e.document.Transcript.Turns[p.Turn]
				if !yield([]any{b.model.id, b.key, e.key, p.Ordinal, p.Turn, turn.Speaker, string(turn.Role), e.date, pgvector.NewHalfVector(v)}) {
					return
				}
			}
		}
	})
}

// uncache gives up the vectors that were kept for the case that this would fail.
func (b *batch) uncache(ctx context.Context) error {
	var cached [][]byte
	for e := range b.created {
		cached = append(cached, e.document.Cached...)
	}
	if len(cached) == 0 {
		return nil
	}
	_, err := b.tx.Exec(ctx, `DELETE FROM embedding_cache WHERE model_id = $1 AND sha256 = ANY ($2)`, b.model.id, cached)
	return err
}

func (b *batch) copy(ctx context.Context, table string, columns []string, rows iter.Seq[[]any]) error {
	next, stop := iter.Pull(rows)
	defer stop()
	_, err := b.tx.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromFunc(func() ([]any, error) {
		row, _ := next()
		return row, nil
	}))
	return err
}

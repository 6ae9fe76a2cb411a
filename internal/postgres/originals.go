package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// original is a file, packed.
type original struct{ sha256, file []byte }

// originals writes the files of the transcripts that were inserted, but for those that
// the collection has: of superseded versions, or of what was added before under another
// name. Nobody else can be writing the same ones, because of the unique index on the
// transcripts.
func (b *batch) originals(ctx context.Context) error {
	files := map[string][]byte{}
	var sums [][]byte
	for _, e := range b.created() {
		if e.prepared.Original != nil {
			files[string(e.sha256)] = e.prepared.Original
			sums = append(sums, e.sha256)
		}
	}
	if len(files) == 0 {
		return nil
	}
	rows, err := b.tx.Query(ctx, `SELECT sha256 FROM originals WHERE collection_id = $1 AND sha256 = ANY ($2)`, b.collection, sums)
	if err != nil {
		return err
	}
	there, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil {
		return err
	}
	for _, sum := range there {
		b.shared = append(b.shared, original{sum, files[string(sum)]})
		delete(files, string(sum))
	}
	var missing [][]any
	for sum, file := range files {
		missing = append(missing, []any{b.collection, []byte(sum), file})
	}
	_, err = b.tx.CopyFrom(ctx, pgx.Identifier{"originals"}, []string{"collection_id", "sha256", "file"}, pgx.CopyFromRows(missing))
	return err
}

// originals writes again those files that were there already and that a deletion has
// removed since. By now the collection is locked, so that none is under way.
func (w *writer) originals(ctx context.Context) error {
	queue := new(pgx.Batch)
	for _, o := range w.shared {
		queue.Queue(`INSERT INTO originals (collection_id, sha256, file) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, w.collection, o.sha256, o.file)
	}
	return w.tx.SendBatch(ctx, queue).Close()
}

// Original implements retrieval.Store.
func (s *Store) Original(ctx context.Context, id string) (packed []byte, err error) {
	if err := validID(id); err != nil {
		return nil, err
	}
	collection, err := s.collectionOf(ctx, s.reader(), id)
	if err == nil {
		err = s.reader().QueryRow(ctx, `
			SELECT o.file FROM `+transcriptsOf(ctx)+` t JOIN originals o ON o.collection_id = t.collection_id AND o.sha256 = t.sha256
			WHERE NOT t.partly AND t.collection_id = $1 AND t.id = $2`, collection, id).Scan(&packed)
	}
	if err = Translate(err); fault.CodeOf(err) == fault.NotFound {
		err = fault.Wrap(err, fault.NotFound, "the file of the transcript %s is not kept", id)
	}
	return packed, err
}

// KeepOriginal implements retrieval.Store. The row of the collection is locked, as by a
// deletion, so that the transcript is still there when the file is. The versions of the
// same file were read alike, as far as anybody knows.
func (s *Store) KeepOriginal(ctx context.Context, id string, packed []byte, reading retrieval.Reading) error {
	if err := validID(id); err != nil {
		return err
	}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var sum []byte
		collection, err := s.collectionOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := lockCollection(ctx, tx, collection); err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `SELECT sha256 FROM transcripts WHERE collection_id = $1 AND id = $2`, collection, id).Scan(&sum)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO originals (collection_id, sha256, file) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, collection, sum, packed)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			UPDATE transcripts SET reading = $3 WHERE collection_id = $1 AND sha256 = $2 AND reading = '{}'`, collection, sum, reading)
		return err
	})
	return unknownTranscript(Translate(err), id)
}

// deleteDocument removes all versions of a transcript, what answers have of them, and the files
// that no other transcript was made of.
func deleteDocument(ctx context.Context, tx pgx.Tx, collection, document string) error {
	var ids []string
	var sums [][]byte
	err := tx.QueryRow(ctx, `
		WITH deleted AS (DELETE FROM transcripts WHERE collection_id = $1 AND document = $2 RETURNING id, sha256)
		SELECT array_agg(id::text), array_agg(sha256) FROM deleted`, collection, document).Scan(&ids, &sums)
	if err != nil {
		return err
	}
	if err := redactAnswers(ctx, tx, ids); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		DELETE FROM originals o
		WHERE o.collection_id = $1 AND o.sha256 = ANY ($2)
		AND NOT EXISTS (SELECT FROM transcripts t WHERE t.collection_id = $1 AND t.sha256 = o.sha256)`, collection, sums)
	return err
}

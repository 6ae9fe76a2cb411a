package postgres

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// Namesakes implements retrieval.Store. Names were once stored as they came, so both
// forms of the name are looked for.
func (s *Store) Namesakes(ctx context.Context, collection, filename string, limit int) (found []retrieval.StoredTranscript, stored int64, err error) {
	id, err := collectionID(ctx, s.pool, collection)
	if err != nil {
		return nil, 0, Translate(err)
	}
	// The number is read first: a file that is stored between the two makes it too small, never too large.
	err = s.pool.QueryRow(ctx, `
		SELECT coalesce(sum(f.stored), 0)::bigint
		FROM filenames f JOIN collections c ON c.id = f.collection_id
		WHERE f.collection_id = @collection_id AND `+grantedCollection+` AND f.filename = @name`,
		s.granted(ctx, pgx.StrictNamedArgs{"collection_id": id, "name": filename})).Scan(&stored)
	if err != nil {
		return nil, 0, Translate(err)
	}
	rows, err := s.pool.Query(ctx, `
		SELECT `+storedColumns+`
		FROM `+transcriptsOf(ctx)+` t JOIN collections c ON c.id = t.collection_id
		WHERE t.collection_id = @collection_id AND `+grantedCollection+` AND t.filename = ANY (@names) AND NOT t.superseded
		ORDER BY t.id DESC
		LIMIT @limit`, s.granted(ctx, pgx.StrictNamedArgs{
		"collection_id": id, "names": []string{norm.NFC.String(filename), norm.NFD.String(filename)}, "limit": limit,
	}))
	if err != nil {
		return nil, 0, Translate(err)
	}
	found, err = pgx.CollectRows(rows, scanStored)
	return found, stored, Translate(err)
}

// countNames counts that files of the entries' names are stored. From here to its end the
// transaction has these names to itself. It comes before any lock of the collection's row,
// so that no two transactions wait for each other.
func (b *batch) countNames(ctx context.Context) (stored map[string]int64, err error) {
	now := map[string]int64{}
	for _, e := range b.rows.entries {
		if name := e.prepared.Filename; name != "" {
			now[name]++
		}
	}
	stored = map[string]int64{}
	queue := new(pgx.Batch)
	for _, name := range slices.Sorted(maps.Keys(now)) { // in one order, so that no two transactions wait for each other
		queue.Queue(`
			INSERT INTO filenames (collection_id, filename, stored) VALUES ($1, $2, $3)
			ON CONFLICT (collection_id, filename) DO UPDATE SET stored = filenames.stored + excluded.stored
			RETURNING stored`, b.collection, name, now[name]).QueryRow(func(row pgx.Row) error {
			var after int64
			err := row.Scan(&after)
			stored[name] = after - now[name]
			return err
		})
	}
	return stored, b.tx.SendBatch(ctx, queue).Close()
}

// checkNames reports where another file of a name was stored after it had been sought
// what a transcript of it replaces, and that is none: it might be that one.
func (b *batch) checkNames(stored map[string]int64) error {
	for _, e := range b.created() {
		if d := e.prepared; d.Replaces == "" && d.Filename != "" && d.NameStored != stored[d.Filename] {
			return fault.New(fault.Conflict, "another file named %s has been stored in the meantime; send this one again", d.Filename)
		}
	}
	return nil
}

// place is where a transcript stands among its versions.
type place struct {
	document string
	version  int
}

// place is where a transcript to be written stands. If it replaces another,
// the collection is locked first, as by a deletion, and the other must be the newest
// version still. A version of the same file takes its place among the files at once, for
// the collection has each of them once; another does so when it is superseded.
func (b *batch) place(ctx context.Context, e *incoming) (p place, err error) {
	replaces := e.prepared.Replaces
	if replaces == "" {
		return place{e.id, 1}, nil
	}
	if err := lockCollection(ctx, b.tx, b.collection); err != nil {
		return p, err
	}
	var superseded bool
	err = b.tx.QueryRow(ctx, `
		SELECT document, version + 1, superseded FROM transcripts WHERE collection_id = $1 AND id = $2`,
		b.collection, replaces).Scan(&p.document, &p.version, &superseded)
	if err == nil && superseded {
		err = fault.New(fault.Conflict, "the transcript %s has been replaced in the meantime; replace its newest version", replaces)
	}
	if err != nil {
		return p, unknownTranscript(Translate(err), replaces)
	}
	_, err = b.tx.Exec(ctx, `UPDATE transcripts SET superseded = true WHERE collection_id = $1 AND id = $2 AND sha256 = $3`, b.collection, replaces, e.sha256)
	return p, err
}

// supersede takes the versions that were replaced out of the indexes and the directory
// of speakers.
func (w *writer) supersede(ctx context.Context) error {
	for _, e := range w.entries {
		if e.created && e.prepared.Replaces != "" {
			if err := supersede(ctx, w.tx, w.collection, e.prepared.Replaces, e.id); err != nil {
				return err
			}
			if err := w.store.note(ctx, w.tx, access.TranscriptChanged, e.prepared.Replaces+" to "+e.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// supersede marks a version as replaced by another, and takes it out of the indexes and
// the directory. Names that a user has set apart in it stay so in the new version.
func supersede(ctx context.Context, tx pgx.Tx, collection, replaced, by string) error {
	_, err := tx.Exec(ctx, `
		UPDATE appearances a SET speaker_id = former.speaker_id
		FROM appearances former
		WHERE a.collection_id = $1 AND a.transcript_id = $2 AND former.collection_id = $1 AND former.transcript_id = $3
		AND former.name = a.name AND former.speaker_id IS NOT NULL`, collection, by, replaced)
	if err != nil {
		return err
	}
	if err := unindex(ctx, tx, collection, replaced); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE transcripts SET superseded = true WHERE collection_id = $1 AND id = $2`, collection, replaced)
	return err
}

// Delete implements retrieval.Store: a transcript is deleted with all its versions,
// and with what answers have of it.
func (s *Store) Delete(ctx context.Context, id string) error {
	if err := validID(id); err != nil {
		return err
	}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		collection, err := s.collectionOf(ctx, tx, id)
		if err != nil {
			return err
		}
		var current, document string
		err = tx.QueryRow(ctx, `SELECT `+currentID+`, t.document FROM `+transcriptsOf(ctx)+` t WHERE t.collection_id = @collection_id AND t.id = @id`,
			pgx.StrictNamedArgs{"collection_id": collection, "id": id}).Scan(&current, &document)
		if err != nil {
			return err
		}
		if err := unindex(ctx, tx, collection, current); err != nil {
			return err
		}
		if err := s.note(ctx, tx, access.TranscriptDeleted, id); err != nil {
			return err
		}
		return deleteDocument(ctx, tx, collection, document)
	})
	return unknownTranscript(Translate(err), id)
}

// unindex takes a transcript out of the statistics, the indexes and the directory. The
// first statement locks the collection, as in writer.statistics.
func unindex(ctx context.Context, tx pgx.Tx, collection, id string) error {
	for _, statement := range []string{
		`UPDATE passage_counts SET passages = passages - (
			SELECT count(*) FROM passages WHERE collection_id = $1 AND transcript_id = $2)
		WHERE collection_id = $1`,
		`UPDATE lexeme_frequencies f SET passages = f.passages - gone.passages
		FROM (
			SELECT lexeme, count(*) AS passages
			FROM passages, unnest(lexemes) AS lexeme
			WHERE collection_id = $1 AND transcript_id = $2
			GROUP BY lexeme
			ORDER BY lexeme
		) AS gone
		WHERE f.collection_id = $1 AND f.lexeme = gone.lexeme`,
		`DELETE FROM passages WHERE collection_id = $1 AND transcript_id = $2`,
		`DELETE FROM sentence_vectors WHERE collection_id = $1 AND transcript_id = $2`,
		`DELETE FROM embeddings WHERE collection_id = $1 AND transcript_id = $2`,
		`DELETE FROM unembeddable WHERE collection_id = $1 AND transcript_id = $2`,
	} {
		if _, err := tx.Exec(ctx, statement, collection, id); err != nil {
			return err
		}
	}
	return leaveDirectory(ctx, tx, collection, id)
}

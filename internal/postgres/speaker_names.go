package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// speakers enters the names of the transcripts that were written into the directory. A
// name that is new goes to the one speaker with a name of the same words, or else begins
// an entry. The names are entered one by one, as the next may go to the entry that one
// has begun.
func (w *writer) speakers(ctx context.Context) error {
	queue := new(pgx.Batch)
	var appearances [][]any
	entered := map[string]bool{}
	for _, e := range w.entries {
		if !e.created {
			continue
		}
		for _, s := range e.speakers {
			appearances = append(appearances, []any{w.collection, e.id, s.Name, s.Turns, s.Affiliations, s.Labels})
			if entered[s.Name] {
				continue
			}
			entered[s.Name] = true
			queue.Queue(`
				WITH same AS (
					SELECT (array_agg(speaker_id))[1] AS id FROM speaker_names
					WHERE collection_id = $1 AND words @> $3 AND words = $3 AND $3 <> '{}'
					HAVING count(DISTINCT speaker_id) = 1
				), made AS (
					INSERT INTO speakers (collection_id, id, name, words)
					SELECT $1, $4::uuid, $2::text, $3
					WHERE NOT EXISTS (SELECT FROM speaker_names WHERE collection_id = $1 AND name = $2) AND NOT EXISTS (TABLE same)
				)
				INSERT INTO speaker_names (collection_id, name, words, speaker_id)
				VALUES ($1, $2, $3, coalesce((SELECT id FROM same), $4))
				ON CONFLICT DO NOTHING`,
				w.collection, s.Name, notNil(s.Words), newID())
		}
	}
	if err := w.tx.SendBatch(ctx, queue).Close(); err != nil {
		return err
	}
	_, err := w.tx.CopyFrom(ctx, pgx.Identifier{"appearances"},
		[]string{"collection_id", "transcript_id", "name", "turns", "affiliations", "labels"}, pgx.CopyFromRows(appearances))
	return err
}

// leaveDirectory takes a transcript out of the directory. Names and speakers that
// then appear in no transcript are removed, unless a user has edited the speaker.
func leaveDirectory(ctx context.Context, tx pgx.Tx, collection, id string) error {
	var names, speakers []string
	err := tx.QueryRow(ctx, `
		SELECT coalesce(array_agg(a.name), '{}'), coalesce(array_agg(coalesce(a.speaker_id, n.speaker_id)::text), '{}')
		FROM appearances a JOIN speaker_names n USING (collection_id, name)
		WHERE a.collection_id = $1 AND a.transcript_id = $2`, collection, id).Scan(&names, &speakers)
	if err != nil {
		return err
	}
	if _, err = tx.Exec(ctx, `DELETE FROM appearances WHERE collection_id = $1 AND transcript_id = $2`, collection, id); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		DELETE FROM speaker_names n
		USING speakers s
		WHERE n.collection_id = $1 AND n.name = ANY ($2) AND s.collection_id = $1 AND s.id = n.speaker_id AND NOT s.edited
		AND NOT EXISTS (SELECT FROM appearances a WHERE a.collection_id = $1 AND a.name = n.name)`, collection, names)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		DELETE FROM speakers s
		WHERE collection_id = $1 AND id = ANY ($2)
		AND NOT EXISTS (SELECT FROM speaker_names n WHERE n.collection_id = $1 AND n.speaker_id = s.id)
		AND NOT EXISTS (SELECT FROM appearances a WHERE a.collection_id = $1 AND a.speaker_id = s.id)`, collection, speakers)
	return err
}

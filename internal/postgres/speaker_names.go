package postgres

import (
	"context"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// speakers enters the names of the transcripts that were written into the directory. A
// name that is new goes to the one speaker with a name of the same words, or else begins
// an entry. The names are entered one by one, as the next may go to the entry that one
// has begun. By now the collection is locked, so that the directory stays as it is read.
func (w *writer) speakers(ctx context.Context) error {
	var appearances, begun, names [][]any
	known, called, err := w.known(ctx)
	if err != nil {
		return err
	}
	for _, e := range w.entries {
		if !e.created {
			continue
		}
		for _, s := range e.speakers {
			appearances = append(appearances, []any{w.collection, e.id, s.Name, s.Turns, s.Affiliations, s.Labels})
			if known[s.Name] {
				continue
			}
			known[s.Name] = true
			words := strings.Join(s.Words, " ")
			id := newID()
			if same := called[words]; len(same) == 1 && words != "" {
				id = same[0]
			} else {
				begun = append(begun, []any{w.collection, id, s.Name, notNil(s.Words)})
				called[words] = append(same, id)
			}
			names = append(names, []any{w.collection, s.Name, notNil(s.Words), id})
		}
	}
	for _, table := range []struct {
		name    string
		columns []string
		rows    [][]any
	}{
		{"speakers", []string{"collection_id", "id", "name", "words"}, begun},
		{"speaker_names", []string{"collection_id", "name", "words", "speaker_id"}, names},
	} {
		if _, err := w.tx.CopyFrom(ctx, pgx.Identifier{table.name}, table.columns, pgx.CopyFromRows(table.rows)); err != nil {
			return err
		}
	}
	_, err = w.tx.CopyFrom(ctx, pgx.Identifier{"appearances"},
		[]string{"collection_id", "transcript_id", "name", "turns", "affiliations", "labels"}, pgx.CopyFromRows(appearances))
	return err
}

// known are the names of the entries that the directory has, and the speakers who are called by
// the words of a name, each once, by those words with a space between them.
func (w *writer) known(ctx context.Context) (names map[string]bool, called map[string][]string, err error) {
	names, called = map[string]bool{}, map[string][]string{}
	var printed, words []string
	for _, e := range w.entries {
		if !e.created {
			continue
		}
		for _, s := range e.speakers {
			if !names[s.Name] {
				names[s.Name] = true
				printed, words = append(printed, s.Name), append(words, strings.Join(s.Words, " "))
			}
		}
	}
	clear(names)
	rows, err := w.tx.Query(ctx, `
		SELECT n.name, array_to_string(n.words, ' '), n.speaker_id::text
		FROM unnest($2::text[]) AS given (words)
		JOIN speaker_names n ON n.collection_id = $1 AND n.words @> string_to_array(given.words, ' ') COLLATE "C" AND n.words = string_to_array(given.words, ' ') COLLATE "C"
		UNION
		SELECT name, array_to_string(words, ' '), speaker_id::text FROM speaker_names WHERE collection_id = $1 AND name = ANY ($3)`, w.collection, words, printed)
	if err != nil {
		return nil, nil, err
	}
	var name, of, speaker string
	_, err = pgx.ForEachRow(rows, []any{&name, &of, &speaker}, func() error {
		names[name] = true
		if !slices.Contains(called[of], speaker) {
			called[of] = append(called[of], speaker)
		}
		return nil
	})
	return names, called, err
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

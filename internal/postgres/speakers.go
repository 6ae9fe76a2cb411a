package postgres

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// namedQuery are the speakers of collection c whom the words $3, or the id $4,
// stand for: those who have that very name, else those who have all of its words
// in one. Their names are the aliases, here and in some transcripts only, and
// what the directory calls them.
const namedQuery = `
	SELECT id FROM (
		SELECT id, exact, bool_or(exact) OVER () AS any_exact
		FROM (
			SELECT speaker_id AS id, words = $3 AS exact FROM speaker_names WHERE collection_id = c.id AND words @> $3
			UNION ALL
			SELECT a.speaker_id, n.words = $3 FROM speaker_names n JOIN appearances a USING (collection_id, name)
			WHERE n.collection_id = c.id AND n.words @> $3 AND a.speaker_id IS NOT NULL
			UNION ALL
			SELECT id, words = $3 FROM speakers WHERE collection_id = c.id AND words @> $3
			UNION ALL
			SELECT id, true FROM speakers WHERE collection_id = c.id AND id = $4
		) AS called
	) AS named WHERE exact OR NOT any_exact`

// speakerQuery are the names of the speakers of namedQuery, and the appearances
// where a name is theirs although it is another's elsewhere, or the reverse.
const speakerQuery = `
	WITH named AS (` + namedQuery + `)
	SELECT
		ARRAY(SELECT name FROM speaker_names WHERE collection_id = c.id AND speaker_id IN (TABLE named) ORDER BY name) AS names,
		apart.transcripts AS transcripts_apart, apart.names AS names_apart
	FROM (
		SELECT array_agg(a.transcript_id::text) AS transcripts, array_agg(a.name) AS names
		FROM appearances a JOIN speaker_names n USING (collection_id, name)
		WHERE a.collection_id = c.id AND a.speaker_id IS NOT NULL
		AND (a.speaker_id IN (TABLE named)) <> (n.speaker_id IN (TABLE named))
	) AS apart
	WHERE $3::text[] IS NOT NULL OR $4::uuid IS NOT NULL`

// speakerExceptions are the appearances of speakerQuery, as the driver reads them.
type speakerExceptions struct{ transcripts, names []string }

func (e speakerExceptions) list() []retrieval.Appearance {
	var list []retrieval.Appearance
	for i, name := range e.names {
		list = append(list, retrieval.Appearance{TranscriptID: e.transcripts[i], Name: name})
	}
	return list
}

// speakerConditions are the values of $3, $8 and $9 in conditions: all names
// under which the scope's speakers appear anywhere, by which the planner
// estimates; and the exceptions, null where there are none: their transcripts,
// by which most rows are told at once, and each with the name at its end.
func speakerConditions(scope retrieval.Scope) (names, transcripts, exceptions []string) {
	if len(scope.Exceptions) == 0 {
		return scope.Speakers, nil, nil
	}
	names = slices.Clone(scope.Speakers)
	for _, e := range scope.Exceptions {
		names = append(names, e.Name)
		transcripts = append(transcripts, e.TranscriptID)
		exceptions = append(exceptions, e.TranscriptID+e.Name)
	}
	slices.Sort(names)
	return slices.Compact(names), transcripts, exceptions
}

// speakerWords are the words of a speaker who is looked for by name, else nil.
func speakerWords(speaker string) []string {
	if speaker == "" || retrieval.ValidID(speaker) {
		return nil
	}
	return notNil(retrieval.NameWords(speaker))
}

// speakerID is the id of a speaker who is looked for by id, else nil.
func speakerID(speaker string) *string {
	if !retrieval.ValidID(speaker) {
		return nil
	}
	return &speaker
}

// speakers enters the names of what was written into the directory, one by one: a
// name may begin the entry that the next one goes to.
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

// leaveDirectory takes a transcript out of the directory, and with it what is
// left without one and was not edited by a user.
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

// Speakers implements retrieval.Directory.
func (s *Store) Speakers(ctx context.Context, q retrieval.SpeakersQuery) (page retrieval.SpeakersPage, err error) {
	if q.Cursor != "" && validID(q.Cursor) != nil {
		return page, fault.New(fault.Invalid, "cursor %q is not one; use the next_cursor of the page before", q.Cursor)
	}
	rows, err := s.pool.Query(ctx, `
		SELECT collection_id::text, id::text, $1::text, name
		FROM speakers
		WHERE collection_id = (SELECT id FROM collections WHERE name = $1)
		AND ($2::uuid IS NULL OR (words, id) > ((SELECT words FROM speakers WHERE id = $2), $2))
		AND ($3::text[] IS NULL AND $4::uuid IS NULL OR id = ANY ((SELECT ARRAY(`+namedQuery+`) FROM collections c WHERE name = $1)::uuid[]))
		ORDER BY words, id
		LIMIT $5`,
		q.Collection, null(q.Cursor), speakerWords(q.Name), speakerID(q.Name), q.Limit+1)
	if err != nil {
		return page, Translate(err)
	}
	entries, err := pgx.CollectRows(rows, scanEntry)
	switch {
	case err != nil:
		return page, Translate(err)
	case len(entries) == 0 && q.Cursor != "":
		return page, fault.New(fault.Invalid, "the speakers have changed since cursor %s; begin again without one", q.Cursor)
	case len(entries) > q.Limit:
		entries = entries[:q.Limit]
		page.NextCursor = entries[q.Limit-1].ID
	}
	page.Speakers, err = describe(ctx, s.pool, entries)
	return page, Translate(err)
}

// Speaker implements retrieval.Directory.
func (s *Store) Speaker(ctx context.Context, id string) (speaker retrieval.Speaker, err error) {
	speaker, err = readSpeaker(ctx, s.pool, id)
	return speaker, unknownSpeaker(Translate(err), id)
}

// entry is a speaker without what transcripts say of them.
type entry struct {
	retrieval.Speaker
	collectionID string
}

func scanEntry(row pgx.CollectableRow) (e entry, err error) {
	err = row.Scan(&e.collectionID, &e.ID, &e.Collection, &e.Name)
	return e, err
}

// queryer is a pool or a transaction.
type queryer interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func readEntry(ctx context.Context, db queryer, id string) (e entry, err error) {
	if err := validID(id); err != nil {
		return e, err
	}
	rows, err := db.Query(ctx, `
		SELECT c.id::text, s.id::text, c.name, s.name
		FROM speakers s JOIN collections c ON c.id = s.collection_id
		WHERE s.id = $1`, id)
	if err != nil {
		return e, err
	}
	return pgx.CollectExactlyOneRow(rows, scanEntry)
}

func readSpeaker(ctx context.Context, db queryer, id string) (s retrieval.Speaker, err error) {
	e, err := readEntry(ctx, db, id)
	if err != nil {
		return s, err
	}
	speakers, err := describe(ctx, db, []entry{e})
	if err != nil {
		return s, err
	}
	return speakers[0], nil
}

// describe completes entries of one collection with their aliases and figures.
// A row with a name is an alias, one without is the whole entry: a transcript
// may have a person under two names, and counts once.
func describe(ctx context.Context, db queryer, entries []entry) ([]retrieval.Speaker, error) {
	speakers := make([]retrieval.Speaker, len(entries))
	ids := make([]string, len(entries))
	place := map[string]*retrieval.Speaker{}
	for i, e := range entries {
		speakers[i], ids[i], place[e.ID] = e.Speaker, e.ID, &speakers[i]
	}
	if len(entries) == 0 {
		return speakers, nil
	}
	rows, err := db.Query(ctx, `
		WITH held AS (
			SELECT n.speaker_id, n.name, a.transcript_id, a.turns, a.affiliations, a.labels, false AS apart
			FROM speaker_names n
			LEFT JOIN appearances a ON a.collection_id = n.collection_id AND a.name = n.name AND a.speaker_id IS NULL
			WHERE n.collection_id = $1 AND n.speaker_id = ANY ($2)
			UNION ALL
			SELECT speaker_id, name, transcript_id, turns, affiliations, labels, true
			FROM appearances
			WHERE collection_id = $1 AND speaker_id = ANY ($2)
		)
		SELECT h.speaker_id::text, h.name, count(DISTINCT h.transcript_id), coalesce(sum(h.turns), 0),
			jsonb_agg(DISTINCT h.affiliations), jsonb_agg(DISTINCT h.labels),
			to_char(min(t.date), 'YYYY-MM-DD'), to_char(max(t.date), 'YYYY-MM-DD'),
			array_agg(h.transcript_id::text ORDER BY h.transcript_id) FILTER (WHERE h.apart),
			ARRAY(SELECT e.transcript_id::text FROM appearances e
				WHERE e.collection_id = $1 AND e.name = h.name AND e.speaker_id <> h.speaker_id ORDER BY e.transcript_id)
		FROM held h LEFT JOIN transcripts t ON t.collection_id = $1 AND t.id = h.transcript_id
		GROUP BY GROUPING SETS ((h.speaker_id), (h.speaker_id, h.name))
		ORDER BY h.name COLLATE "C" NULLS FIRST`, entries[0].collectionID, ids)
	if err != nil {
		return nil, err
	}
	var row struct {
		id                   string
		name                 *string
		transcripts, turns   int
		affiliations, labels [][]string
		first, last          transcript.Optional
		onlyIn, exceptIn     []string
	}
	_, err = pgx.ForEachRow(rows, []any{&row.id, &row.name, &row.transcripts, &row.turns, &row.affiliations, &row.labels,
		&row.first, &row.last, &row.onlyIn, &row.exceptIn}, func() error {
		s := place[row.id]
		if row.name == nil {
			s.Affiliations, s.TranscriptCount, s.TurnCount = union(row.affiliations), row.transcripts, row.turns
			s.FirstDate, s.LastDate = row.first, row.last
			return nil
		}
		if len(row.onlyIn) > 0 {
			row.exceptIn = nil
		}
		s.Aliases = append(s.Aliases, retrieval.Alias{
			Name: *row.name, Labels: union(row.labels), TranscriptCount: row.transcripts, TurnCount: row.turns,
			OnlyIn: notNil(row.onlyIn), ExceptIn: notNil(row.exceptIn),
		})
		return nil
	})
	return speakers, err
}

// union are the texts of lists, each once, in alphabetical order.
func union(lists [][]string) []string {
	all := slices.Concat(lists...)
	slices.Sort(all)
	return notNil(slices.Compact(all))
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func unknownSpeaker(err error, id string) error {
	if fault.CodeOf(err) == fault.NotFound {
		return fault.Wrap(err, fault.NotFound, "there is no speaker %s; list the speakers to see their ids", id)
	}
	return err
}

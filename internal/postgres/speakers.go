package postgres

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Speakers implements retrieval.Directory.
func (s *Store) Speakers(ctx context.Context, q retrieval.SpeakersQuery) (page retrieval.SpeakersPage, err error) {
	if q.Cursor != "" && validID(q.Cursor) != nil {
		return page, fault.New(fault.Invalid, "cursor %q is not one; use the next_cursor of the page before", q.Cursor)
	}
	limit, err := retrieval.PageLimit(q.Limit)
	if err != nil {
		return page, err
	}
	if err := s.grant(ctx).Reach(q.Collection); err != nil {
		return page, err
	}
	id, err := collectionID(ctx, s.reader(), q.Collection)
	if err != nil {
		return page, Translate(err)
	}
	rows, err := s.reader().Query(ctx, `
		SELECT collection_id::text, id::text, @collection::text, name
		FROM open_speakers
		WHERE collection_id = @collection_id AND `+grantedRow("")+`
		AND (@cursor::uuid IS NULL OR (words, id) > ((SELECT words FROM open_speakers WHERE collection_id = @collection_id AND id = @cursor), @cursor))
		AND (@words::text[] IS NULL AND @speaker::uuid IS NULL OR id = ANY (ARRAY(`+namedBy(q.Name)+`)))
		ORDER BY words, id
		LIMIT @limit`,
		s.granted(ctx, pgx.StrictNamedArgs{
			"collection_id": id, "collection": q.Collection, "cursor": null(q.Cursor), "limit": limit + 1,
			"words": speakerWords(q.Name), "speaker": speakerID(q.Name),
		}))
	if err != nil {
		return page, Translate(err)
	}
	entries, err := pgx.CollectRows(rows, scanEntry)
	switch {
	case err != nil:
		return page, Translate(err)
	case len(entries) == 0 && q.Cursor != "":
		return page, fault.New(fault.Invalid, "the speakers have changed since cursor %s; begin again without one", q.Cursor)
	}
	entries, page.NextCursor = retrieval.CutPage(entries, limit, func(e entry) string { return e.ID })
	page.Speakers, err = describe(ctx, s.reader(), entries)
	return page, Translate(err)
}

// Speaker implements retrieval.Directory.
func (s *Store) Speaker(ctx context.Context, id string) (speaker retrieval.Speaker, err error) {
	speaker, err = s.readSpeaker(ctx, s.reader(), id)
	return speaker, unknownSpeaker(Translate(err), id)
}

// namedQuery selects the speakers of the collection @collection_id who are meant by the @words of
// a name: those with a name of exactly these words, or, if there are none, those with a name that
// has all of them. The names of a speaker are the aliases, those in single transcripts included,
// and what the directory calls them.
const namedQuery = `
	SELECT id FROM (
		SELECT id, exact, bool_or(exact) OVER () AS any_exact
		FROM (
			SELECT speaker_id AS id, words = @words AS exact FROM open_speaker_names WHERE collection_id = @collection_id AND words @> @words
			UNION ALL
			SELECT a.speaker_id, n.words = @words FROM open_speaker_names n JOIN open_appearances a USING (collection_id, name)
			WHERE n.collection_id = @collection_id AND a.collection_id = @collection_id AND n.words @> @words AND a.speaker_id IS NOT NULL
			UNION ALL
			SELECT id, words = @words FROM open_speakers WHERE collection_id = @collection_id AND words @> @words
		) AS called
	) AS named WHERE exact OR NOT any_exact`

// idQuery selects the speaker @speaker of the collection.
const idQuery = `SELECT id FROM open_speakers WHERE collection_id = @collection_id AND id = @speaker`

// namedBy selects the speakers who are meant by a name or an id.
func namedBy(speaker string) string {
	if speakerID(speaker) != nil {
		return idQuery
	}
	return namedQuery
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

// entry is a speaker of the directory without what is read from transcripts.
type entry struct {
	retrieval.Speaker
	collectionID string
}

func scanEntry(row pgx.CollectableRow) (e entry, err error) {
	err = row.Scan(&e.collectionID, &e.ID, &e.Collection, &e.Name)
	return e, err
}

func (s *Store) readEntry(ctx context.Context, db querier, id string) (e entry, err error) {
	if err := validID(id); err != nil {
		return e, err
	}
	rows, err := db.Query(ctx, `
		SELECT c.id::text, s.id::text, c.name, s.name
		FROM open_speakers s JOIN collections c ON c.id = s.collection_id
		WHERE s.id = @id AND `+grantedCollection, s.granted(ctx, pgx.StrictNamedArgs{"id": id}))
	if err != nil {
		return e, err
	}
	return pgx.CollectExactlyOneRow(rows, scanEntry)
}

func (s *Store) readSpeaker(ctx context.Context, db querier, id string) (speaker retrieval.Speaker, err error) {
	e, err := s.readEntry(ctx, db, id)
	if err != nil {
		return speaker, err
	}
	speakers, err := describe(ctx, db, []entry{e})
	if err != nil {
		return speaker, err
	}
	return speakers[0], nil
}

// describe completes entries of one collection with their aliases and figures. The
// query has a row for each alias, and one without a name for the whole entry: its
// transcripts are counted apart, since one may have a person under two names and is
// counted once.
func describe(ctx context.Context, db querier, entries []entry) ([]retrieval.Speaker, error) {
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
			FROM open_speaker_names n
			LEFT JOIN open_appearances a ON a.collection_id = n.collection_id AND a.name = n.name AND a.speaker_id IS NULL
			WHERE n.collection_id = $1 AND n.speaker_id = ANY ($2)
			UNION ALL
			SELECT speaker_id, name, transcript_id, turns, affiliations, labels, true
			FROM open_appearances
			WHERE collection_id = $1 AND speaker_id = ANY ($2)
		)
		SELECT h.speaker_id::text, h.name, count(DISTINCT h.transcript_id), coalesce(sum(h.turns), 0),
			jsonb_agg(DISTINCT h.affiliations), jsonb_agg(DISTINCT h.labels),
			to_char(min(t.date), 'YYYY-MM-DD'), to_char(max(t.date), 'YYYY-MM-DD'),
			array_agg(h.transcript_id::text ORDER BY h.transcript_id) FILTER (WHERE h.apart),
			ARRAY(SELECT e.transcript_id::text FROM open_appearances e
				WHERE e.collection_id = $1 AND e.name = h.name AND e.speaker_id <> h.speaker_id ORDER BY e.transcript_id)
		FROM held h LEFT JOIN open_transcripts t ON t.collection_id = $1 AND t.id = h.transcript_id
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
		first, last          model.Optional
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

// union has the texts of all lists, each once, in alphabetical order.
func union(lists [][]string) []string {
	all := slices.Concat(lists...)
	slices.Sort(all)
	return notNil(slices.Compact(all))
}

func unknownSpeaker(err error, id string) error {
	if fault.CodeOf(err) == fault.NotFound {
		return fault.Wrap(err, fault.NotFound, "there is no speaker %s; list the speakers to see their ids", id)
	}
	return err
}

package postgres

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// storedColumns are what scanStored reads of transcript t and collection c, whose id is
// @collection_id.
var storedColumns = `t.id, c.name, t.title, to_char(t.date, 'YYYY-MM-DD'), t.place, t.format, t.language,
	t.speakers, t.turn_count, t.warnings, t.filename, encode(t.sha256, 'hex'), t.created_at, t.version, ` + currentID + `,
	NOT t.partly AND EXISTS (SELECT FROM originals o WHERE o.collection_id = @collection_id AND o.sha256 = t.sha256), t.corrections, t.reading, t.media, ` + waiting + `, ` + unembeddable + `, ` + embargoes

// currentID is the id of the newest version of transcript t, in the collection @collection_id.
const currentID = `CASE WHEN t.superseded THEN (
	SELECT n.id FROM transcripts n WHERE n.collection_id = @collection_id AND n.document = t.document AND NOT n.superseded)
	ELSE t.id END`

func scanStored(row pgx.CollectableRow) (r retrieval.StoredTranscript, err error) {
	err = row.Scan(&r.ID, &r.Collection, &r.Title, &r.Date, &r.Place, &r.Format, &r.Language,
		&r.Speakers, &r.TurnCount, &r.Warnings, &r.Filename, &r.SHA256, &r.CreatedAt, &r.Version, &r.CurrentID,
		&r.HasOriginal, &r.Corrections, &r.Reading, &r.Media, &r.Pending, &r.Unembeddable, &r.Embargo, &r.EmbargoedTurns)
	return r, err
}

// collectionOf is the id of the collection that a transcript is in; "not_found" where the grant
// has none. Only this looks in all collections, and what follows in that one.
func (s *Store) collectionOf(ctx context.Context, db querier, id string) (collection string, err error) {
	err = db.QueryRow(ctx, `SELECT collection_id FROM transcripts WHERE id = @id AND `+grantedRow(""), s.granted(ctx, pgx.StrictNamedArgs{"id": id})).Scan(&collection)
	return collection, err
}

// record reads the one record of a collection, @collection_id, that a condition on t selects.
func (s *Store) record(ctx context.Context, db querier, condition string, args pgx.StrictNamedArgs) (retrieval.StoredTranscript, error) {
	rows, err := db.Query(ctx, `SELECT `+storedColumns+`
		FROM `+transcriptsOf(ctx)+` t JOIN collections c ON c.id = t.collection_id WHERE t.collection_id = @collection_id AND `+grantedCollection+` AND `+condition, s.granted(ctx, args))
	if err != nil {
		return retrieval.StoredTranscript{}, Translate(err)
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanStored)
	return r, Translate(err)
}

// Find implements retrieval.Store.
func (s *Store) Find(ctx context.Context, collection, sha256 string) (retrieval.StoredTranscript, bool, error) {
	if err := s.grant(ctx).Reach(collection); err != nil {
		return retrieval.StoredTranscript{}, false, err
	}
	id, err := collectionID(ctx, s.pool, collection)
	if err != nil {
		return retrieval.StoredTranscript{}, false, Translate(err)
	}
	r, err := s.record(ctx, s.pool, `t.sha256 = decode(@sha256, 'hex') AND NOT t.superseded`,
		pgx.StrictNamedArgs{"collection_id": id, "sha256": sha256})
	if fault.CodeOf(err) == fault.NotFound {
		return retrieval.StoredTranscript{}, false, nil
	}
	return r, err == nil, err
}

// Get implements retrieval.Store.
func (s *Store) Get(ctx context.Context, id string) (retrieval.StoredTranscript, error) {
	if err := validID(id); err != nil {
		return retrieval.StoredTranscript{}, err
	}
	collection, err := s.collectionOf(ctx, s.reader(), id)
	if err != nil {
		return retrieval.StoredTranscript{}, unknownTranscript(Translate(err), id)
	}
	r, err := s.record(ctx, s.reader(), `t.id = @id`, pgx.StrictNamedArgs{"collection_id": collection, "id": id})
	return r, unknownTranscript(err, id)
}

// listKeys are what transcripts t are put in order by; ids are in the order of storing.
var listKeys = map[retrieval.Order]string{
	retrieval.OrderAdded: `t.id`,
	retrieval.OrderTitle: `lower(coalesce(t.title, t.filename, ''))`,
	retrieval.OrderDate:  `coalesce(t.date, '-infinity')`,
}

// listedAbout is what ListQuery.Words are looked for in, of transcript t, as its Terms are folded.
const listedAbout = `regexp_replace(lower(normalize(concat_ws(' ', t.title, t.filename,
	(SELECT string_agg(s ->> 'name', ' ') FROM jsonb_array_elements(t.speakers) s)), NFKD)), '[\u0300-\u036f]', '', 'g')`

// List implements retrieval.Store. A cursor is the last transcript of the page before: the next
// one begins behind what that is put in order by.
func (s *Store) List(ctx context.Context, q retrieval.ListQuery) (retrieval.Page, error) {
	if q.Cursor != "" && validID(q.Cursor) != nil {
		return retrieval.Page{}, fault.New(fault.Invalid, "cursor %q is not one; use the next_cursor of the page before", q.Cursor)
	}
	limit, err := retrieval.PageLimit(q.Limit)
	if err != nil {
		return retrieval.Page{}, err
	}
	if err := s.grant(ctx).Reach(q.Collection); err != nil {
		return retrieval.Page{}, err
	}
	id, err := collectionID(ctx, s.reader(), q.Collection)
	if err != nil {
		return retrieval.Page{}, Translate(err)
	}
	order, down := strings.CutPrefix(string(cmp.Or(q.Order, retrieval.OrderAdded)), "-")
	behind, direction := ">", "ASC"
	if down {
		behind, direction = "<", "DESC"
	}
	key := listKeys[retrieval.Order(order)]
	place, last, ordered := `t.id`, `@cursor::uuid`, `t.id `+direction
	if key != place {
		place, last, ordered = key+`, t.id`, `(SELECT `+key+` FROM `+transcriptsOf(ctx)+` t WHERE t.collection_id = @collection_id AND t.id = @cursor), @cursor`, key+` `+direction+`, `+ordered
	}
	rows, err := s.reader().Query(ctx, `
		SELECT `+storedColumns+`
		FROM `+transcriptsOf(ctx)+` t JOIN collections c ON c.id = t.collection_id
		WHERE t.collection_id = @collection_id AND `+grantedCollection+` AND NOT t.superseded
		AND (@cursor::uuid IS NULL OR (`+place+`) `+behind+` (`+last+`))
		AND NOT EXISTS (SELECT FROM unnest(@terms::text[]) term WHERE strpos(`+listedAbout+`, term) = 0)
		ORDER BY `+ordered+`
		LIMIT @limit`,
		s.granted(ctx, pgx.StrictNamedArgs{"collection_id": id, "cursor": null(q.Cursor), "terms": q.Terms(), "limit": limit + 1}))
	if err != nil {
		return retrieval.Page{}, Translate(err)
	}
	stored, err := pgx.CollectRows(rows, scanStored)
	if err != nil {
		return retrieval.Page{}, Translate(err)
	}
	var page retrieval.Page
	page.Transcripts, page.NextCursor = retrieval.CutPage(stored, limit, func(r retrieval.StoredTranscript) string { return r.ID })
	return page, nil
}

// Turns implements retrieval.Store.
func (s *Store) Turns(ctx context.Context, id string) ([]model.Turn, error) {
	if err := validID(id); err != nil {
		return nil, err
	}
	collection, err := s.collectionOf(ctx, s.reader(), id)
	if err != nil {
		return nil, unknownTranscript(Translate(err), id)
	}
	rows, err := s.reader().Query(ctx, `
		SELECT turn, label, speaker, affiliation, role, answers, start_char, end_char, text, start_ms, end_ms, doubt, continues, cues
		FROM `+turnsOf(ctx)+` t
		WHERE collection_id = $1 AND transcript_id = $2 AND EXISTS (SELECT FROM `+transcriptsOf(ctx)+` d WHERE collection_id = $1 AND id = $2)
		ORDER BY turn`, collection, id)
	if err != nil {
		return nil, Translate(err)
	}
	turns, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t model.Turn, err error) {
		var cues []byte
		err = row.Scan(&t.Index, &t.Label, &t.Speaker, &t.Affiliation, &t.Role, &t.Answers, &t.Start, &t.End, &t.Text, &t.StartMS, &t.EndMS, &t.Doubt, &t.Continues, &cues)
		t.Cues = unpackCues(cues)
		return t, err
	})
	for i, t := range turns { // a question under embargo is not there to be answered
		if t.Answers == nil {
			continue
		}
		if _, found := retrieval.TurnAt(turns, *t.Answers); !found {
			turns[i].Answers = nil
		}
	}
	if err == nil && len(turns) == 0 { // every transcript has turns, so there is no such transcript
		err = pgx.ErrNoRows
	}
	return turns, unknownTranscript(Translate(err), id)
}

// Text implements retrieval.Store.
func (s *Store) Text(ctx context.Context, id string) (text string, err error) {
	if err := validID(id); err != nil {
		return "", err
	}
	collection, err := s.collectionOf(ctx, s.reader(), id)
	if err == nil {
		err = s.reader().QueryRow(ctx, `SELECT text FROM `+transcriptsOf(ctx)+` t WHERE collection_id = $1 AND id = $2`, collection, id).Scan(&text)
	}
	return text, unknownTranscript(Translate(err), id)
}

// collection returns the id of a collection, which it makes if there is none.
func (s *Store) collection(ctx context.Context, name string) (id string, err error) {
	if err := s.grant(ctx).Reach(name); err != nil {
		return "", err
	}
	if id, err = collectionID(ctx, s.pool, name); err != nil || id != noCollection {
		return id, Translate(err)
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO collections (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, newID(), name); err != nil {
			return err
		}
		if id, err = collectionID(ctx, tx, name); err != nil { // another transaction may have made it
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO passage_counts (collection_id) VALUES ($1) ON CONFLICT DO NOTHING`, id)
		return err
	})
	return id, Translate(err)
}

// noCollection is the id of none.
const noCollection = "00000000-0000-0000-0000-000000000000"

// collectionID is the id of a collection, or noCollection where there is none of the name.
// Statements within a collection have it as a value, not null, in every part: only so it is known
// where to send them when the record is distributed.
func collectionID(ctx context.Context, db querier, name string) (id string, err error) {
	err = db.QueryRow(ctx, `SELECT id FROM collections WHERE name = $1`, name).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return noCollection, nil
	}
	return id, err
}

// lockCollection locks a collection until the end of the transaction: nobody else changes its
// statistics or its directory.
func lockCollection(ctx context.Context, tx pgx.Tx, id string) error {
	_, err := tx.Exec(ctx, `SELECT FROM passage_counts WHERE collection_id = $1 FOR UPDATE`, id)
	return err
}

// unknownTranscript says of what a "not found" was.
func unknownTranscript(err error, id string) error {
	if fault.CodeOf(err) == fault.NotFound {
		return fault.Wrap(err, fault.NotFound, "there is no transcript %s; list the transcripts to see their ids", id)
	}
	return err
}

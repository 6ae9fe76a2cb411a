package postgres

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// storedColumns are what scanStored reads of transcript t and collection c.
var storedColumns = `t.id, c.name, t.title, to_char(t.date, 'YYYY-MM-DD'), t.place, t.format, t.language,
	t.speakers, t.turn_count, t.warnings, t.filename, encode(t.sha256, 'hex'), t.created_at, t.version, ` + currentID + `,
	EXISTS (SELECT FROM originals o WHERE o.collection_id = t.collection_id AND o.sha256 = t.sha256), t.corrections, t.reading, t.media, ` + waiting + `, ` + unembeddable

// currentID is the id of the newest version of transcript t.
const currentID = `CASE WHEN t.superseded THEN (
	SELECT n.id FROM transcripts n WHERE n.collection_id = t.collection_id AND n.document = t.document AND NOT n.superseded)
	ELSE t.id END`

func scanStored(row pgx.CollectableRow) (r retrieval.StoredTranscript, err error) {
	err = row.Scan(&r.ID, &r.Collection, &r.Title, &r.Date, &r.Place, &r.Format, &r.Language,
		&r.Speakers, &r.TurnCount, &r.Warnings, &r.Filename, &r.SHA256, &r.CreatedAt, &r.Version, &r.CurrentID,
		&r.HasOriginal, &r.Corrections, &r.Reading, &r.Media, &r.Pending, &r.Unembeddable)
	return r, err
}

// record reads the one record that a condition on t and c selects.
func (s *Store) record(ctx context.Context, condition string, args ...any) (retrieval.StoredTranscript, error) {
	rows, err := s.pool.Query(ctx, `SELECT `+storedColumns+`
		FROM transcripts t JOIN collections c ON c.id = t.collection_id WHERE `+condition, args...)
	if err != nil {
		return retrieval.StoredTranscript{}, Translate(err)
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanStored)
	return r, Translate(err)
}

// Find implements retrieval.Store.
func (s *Store) Find(ctx context.Context, collection, sha256 string) (retrieval.StoredTranscript, bool, error) {
	r, err := s.record(ctx, `c.name = $1 AND t.sha256 = decode($2, 'hex') AND NOT t.superseded`, collection, sha256)
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
	r, err := s.record(ctx, `t.id = $1`, id)
	return r, unknownTranscript(err, id)
}

// List implements retrieval.Store: in the order of ids, which is that of storing.
func (s *Store) List(ctx context.Context, q retrieval.ListQuery) (retrieval.Page, error) {
	after := uuid.Nil.String()
	if q.Cursor != "" {
		if validID(q.Cursor) != nil {
			return retrieval.Page{}, fault.New(fault.Invalid, "cursor %q is not one; use the next_cursor of the page before", q.Cursor)
		}
		after = q.Cursor
	}
	rows, err := s.pool.Query(ctx, `
		SELECT `+storedColumns+`
		FROM transcripts t JOIN collections c ON c.id = t.collection_id
		WHERE c.name = $1 AND t.id > $2 AND NOT t.superseded
		ORDER BY t.id
		LIMIT $3`, q.Collection, after, q.Limit+1)
	if err != nil {
		return retrieval.Page{}, Translate(err)
	}
	stored, err := pgx.CollectRows(rows, scanStored)
	if err != nil {
		return retrieval.Page{}, Translate(err)
	}
	page := retrieval.Page{Transcripts: stored}
	if len(stored) > q.Limit {
		page.Transcripts = stored[:q.Limit]
		page.NextCursor = stored[q.Limit-1].ID
	}
	return page, nil
}

// Turns implements retrieval.Store.
func (s *Store) Turns(ctx context.Context, id string) ([]model.Turn, error) {
	if err := validID(id); err != nil {
		return nil, err
	}
	rows, err := s.pool.Query(ctx, `
		SELECT turn, label, speaker, affiliation, role, answers, start_char, end_char, text, start_ms, end_ms, doubt, continues, cues
		FROM turns
		WHERE (collection_id, transcript_id) = (SELECT collection_id, id FROM transcripts WHERE id = $1)
		ORDER BY turn`, id)
	if err != nil {
		return nil, Translate(err)
	}
	turns, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t model.Turn, err error) {
		var cues []byte
		err = row.Scan(&t.Index, &t.Label, &t.Speaker, &t.Affiliation, &t.Role, &t.Answers, &t.Start, &t.End, &t.Text, &t.StartMS, &t.EndMS, &t.Doubt, &t.Continues, &cues)
		t.Cues = unpackCues(cues)
		return t, err
	})
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
	err = s.pool.QueryRow(ctx, `SELECT text FROM transcripts WHERE id = $1`, id).Scan(&text)
	return text, unknownTranscript(Translate(err), id)
}

// collection returns the id of a collection, which it makes if there is none.
func (s *Store) collection(ctx context.Context, name string) (id string, err error) {
	err = s.pool.QueryRow(ctx, `
		WITH made AS (
			INSERT INTO collections (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING RETURNING id
		)
		SELECT id FROM made UNION ALL SELECT id FROM collections WHERE name = $2 LIMIT 1`,
		uuid.Must(uuid.NewV7()).String(), name).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) { // another transaction has made it since the statement began
		err = s.pool.QueryRow(ctx, `SELECT id FROM collections WHERE name = $1`, name).Scan(&id)
	}
	return id, Translate(err)
}

// unknownTranscript says of what a "not found" was.
func unknownTranscript(err error, id string) error {
	if fault.CodeOf(err) == fault.NotFound {
		return fault.Wrap(err, fault.NotFound, "there is no transcript %s; list the transcripts to see their ids", id)
	}
	return err
}

package postgres

import (
	"context"
	"encoding/hex"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/pgvector/pgvector-go"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

const recordColumns = `t.id, c.name, t.title, to_char(t.date, 'YYYY-MM-DD'), t.place, t.format, t.language,
	t.speakers, t.turn_count, t.warnings, t.filename, encode(t.sha256, 'hex'), t.created_at, t.version, ` + currentID

// currentID is the id of the newest version of transcript t.
const currentID = `CASE WHEN t.superseded THEN (
	SELECT n.id FROM transcripts n WHERE n.collection_id = t.collection_id AND n.document = t.document AND NOT n.superseded)
	ELSE t.id END`

func scanRecord(row pgx.CollectableRow) (r retrieval.Record, err error) {
	err = row.Scan(&r.ID, &r.Collection, &r.Title, &r.Date, &r.Place, &r.Format, &r.Language,
		&r.Speakers, &r.TurnCount, &r.Warnings, &r.Filename, &r.SHA256, &r.CreatedAt, &r.Version, &r.CurrentID)
	return r, err
}

// record reads the one record that a condition on t and c selects.
func (s *Store) record(ctx context.Context, condition string, args ...any) (retrieval.Record, error) {
	rows, err := s.pool.Query(ctx, `SELECT `+recordColumns+`
		FROM transcripts t JOIN collections c ON c.id = t.collection_id WHERE `+condition, args...)
	if err != nil {
		return retrieval.Record{}, translate(err)
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanRecord)
	return r, translate(err)
}

// Find implements retrieval.Store.
func (s *Store) Find(ctx context.Context, collection, sha256 string) (retrieval.Record, bool, error) {
	r, err := s.record(ctx, `c.name = $1 AND t.sha256 = decode($2, 'hex') AND NOT t.superseded`, collection, sha256)
	if fault.CodeOf(err) == fault.NotFound {
		return retrieval.Record{}, false, nil
	}
	return r, err == nil, err
}

// Get implements retrieval.Store.
func (s *Store) Get(ctx context.Context, id string) (retrieval.Record, error) {
	if err := validID(id); err != nil {
		return retrieval.Record{}, err
	}
	r, err := s.record(ctx, `t.id = $1`, id)
	return r, unknownTranscript(err, id)
}

// List implements retrieval.Store: in order of id, which is the order of storing.
func (s *Store) List(ctx context.Context, q retrieval.ListQuery) (retrieval.Page, error) {
	after := uuid.Nil.String()
	if q.Cursor != "" {
		if validID(q.Cursor) != nil {
			return retrieval.Page{}, fault.New(fault.Invalid, "cursor %q is not one; use the next_cursor of the page before", q.Cursor)
		}
		after = q.Cursor
	}
	rows, err := s.pool.Query(ctx, `
		SELECT `+recordColumns+`
		FROM transcripts t JOIN collections c ON c.id = t.collection_id
		WHERE c.name = $1 AND t.id > $2 AND NOT t.superseded
		ORDER BY t.id
		LIMIT $3`, q.Collection, after, q.Limit+1)
	if err != nil {
		return retrieval.Page{}, translate(err)
	}
	records, err := pgx.CollectRows(rows, scanRecord)
	if err != nil {
		return retrieval.Page{}, translate(err)
	}
	page := retrieval.Page{Transcripts: records}
	if len(records) > q.Limit {
		page.Transcripts = records[:q.Limit]
		page.NextCursor = records[q.Limit-1].ID
	}
	return page, nil
}

// Turns implements retrieval.Store.
func (s *Store) Turns(ctx context.Context, id string) ([]transcript.Turn, error) {
	if err := validID(id); err != nil {
		return nil, err
	}
	rows, err := s.pool.Query(ctx, `
		SELECT turn, label, speaker, affiliation, role, answers, start_char, end_char, text, start_ms, end_ms
		FROM turns
		WHERE (collection_id, transcript_id) = (SELECT collection_id, id FROM transcripts WHERE id = $1)
		ORDER BY turn`, id)
	if err != nil {
		return nil, translate(err)
	}
	turns, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t transcript.Turn, err error) {
		err = row.Scan(&t.Index, &t.Label, &t.Speaker, &t.Affiliation, &t.Role, &t.Answers, &t.Start, &t.End, &t.Text, &t.StartMS, &t.EndMS)
		return t, err
	})
	if err == nil && len(turns) == 0 { // a transcript has turns, so there is none
		err = pgx.ErrNoRows
	}
	return turns, unknownTranscript(translate(err), id)
}

// Text implements retrieval.Store.
func (s *Store) Text(ctx context.Context, id string) (text string, err error) {
	if err := validID(id); err != nil {
		return "", err
	}
	err = s.pool.QueryRow(ctx, `SELECT text FROM transcripts WHERE id = $1`, id).Scan(&text)
	return text, unknownTranscript(translate(err), id)
}

// Save implements retrieval.Store. The row of the collection is updated after
// the bulk is written: it is the one row for which concurrent ingests of a
// collection wait, and under which its statistics and its speakers are changed.
func (s *Store) Save(ctx context.Context, d retrieval.Document) (r retrieval.Record, created bool, err error) {
	collection, err := s.collection(ctx, d.Collection)
	if err != nil {
		return r, false, err
	}
	id := uuid.Must(uuid.NewV7()).String()
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		w := &writer{tx: tx, collection: collection, id: id, rows: lexicalRows(ctx, d.Passages)}
		if w.model, err = claimModel(ctx, tx, d.Model); err != nil {
			return err
		}
		place, err := w.place(ctx, d.Replaces)
		if err != nil {
			return err
		}
		if created, err = w.transcript(ctx, d, place); err != nil || !created {
			return err
		}
		for _, step := range []func(context.Context, retrieval.Document) error{w.turns, w.passages, w.embeddings, w.uncache, w.statistics, w.speakers} {
			if err := step(ctx, d); err != nil {
				return err
			}
		}
		return w.supersede(ctx, d.Replaces)
	})
	if err != nil {
		return r, false, translate(err)
	}
	r, _, err = s.Find(ctx, d.Collection, d.SHA256)
	return r, created, err
}

// collection finds or makes a collection and returns its id.
func (s *Store) collection(ctx context.Context, name string) (id string, err error) {
	err = s.pool.QueryRow(ctx, `
		WITH made AS (
			INSERT INTO collections (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING RETURNING id
		)
		SELECT id FROM made UNION ALL SELECT id FROM collections WHERE name = $2 LIMIT 1`,
		uuid.Must(uuid.NewV7()).String(), name).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) { // made by another since the statement began
		err = s.pool.QueryRow(ctx, `SELECT id FROM collections WHERE name = $1`, name).Scan(&id)
	}
	return id, translate(err)
}

// writer writes the rows of one transcript in one transaction.
type writer struct {
	tx         pgx.Tx
	collection string
	id         string
	model      model
	rows       <-chan lexicalRow // of the passages, in their order
	counted    counts            // the lexemes of the rows that were written
}

func (w *writer) transcript(ctx context.Context, d retrieval.Document, at place) (created bool, err error) {
	t := d.Transcript
	sum, err := hex.DecodeString(d.SHA256)
	if err != nil {
		return false, err
	}
	tag, err := w.tx.Exec(ctx, `
		INSERT INTO transcripts (collection_id, id, sha256, filename, title, date, place, format, language, speakers, warnings, turn_count, text,
			document, version)
		VALUES ($1, $2, $3, nullif($4, ''), $5, $6::text::date, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (collection_id, sha256) WHERE NOT superseded DO NOTHING`,
		w.collection, w.id, sum, d.Filename, t.Title, t.Date, t.Place, t.Format, t.Language,
		notNil(t.Speakers), notNil(t.Warnings), len(t.Turns), t.Text,
		at.document, at.version)
	return err == nil && tag.RowsAffected() == 1, err
}

func (w *writer) turns(ctx context.Context, d retrieval.Document) error {
	columns := []string{"collection_id", "transcript_id", "turn", "label", "speaker", "affiliation", "role", "answers",
		"start_char", "end_char", "start_ms", "end_ms", "text"}
	return w.copy(ctx, "turns", columns, len(d.Transcript.Turns), func(i int) []any {
		t := d.Transcript.Turns[i]
		return []any{w.collection, w.id, t.Index, t.Label, t.Speaker, t.Affiliation, string(t.Role), t.Answers,
			t.Start, t.End, t.StartMS, t.EndMS, t.Text}
	})
}

// passages writes the lexical index, and counts its lexemes.
func (w *writer) passages(ctx context.Context, d retrieval.Document) error {
	columns := []string{"collection_id", "transcript_id", "passage", "turn", "start_char", "end_char", "speaker", "role", "date",
		"lexemes", "weights"}
	date, err := date(d)
	if err != nil {
		return err
	}
	w.counted = counts{}
	return w.copy(ctx, "passages", columns, len(d.Passages), func(i int) []any {
		p, row := d.Passages[i], <-w.rows
		w.counted.add(row.lexemes)
		turn := d.Transcript.Turns[p.Turn]
		return []any{w.collection, w.id, p.Ordinal, p.Turn, p.Start, p.End, turn.Speaker, string(turn.Role), date, row.lexemes, row.weights}
	})
}

func (w *writer) embeddings(ctx context.Context, d retrieval.Document) error {
	columns := []string{"model_id", "collection_id", "transcript_id", "passage", "turn", "speaker", "role", "date", "embedding"}
	date, err := date(d)
	if err != nil {
		return err
	}
	for _, v := range d.Vectors { // as long as there is no index, Postgres takes any
		if len(v) != w.model.Dimensions {
			return fault.New(fault.Internal, "a vector has %d dimensions, and those of %s have %d", len(v), w.model.Name, w.model.Dimensions)
		}
	}
	return w.copy(ctx, "embeddings", columns, len(d.Vectors), func(i int) []any {
		p := d.Passages[i]
		turn := d.Transcript.Turns[p.Turn]
		return []any{w.model.id, w.collection, w.id, p.Ordinal, p.Turn, turn.Speaker, string(turn.Role), date, pgvector.NewHalfVector(d.Vectors[i])}
	})
}

// uncache gives up the vectors that were kept for the case that this would fail.
func (w *writer) uncache(ctx context.Context, d retrieval.Document) error {
	if len(d.Cached) == 0 {
		return nil
	}
	_, err := w.tx.Exec(ctx, `DELETE FROM embedding_cache WHERE model_id = $1 AND sha256 = ANY ($2)`, w.model.id, d.Cached)
	return err
}

// statistics counts the passages and their lexemes. Rows are locked in the same
// order by all: first the collection, then the lexemes upwards.
func (w *writer) statistics(ctx context.Context, d retrieval.Document) error {
	_, err := w.tx.Exec(ctx, `UPDATE collections SET passages = passages + $2 WHERE id = $1`, w.collection, len(d.Passages))
	if err != nil {
		return err
	}
	lexemes, passages := w.counted.sorted()
	_, err = w.tx.Exec(ctx, `
		INSERT INTO lexeme_frequencies AS f (collection_id, lexeme, passages)
		SELECT $1, * FROM unnest($2::int[], $3::int[])
		ON CONFLICT (collection_id, lexeme) DO UPDATE SET passages = f.passages + excluded.passages`, w.collection, lexemes, passages)
	return err
}

// date is the event's date in the driver's own type, which COPY wants.
func date(d retrieval.Document) (date pgtype.Date, err error) {
	if d.Transcript.Date == "" {
		return date, nil
	}
	date.Valid = true
	date.Time, err = time.Parse(time.DateOnly, string(d.Transcript.Date))
	return date, err
}

func (w *writer) copy(ctx context.Context, table string, columns []string, n int, row func(int) []any) error {
	_, err := w.tx.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromSlice(n, func(i int) ([]any, error) { return row(i), nil }))
	return err
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func validID(id string) error {
	if !retrieval.ValidID(id) {
		return fault.New(fault.NotFound, "there is nothing by the id %q", id)
	}
	return nil
}

func unknownTranscript(err error, id string) error {
	if fault.CodeOf(err) == fault.NotFound {
		return fault.Wrap(err, fault.NotFound, "there is no transcript %s; list the transcripts to see their ids", id)
	}
	return err
}

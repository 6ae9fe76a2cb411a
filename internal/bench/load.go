package bench

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/retrieval"
)

// Ingest is how fast transcripts are stored, against a bare COPY of the very rows
// into tables with the very indexes.
type Ingest struct {
	Passages       int     `json:"passages"`
	PerSecond      float64 `json:"passages_per_second"` // stored in a load
	OfBareCopy     float64 `json:"of_bare_copy"`        // that speed, as a part of COPY's
	SettleSeconds  float64 `json:"settle_seconds"`      // what follows a load: the vector index, above all
	LivePerSecond  float64 `json:"live_passages_per_second"`
	LiveOfBareCopy float64 `json:"live_of_bare_copy"` // of single transcripts, with all indexes there
}

const (
	// runPassages are stored in one transaction of a load, about as many as there is
	// time for, see retrieval.Library.AddAll.
	runPassages = 20_000
	// pairedPassages are also copied bare: enough to compare.
	pairedPassages = 100_000
	// liveDocuments at the most are stored one by one after the load.
	liveDocuments = 10
)

// tables are what a transcript's rows are in.
var tables = []string{"transcripts", "turns", "passages", "embeddings"}

// loader stores the corpus.
type loader struct {
	store    *postgres.Store
	conn     *pgx.Conn // for the bare copies
	progress Progress
	heldOut  []map[string][]byte
}

func (l *loader) load(ctx context.Context, c *Corpus) (Ingest, error) {
	if err := l.twins(ctx); err != nil {
		return Ingest{}, err
	}
	var r Ingest
	var last []string
	var stored, storedPaired, copied time.Duration
	for prepared := range c.runs() {
		took, ids, err := l.saveAll(ctx, prepared)
		if err != nil {
			return r, err
		}
		last = ids
		stored += took
		if r.Passages < pairedPassages {
			storedPaired += took
			if took, err = l.copyTwins(ctx, ids); err != nil {
				return r, err
			}
			copied += took
		}
		for _, d := range prepared {
			r.Passages += len(d.Passages)
		}
		l.progress("storing passages", r.Passages, c.passages)
	}
	r.PerSecond = float64(r.Passages) / stored.Seconds()
	r.OfBareCopy = copied.Seconds() / storedPaired.Seconds()
	for _, id := range last[len(last)-min(liveDocuments, (c.documents()+9)/10, len(last)):] {
		if err := l.holdOut(ctx, id); err != nil {
			return r, err
		}
	}
	_, err := l.conn.Exec(ctx, `DROP SCHEMA twin CASCADE`)
	return r, err
}

// runs are the transcripts in as many at a time as are stored in one transaction.
func (c *Corpus) runs() iter.Seq[[]retrieval.PreparedTranscript] {
	return func(yield func([]retrieval.PreparedTranscript) bool) {
		var run []retrieval.PreparedTranscript
		for d := range c.Transcripts() {
			if run = append(run, d); len(run)*turnsPerRecord >= runPassages {
				if !yield(run) {
					return
				}
				run = nil
			}
		}
		if len(run) > 0 {
			yield(run)
		}
	}
}

func (l *loader) saveAll(ctx context.Context, prepared []retrieval.PreparedTranscript) (took time.Duration, ids []string, err error) {
	start := time.Now()
	outcomes, err := l.store.SaveAll(ctx, Collection, prepared[0].Model, slices.Values(prepared))
	took = time.Since(start)
	for i, o := range outcomes {
		switch {
		case o.Err != nil:
			return took, nil, fmt.Errorf("%s: %w", prepared[i].Filename, o.Err)
		case !o.Created:
			return took, nil, fmt.Errorf("%s is there already", prepared[i].Filename)
		}
		ids = append(ids, o.Stored.ID)
	}
	return took, ids, err
}

func (l *loader) save(ctx context.Context, d retrieval.PreparedTranscript) (took time.Duration, err error) {
	took, _, err = l.saveAll(ctx, []retrieval.PreparedTranscript{d})
	return took, err
}

// twins makes an empty table with the same columns, indexes and keys beside each.
func (l *loader) twins(ctx context.Context) error {
	statements := `CREATE SCHEMA twin;`
	for _, table := range tables {
		statements += fmt.Sprintf(`CREATE TABLE twin.%s (LIKE %[1]s INCLUDING ALL);`, table)
	}
	for _, table := range tables[1:] {
		statements += fmt.Sprintf(`ALTER TABLE twin.%s ADD FOREIGN KEY (collection_id, transcript_id) REFERENCES twin.transcripts;`, table)
	}
	_, err := l.conn.Exec(ctx, statements)
	return err
}

// copyTwins copies the rows of transcripts into the twins.
func (l *loader) copyTwins(ctx context.Context, ids []string) (took time.Duration, err error) {
	rows, err := l.rows(ctx, ids...)
	if err != nil {
		return 0, err
	}
	return l.copyIn(ctx, "twin.", tables, rows)
}

// rows are those of transcripts in each table, as COPY writes them.
func (l *loader) rows(ctx context.Context, ids ...string) (map[string][]byte, error) {
	rows := map[string][]byte{}
	for _, table := range tables {
		key := "transcript_id"
		if table == "transcripts" {
			key = "id"
		}
		var data bytes.Buffer
		statement := fmt.Sprintf(`COPY (SELECT * FROM %s WHERE %s = ANY ('{%s}')) TO STDOUT (FORMAT binary)`, table, key, strings.Join(ids, ","))
		if _, err := l.conn.PgConn().CopyTo(ctx, &data, statement); err != nil {
			return nil, err
		}
		rows[table] = data.Bytes()
	}
	return rows, nil
}

// copyIn copies rows in one transaction.
func (l *loader) copyIn(ctx context.Context, schema string, tables []string, rows map[string][]byte) (time.Duration, error) {
	start := time.Now()
	err := pgx.BeginFunc(ctx, l.conn, func(tx pgx.Tx) error {
		for _, table := range tables {
			_, err := tx.Conn().PgConn().CopyFrom(ctx, bytes.NewReader(rows[table]), fmt.Sprintf(`COPY %s%s FROM STDIN (FORMAT binary)`, schema, table))
			if err != nil {
				return err
			}
		}
		return nil
	})
	return time.Since(start), err
}

// holdOut takes the rows of a stored transcript, but for its first, out of the
// record: to be copied back when all indexes are there.
func (l *loader) holdOut(ctx context.Context, id string) error {
	rows, err := l.rows(ctx, id)
	if err != nil {
		return err
	}
	for _, table := range tables[1:] {
		if _, err := l.conn.Exec(ctx, fmt.Sprintf(`DELETE FROM %s WHERE transcript_id = $1`, table), id); err != nil {
			return err
		}
	}
	l.heldOut = append(l.heldOut, rows)
	return nil
}

// live stores transcripts one by one in the loaded record, and copies the rows of
// others bare in turn.
func (l *loader) live(ctx context.Context, c *Corpus, r *Ingest) error {
	var stored, copied time.Duration
	passages := 0
	for i, rows := range l.heldOut {
		d := c.document(c.documents() + i)
		took, err := l.save(ctx, d)
		if err != nil {
			return err
		}
		stored += took
		if took, err = l.copyIn(ctx, "", tables[1:], rows); err != nil {
			return err
		}
		copied += took
		passages += len(d.Passages)
		l.progress("storing single transcripts", i+1, len(l.heldOut))
	}
	r.LivePerSecond = float64(passages) / stored.Seconds()
	r.LiveOfBareCopy = copied.Seconds() / stored.Seconds()
	return nil
}

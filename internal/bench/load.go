package bench

import (
	"bytes"
	"context"
	"fmt"
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
	// pairedPassages are also copied bare: enough to compare.
	pairedPassages = 60_000
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
	var ids []string
	var stored, storedPaired, copied time.Duration
	for d := range c.Documents() {
		took, id, err := l.save(ctx, d)
		if err != nil {
			return r, err
		}
		ids = append(ids, id)
		stored += took
		if r.Passages < pairedPassages {
			storedPaired += took
			if took, err = l.copyTwin(ctx, id); err != nil {
				return r, err
			}
			copied += took
		}
		r.Passages += len(d.Passages)
		l.progress("storing passages", r.Passages, c.passages)
	}
	r.PerSecond = float64(r.Passages) / stored.Seconds()
	r.OfBareCopy = copied.Seconds() / storedPaired.Seconds()
	for _, id := range ids[len(ids)-min(liveDocuments, (len(ids)+9)/10):] {
		if err := l.holdOut(ctx, id); err != nil {
			return r, err
		}
	}
	_, err := l.conn.Exec(ctx, `DROP SCHEMA twin CASCADE`)
	return r, err
}

func (l *loader) save(ctx context.Context, d retrieval.Document) (took time.Duration, id string, err error) {
	start := time.Now()
	record, created, err := l.store.Save(ctx, d)
	if err == nil && !created {
		err = fmt.Errorf("%s is there already", d.Filename)
	}
	return time.Since(start), record.ID, err
}

// twins makes an empty table with the same columns and indexes beside each.
func (l *loader) twins(ctx context.Context) error {
	statements := `CREATE SCHEMA twin;`
	for _, table := range tables {
		statements += fmt.Sprintf(`CREATE TABLE twin.%s (LIKE %[1]s INCLUDING ALL);`, table)
	}
	_, err := l.conn.Exec(ctx, statements)
	return err
}

// copyTwin copies the rows of a transcript into the twins.
func (l *loader) copyTwin(ctx context.Context, id string) (took time.Duration, err error) {
	rows, err := l.rows(ctx, id)
	if err != nil {
		return 0, err
	}
	return l.copyIn(ctx, "twin.", tables, rows)
}

// rows are those of a transcript in each table, as COPY writes them.
func (l *loader) rows(ctx context.Context, id string) (map[string][]byte, error) {
	rows := map[string][]byte{}
	for _, table := range tables {
		key := "transcript_id"
		if table == "transcripts" {
			key = "id"
		}
		var data bytes.Buffer
		statement := fmt.Sprintf(`COPY (SELECT * FROM %s WHERE %s = '%s') TO STDOUT (FORMAT binary)`, table, key, id)
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
		took, _, err := l.save(ctx, d)
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

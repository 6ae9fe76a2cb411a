package bench

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Size is what a table takes on disk.
type Size struct {
	Table      string `json:"table"`
	Bytes      int64  `json:"bytes"` // with the values that are kept out of line
	IndexBytes int64  `json:"index_bytes"`
}

func (b *bench) sizes(ctx context.Context) error {
	rows, err := b.conn.Query(ctx, `
		SELECT relname, pg_table_size(oid), pg_indexes_size(oid)
		FROM pg_class
		WHERE relname = ANY ($1) AND relnamespace = 'public'::regnamespace
		ORDER BY pg_total_relation_size(oid) DESC`, append([]string{"lexeme_frequencies"}, tables...))
	if err != nil {
		return err
	}
	b.report.Sizes, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Size])
	return err
}

func (b *bench) ingest(ctx context.Context) error {
	l := &loader{store: b.store, conn: b.conn, progress: b.Progress}
	var err error
	if b.report.Ingest, err = l.load(ctx, b.corpus); err != nil {
		return err
	}
	b.Progress("settling: the vector index, the statistics", 0, 1)
	begin := time.Now()
	if err := b.store.Settle(ctx); err != nil {
		return err
	}
	b.report.Ingest.SettleSeconds = time.Since(begin).Seconds()
	b.report.Passages = b.report.Ingest.Passages
	b.loader = l
	return nil
}

func (b *bench) live(ctx context.Context) error {
	resetPeakMemory()
	err := b.loader.live(ctx, b.corpus, &b.report.Ingest)
	b.report.StoringBytes = peakMemory()
	return err
}

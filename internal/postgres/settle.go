package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

const (
	// indexedFrom is from how many vectors on a model has an HNSW index. Fewer are
	// compared one by one in some milliseconds, which is exact, and are stored much
	// faster without an index.
	indexedFrom = 5_000
	// While the index is made, each row takes the size of its vector and some 750 bytes
	// for its neighbours. From where that does not fit in maintenance_work_mem, the rest
	// takes several times as long.
	bytesPerNeighbours  = 900
	leastIndexMegabytes = 64
	mostIndexMegabytes  = 2048 // unless the server's own setting is more
)

// Settle is the maintenance that a load leaves to be done: it empties the pending list
// of the lexical index, vacuums and analyses what has changed, and makes the index of
// the vectors. Before it, searches are right but slower; while it runs, searching and
// storing go on. It returns at once if nothing is to be done or another process does
// it.
func (s *Store) Settle(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return Translate(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, untimedSession); err != nil { // an index of a large record takes an hour
		return Translate(err)
	}
	var alone bool // the lock lasts until the connection ends
	if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock(hashtext('pullquote.settle'))`).Scan(&alone); err != nil || !alone {
		return Translate(err)
	}
	for _, step := range []func(context.Context, *pgx.Conn) error{emptyPendingList, vacuum, indexServing} {
		if err := step(ctx, conn); err != nil {
			return Translate(err)
		}
	}
	return nil
}

// emptyPendingList empties the pending list of the index of the lexemes, which every search
// by words has to read.
func emptyPendingList(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, `
		SELECT gin_clean_pending_list(oid) FROM pg_class
		WHERE relkind = 'i' AND oid IN (SELECT 'passages_lexemes'::regclass::oid UNION ALL SELECT relid FROM pg_partition_tree('passages_lexemes'))`)
	return err
}

// vacuum vacuums and analyses the tables of which a tenth has changed. The planner then
// knows their statistics, and that the rows of a page are visible to all: such rows
// are counted by an index alone.
func vacuum(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, `
		SELECT quote_ident(relname) FROM pg_stat_user_tables
		WHERE schemaname = current_schema()
		AND (n_mod_since_analyze > 1000 + n_live_tup / 10 OR n_ins_since_vacuum > 1000 + n_live_tup / 10)`)
	if err != nil {
		return err
	}
	changed, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, table := range changed {
		if _, err := conn.Exec(ctx, `VACUUM (ANALYZE) `+table); err != nil {
			return err
		}
	}
	return nil
}

// indexServing makes the index of the serving model once it has enough vectors.
func indexServing(ctx context.Context, conn *pgx.Conn) error {
	m, found, err := servingModel(ctx, conn)
	if err != nil || !found {
		return err
	}
	var many bool
	err = conn.QueryRow(ctx, `SELECT count(*) = $2 FROM (SELECT model_id FROM embeddings WHERE model_id = $1 LIMIT $2) AS enough`, m.id, indexedFrom).Scan(&many)
	if err != nil || !many {
		return err
	}
	return buildIndex(ctx, conn, m)
}

// buildIndex makes the index of a model's vectors, unless there is one; where their table is
// partitioned, that of each partition.
func buildIndex(ctx context.Context, conn *pgx.Conn, m vectorModel) error {
	tables, err := vectorTables(ctx, conn)
	for _, table := range tables {
		if err == nil {
			err = buildIndexOf(ctx, conn, m, table)
		}
	}
	return err
}

// vectorTables are the table of the vectors, or its partitions, as identifiers.
func vectorTables(ctx context.Context, conn *pgx.Conn) ([]string, error) {
	rows, err := conn.Query(ctx, `
		SELECT oid::regclass::text FROM pg_class
		WHERE relkind = 'r' AND oid IN (SELECT 'embeddings'::regclass::oid UNION ALL SELECT relid FROM pg_partition_tree('embeddings'))
		ORDER BY oid`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// buildIndexOf makes the index of one table. It is made concurrently, which lets others write
// meanwhile. If that breaks off, an invalid index is left behind; then it is made anew.
func buildIndexOf(ctx context.Context, conn *pgx.Conn, m vectorModel, table string) error {
	var valid *bool
	err := conn.QueryRow(ctx, `SELECT (SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1))`, indexName(table, m)).Scan(&valid)
	switch {
	case err != nil || valid != nil && *valid:
		return err
	case valid != nil:
		if _, err := conn.Exec(ctx, `DROP INDEX CONCURRENTLY IF EXISTS `+indexName(table, m)); err != nil {
			return err
		}
	}
	var rows, configured int
	if err := conn.QueryRow(ctx, `
		SELECT count(*), pg_size_bytes(current_setting('maintenance_work_mem')) >> 20 FROM `+table+` WHERE model_id = $1`,
		m.id).Scan(&rows, &configured); err != nil {
		return err
	}
	megabytes := rows * (2*m.Dimensions + bytesPerNeighbours) >> 20
	memory := min(max(megabytes, leastIndexMegabytes), max(mostIndexMegabytes, configured))
	if _, err := conn.Exec(ctx, fmt.Sprintf(`SET maintenance_work_mem = '%dMB'`, memory)); err != nil {
		return err
	}
	// What a load has just stored may not be in the statistics that vacuum goes by: other
	// connections tell them with a delay of a second. A planner that knows no rows uses no index.
	for _, statement := range []string{indexStatement(table, m), `ANALYZE ` + table} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

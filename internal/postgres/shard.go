package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
)

// referenceTables have a copy on every node. They are small and seldom written, and statements
// join them with what is distributed.
var referenceTables = []string{"collections", "embedding_models"}

// firstTable is distributed first, and every other in the same way, so that all rows of a
// collection are on one node.
const firstTable = "transcripts"

// Sharding are the statements that distribute a database over the nodes of a Citus cluster.
// There are none where it is distributed already.
type Sharding struct {
	Statements []string
	Sizes      []TableSize // of the tables that they move
}

// TableSize is a table that is to be moved.
type TableSize struct {
	Table string
	Rows  int64 // as the planner takes it
	Bytes int64 // with indexes
}

// PlanSharding says how a database would be distributed: every table with a collection_id by
// that, all alike, and a copy of the reference tables and of functions on every node; the rest stays
// on the coordinator. What is distributed already is left as it is. The error is "unavailable" where the
// database has no Citus, or not the newest schema.
//
// A foreign key can lead neither from a table that is not distributed to one that is, nor back.
// So the keys between the tables are taken away first, and given back at the end.
func PlanSharding(ctx context.Context, url string) (s Sharding, err error) {
	conn, err := connectSharding(ctx, url)
	if err != nil {
		return s, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	s, err = planSharding(ctx, conn)
	return s, Translate(err)
}

// Shard distributes a database as PlanSharding says, all or nothing, and returns what it did.
// Until it is done, whoever writes waits.
func Shard(ctx context.Context, url string) (s Sharding, err error) {
	conn, err := connectSharding(ctx, url)
	if err != nil {
		return s, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) (err error) {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('pullquote.shard'))`); err != nil { // one at a time
			return err
		}
		if s, err = planSharding(ctx, tx); err != nil {
			return err
		}
		for _, statement := range s.Statements {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fault.Wrap(err, fault.Unavailable, "the database could not be distributed: %v, at %s", err, statement)
			}
		}
		return nil
	})
	return s, Translate(err)
}

// connectSharding connects to a database that can be distributed.
func connectSharding(ctx context.Context, url string) (*pgx.Conn, error) {
	current, newest, err := SchemaVersions(ctx, url)
	if err != nil {
		return nil, err
	}
	if current < newest {
		return nil, fault.New(fault.Unavailable, "the database has version %d of the schema, and %d is the newest: run `pullquote migrate` first", current, newest)
	}
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, invalidURL("DATABASE_URL", err)
	}
	config.RuntimeParams["statement_timeout"] = "0" // it moves every row
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, Translate(err)
	}
	if there, err := HasCitus(ctx, conn); err != nil || !there {
		conn.Close(context.WithoutCancel(ctx))
		if err == nil {
			err = fault.New(fault.Unavailable, "the database has no Citus").
				WithHint("have the server's nodes load it (shared_preload_libraries), CREATE EXTENSION citus and vector on each, and add the workers by citus_add_node; see doc/SCALING.md. On one machine the record needs none")
		}
		return nil, Translate(err)
	}
	return conn, nil
}

// HasCitus reports whether the database has the extension.
func HasCitus(ctx context.Context, conn *pgx.Conn) (there bool, err error) {
	err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')`).Scan(&there)
	return there, err
}

// shardNew distributes what migrations have made, where the rest is.
func shardNew(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	there, err := HasCitus(ctx, conn)
	if err != nil || !there {
		return err
	}
	var sharded bool
	err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = to_regclass($1))`, firstTable).Scan(&sharded)
	if err == nil && sharded {
		_, err = Shard(ctx, url)
	}
	return err
}

func planSharding(ctx context.Context, db querier) (s Sharding, err error) {
	references, err := unsharded(ctx, db, `c.relname = ANY ($1)`, referenceTables)
	if err != nil {
		return s, err
	}
	tables, err := unsharded(ctx, db, `EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'collection_id' AND NOT attisdropped)`)
	if err != nil {
		return s, err
	}
	functions, err := unsharedFunctions(ctx, db)
	if err != nil || len(references)+len(tables)+len(functions) == 0 {
		return s, err
	}
	s.Sizes = append(references, tables...)
	keys, err := foreignKeys(ctx, db, s.Sizes)
	if err != nil {
		return s, err
	}
	// By one connection for each node: what was done before is seen by what comes after.
	s.Statements = append(s.Statements, `SET LOCAL citus.multi_shard_modify_mode = 'sequential'`)
	for _, f := range functions {
		s.Statements = append(s.Statements, fmt.Sprintf(`SELECT create_distributed_function('%s')`, f))
	}
	for _, k := range keys {
		s.Statements = append(s.Statements, fmt.Sprintf(`ALTER TABLE %s DROP CONSTRAINT %s`, k.table, k.name))
	}
	for _, t := range references {
		s.Statements = append(s.Statements, fmt.Sprintf(`SELECT create_reference_table('%s')`, t.Table))
	}
	for _, t := range tables {
		colocate := firstTable
		if t.Table == firstTable {
			colocate = "none"
		}
		s.Statements = append(s.Statements, fmt.Sprintf(`SELECT create_distributed_table('%s', 'collection_id', colocate_with => '%s')`, t.Table, colocate))
	}
	for _, t := range s.Sizes { // the rows have been copied
		s.Statements = append(s.Statements, fmt.Sprintf(`SELECT truncate_local_data_after_distributing_table('%s')`, t.Table))
	}
	for _, k := range keys {
		s.Statements = append(s.Statements, fmt.Sprintf(`ALTER TABLE %s ADD CONSTRAINT %s %s`, k.table, k.name, k.definition))
	}
	return s, nil
}

// unsharded are the tables of a condition that are on one node only, the first table first.
func unsharded(ctx context.Context, db querier, condition string, args ...any) ([]TableSize, error) {
	rows, err := db.Query(ctx, `
		SELECT quote_ident(c.relname), greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid)
		FROM pg_class c
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
		AND NOT EXISTS (SELECT FROM pg_dist_partition p WHERE p.logicalrelid = c.oid)
		AND `+condition+`
		ORDER BY c.relname <> '`+firstTable+`', c.relname COLLATE "C"`, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[TableSize])
}

// unsharedFunctions are the schema's functions that the coordinator alone has, as those have that were
// made before the database had Citus. Statements call them on the workers.
func unsharedFunctions(ctx context.Context, db querier) ([]string, error) {
	rows, err := db.Query(ctx, `
		SELECT f.oid::regprocedure::text COLLATE "C" FROM pg_proc f
		WHERE f.pronamespace = current_schema()::regnamespace AND f.prokind = 'f' AND f.prorettype <> 'trigger'::regtype
		AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'e')
		AND NOT EXISTS (SELECT FROM pg_dist_object o WHERE o.classid = 'pg_proc'::regclass AND o.objid = f.oid)
		ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

type foreignKey struct{ table, name, definition string }

// foreignKeys are those of tables, and those that lead to them.
func foreignKeys(ctx context.Context, db querier, tables []TableSize) ([]foreignKey, error) {
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.Table
	}
	rows, err := db.Query(ctx, `
		SELECT k.conrelid::regclass::text, quote_ident(k.conname), pg_get_constraintdef(k.oid)
		FROM pg_constraint k
		WHERE k.contype = 'f' AND k.conparentid = 0 AND ARRAY[k.conrelid, k.confrelid] && $1::text[]::regclass[]::oid[]
		ORDER BY k.conrelid::regclass::text COLLATE "C", k.conname COLLATE "C"`, names)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (k foreignKey, err error) {
		err = row.Scan(&k.table, &k.name, &k.definition)
		return k, err
	})
}

// String are the statements as one transaction, with what each table costs as comments.
func (s Sharding) String() string {
	var b strings.Builder
	for _, t := range s.Sizes {
		fmt.Fprintf(&b, "-- %s: about %d rows, %.1f MB with indexes\n", t.Table, t.Rows, float64(t.Bytes)/1e6)
	}
	b.WriteString("BEGIN;\n")
	for _, statement := range s.Statements {
		b.WriteString(statement + ";\n")
	}
	b.WriteString("COMMIT;\n")
	return b.String()
}

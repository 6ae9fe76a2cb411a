package migrations_test

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/migrations"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// rows are some in each kind of table: with a key that others refer to, with a
// vector, with an identity.
const rows = `
	INSERT INTO collections (id, name, passages) VALUES ('01900000-0000-7000-8000-000000000001', 'news', 1);
	INSERT INTO transcripts (collection_id, id, sha256, format, speakers, warnings, turn_count, text, document)
		VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002', '\xab', 'json', '[]', '{}', 1, 'Nine.', '01900000-0000-7000-8000-000000000002');
	INSERT INTO speakers (collection_id, id, name, words)
		VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000003', 'Una Marsh', '{una,marsh}');
	INSERT INTO speaker_names (collection_id, name, words, speaker_id)
		VALUES ('01900000-0000-7000-8000-000000000001', 'Una Marsh', '{una,marsh}', '01900000-0000-7000-8000-000000000003');
	INSERT INTO passages (collection_id, transcript_id, passage, turn, start_char, end_char, role, lexemes, weights)
		VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002', 0, 0, 0, 5, 'statement', '{7}', '{7:0.5}/536870913');
	INSERT INTO embedding_models (name, dimensions, serving) VALUES ('m', 3, true);
	INSERT INTO embeddings (model_id, collection_id, transcript_id, passage, turn, role, embedding)
		VALUES (1, '01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002', 0, 0, 'statement', '[1,2,3]');
	INSERT INTO conversations (id) VALUES ('01900000-0000-7000-8000-000000000004');
	INSERT INTO answers (conversation_id, id, answer, created_at)
		VALUES ('01900000-0000-7000-8000-000000000004', '01900000-0000-7000-8000-000000000005', '{"question": "How many?"}', now());`

// A database of the first numbering gets to the schema that a new one has, and what
// it holds stays as it is.
func TestRenumber(t *testing.T) {
	t.Parallel()
	db := firstNumbering(t)
	exec(t, db, rows)
	columns := columnsOf(t, db)
	delete(columns, "embedding_cache")                                                    // which a later version has no use for
	columns["collections"] = strings.Replace(columns["collections"], "passages, ", "", 1) // which are counted elsewhere then
	before := contents(t, db, columns)
	if current, newest, err := migrations.Versions(t.Context(), db); err != nil || current != 0 || newest < 1 {
		t.Errorf("before, the version is %d of %d, %v", current, newest, err)
	}
	var servers sync.WaitGroup
	for range 4 { // at once
		servers.Go(func() {
			if _, err := migrations.Up(t.Context(), db); err != nil {
				t.Error(err)
			}
		})
	}
	servers.Wait()
	if current, newest, err := migrations.Versions(t.Context(), db); err != nil || current != newest {
		t.Errorf("afterwards, the version is %d of %d, %v", current, newest, err)
	}
	if after := contents(t, db, columns); !slices.Equal(after, before) {
		t.Errorf("the record was\n%s\nand is\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	if applied, err := migrations.Up(t.Context(), db); applied != 0 || err != nil {
		t.Errorf("a second time %d migrations are applied, %v", applied, err)
	}
	fresh := open(t)
	if _, err := migrations.Up(t.Context(), fresh); err != nil {
		t.Fatal(err)
	}
	want := schema(t, fresh)
	if len(want) < 200 {
		t.Fatalf("the schema has %d properties only", len(want))
	}
	differ(t, schema(t, db), want)
}

// A database from the midst of the first numbering is left as it is.
func TestRenumberOlder(t *testing.T) {
	t.Parallel()
	for _, missing := range []string{"version_id = 15", "version_id = 8", "version_id > 3"} {
		t.Run(missing, func(t *testing.T) {
			t.Parallel()
			db := firstNumbering(t)
			exec(t, db, "DELETE FROM goose_db_version WHERE "+missing)
			before := schema(t, db)
			if applied, err := migrations.Up(t.Context(), db); applied != 0 || !errors.Is(err, migrations.ErrOlder) {
				t.Errorf("%d migrations are applied, %v", applied, err)
			}
			if _, _, err := migrations.Versions(t.Context(), db); !errors.Is(err, migrations.ErrOlder) {
				t.Errorf("the versions are told: %v", err)
			}
			differ(t, schema(t, db), before)
		})
	}
}

// A database in which the first numbering was only begun is a new one.
func TestRenumberNothing(t *testing.T) {
	t.Parallel()
	db := open(t)
	exec(t, db, "CREATE TABLE goose_db_version (version_id bigint, is_applied boolean); INSERT INTO goose_db_version VALUES (0, true)")
	if applied, err := migrations.Up(t.Context(), db); applied == 0 || err != nil {
		t.Errorf("%d migrations are applied, %v", applied, err)
	}
}

func open(t *testing.T) *sql.DB {
	t.Helper()
	config, err := pgx.ParseConfig(postgrestest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	db := stdlib.OpenDB(*config)
	t.Cleanup(func() { db.Close() })
	return db
}

func firstNumbering(t *testing.T) *sql.DB {
	t.Helper()
	dump, err := os.ReadFile("testdata/first_numbering.sql")
	if err != nil {
		t.Fatal(err)
	}
	db := open(t)
	exec(t, db, string(dump))
	return db
}

func exec(t *testing.T, db *sql.DB, statements string) {
	t.Helper()
	if _, err := db.ExecContext(context.WithoutCancel(t.Context()), statements); err != nil {
		t.Fatal(err)
	}
}

// differ tells which properties two schemas do not share.
func differ(t *testing.T, got, want []string) {
	t.Helper()
	for _, p := range got {
		if !slices.Contains(want, p) {
			t.Errorf("only the migrated schema has %s", p)
		}
	}
	for _, p := range want {
		if !slices.Contains(got, p) {
			t.Errorf("the migrated schema lacks %s", p)
		}
	}
}

// columnsOf are the columns of the record, by table.
func columnsOf(t *testing.T, db *sql.DB) map[string]string {
	t.Helper()
	columns := map[string]string{}
	for _, line := range lines(t, db, `
		SELECT table_name || ' ' || string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name !~ 'version' GROUP BY table_name`) {
		table, list, _ := strings.Cut(line, " ")
		columns[table] = list
	}
	return columns
}

// contents are all rows of the record, with these columns.
func contents(t *testing.T, db *sql.DB, columns map[string]string) (rows []string) {
	t.Helper()
	for _, table := range slices.Sorted(maps.Keys(columns)) {
		rows = append(rows, lines(t, db, `SELECT '`+table+` ' || ROW(`+columns[table]+`)::text FROM `+table+` ORDER BY 1`)...)
	}
	return rows
}

// schema are the properties of all that migrations make, each on a line.
func schema(t *testing.T, db *sql.DB) []string {
	t.Helper()
	return lines(t, db, `
		WITH ours AS (
			SELECT * FROM pg_class c
			WHERE relnamespace = 'public'::regnamespace
			AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') -- of an extension
		)
		SELECT concat_ws(' ', 'relation', relname, relkind, relpersistence, reloptions::text) FROM ours
		UNION ALL
		SELECT concat_ws(' ', 'column', relname, attnum::text, attname, format_type(atttypid, atttypmod), attcollation::regcollation::text,
			'notnull', attnotnull::text, 'identity', attidentity, 'storage', attstorage, 'compression', attcompression, pg_get_expr(adbin, adrelid))
		FROM ours JOIN pg_attribute a ON attrelid = ours.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
		WHERE attnum > 0 AND relkind IN ('r', 'i')
		UNION ALL
		SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisunique::text, indisvalid::text)
		FROM pg_index JOIN ours ON indrelid = ours.oid
		UNION ALL
		SELECT concat_ws(' ', 'constraint', relname, conname, pg_get_constraintdef(n.oid))
		FROM pg_constraint n JOIN ours ON conrelid = ours.oid WHERE contype <> 'n' -- those not null, see the columns
		UNION ALL
		SELECT concat_ws(' ', 'trigger', relname, pg_get_triggerdef(g.oid)) FROM pg_trigger g JOIN ours ON tgrelid = ours.oid WHERE NOT tgisinternal
		UNION ALL
		SELECT concat_ws(' ', 'function', pg_get_functiondef(oid)) FROM pg_proc f
		WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
		AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = f.oid AND d.deptype = 'e')
		UNION ALL
		SELECT concat_ws(' ', 'value of', enumtypid::regtype::text, enumlabel, row_number() OVER (ORDER BY enumtypid, enumsortorder)::text) FROM pg_enum
		UNION ALL
		SELECT concat_ws(' ', 'extension', extname) FROM pg_extension
		ORDER BY 1`)
}

func lines(t *testing.T, db *sql.DB, query string) (lines []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

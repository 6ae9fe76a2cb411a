package backup

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/localpg"
	"github.com/pullquote/pullquote/internal/postgres"
)

// Source is what a backup is made of.
type Source struct {
	Database string   // a connection string
	Program  string   // the version of this program
	DataDir  string   // in which Files are; empty: none
	Files    []string // of it, by their names; those that are missing are none
	Models   []string // the encoders that are installed
}

// Write writes a backup into a new file; into one that is there already only if replace is set.
// The size is the file's.
func Write(ctx context.Context, path string, replace bool, s Source, progress Progress) (m Manifest, size int64, err error) {
	if err := mayWrite(path, replace); err != nil {
		return m, 0, err
	}
	moment, err := s.hold(ctx)
	if err != nil {
		return m, 0, err
	}
	defer moment.release()
	m = Manifest{
		Layout: layout, Program: s.Program, Schema: moment.schema, CreatedAt: time.Now().UTC().Truncate(time.Second),
		Postgres: moment.server, PgDump: moment.pgDump.Major, Rows: moment.rows, Models: append([]string{}, s.Models...),
	}
	size, err = writeFile(path, replace, func(to io.Writer) error {
		w := &writer{zip: zip.NewWriter(to)}
		err := w.add(dumpName, func(to io.Writer) error { return moment.dump(ctx, s.Database, to, progress) })
		for _, name := range s.Files {
			if err == nil {
				err = w.addFile(s.DataDir, name)
			}
		}
		if err == nil {
			err = w.close(m)
		}
		m.Files = w.files
		if e, ok := errors.AsType[*fault.Error](err); ok {
			return e
		}
		if err != nil && ctx.Err() == nil {
			return unwritable(err, path)
		}
		return err
	})
	return m, size, err
}

// addFile adds a file of the data directory, if it is there.
func (w *writer) addFile(dir, name string) error {
	f, err := os.Open(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "%s of the data directory cannot be read (%s)", name, reason(err))
	}
	defer f.Close()
	return w.add(filesFolder+name, func(to io.Writer) error { _, err := io.Copy(to, f); return err })
}

// moment is a snapshot of a database that a transaction holds.
type moment struct {
	conn     *pgx.Conn
	pgDump   localpg.Client
	snapshot string
	server   string // its version
	schema   int64
	rows     map[string]int64
	sizes    map[string]int64 // of the tables, in bytes
}

// hold begins a transaction whose snapshot pg_dump is to read by, too.
func (s Source) hold(ctx context.Context) (*moment, error) {
	config, err := parse(s.Database)
	if err != nil {
		return nil, err
	}
	m := &moment{rows: map[string]int64{}, sizes: map[string]int64{}}
	if m.schema, _, err = postgres.SchemaVersions(ctx, s.Database); err != nil {
		return nil, err
	}
	if m.conn, err = pgx.ConnectConfig(ctx, config); err != nil {
		return nil, postgres.Translate(err)
	}
	if err := m.begin(ctx); err != nil {
		m.release()
		return nil, postgres.Translate(err)
	}
	return m, nil
}

func (m *moment) begin(ctx context.Context) error {
	var number int
	err := m.conn.QueryRow(ctx, `SELECT current_setting('server_version'), current_setting('server_version_num')::int`).Scan(&m.server, &number)
	if err != nil {
		return err
	}
	m.server, _, _ = strings.Cut(m.server, " ") // behind which a packager may write their own
	if m.pgDump, err = localpg.FindClient(ctx, "pg_dump", number/10_000); err != nil {
		return err
	}
	if _, err := m.conn.Exec(ctx, `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`); err != nil {
		return err
	}
	if err := m.conn.QueryRow(ctx, `SELECT pg_export_snapshot()`).Scan(&m.snapshot); err != nil {
		return err
	}
	if m.rows, err = countRows(ctx, m.conn); err != nil {
		return err
	}
	m.sizes, err = tableSizes(ctx, m.conn)
	return err
}

func (m *moment) release() {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	_ = m.conn.Close(ctx)
}

const closeTimeout = 5 * time.Second

// lockTimeout is how long pg_dump waits for whoever changes the schema, in milliseconds: that
// takes seconds.
const lockTimeout = 60_000

// dump has pg_dump write the database. The dump is compressed at the least level: most of it are
// vectors and files that are compressed already, which a higher one makes hardly smaller and
// takes several times as long.
func (m *moment) dump(ctx context.Context, connection string, to io.Writer, progress Progress) error {
	config, err := parse(connection)
	if err != nil {
		return err
	}
	env, err := environment(connection, config.Database)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, m.pgDump.Path, "--format=custom", "--compress=1", "--no-password", "--verbose",
		"--no-owner", "--no-privileges", "--no-comments", // whoever restores owns it
		"--no-toast-compression", // which the server there may not know
		"--extension=vector",     // and not Citus, where the record is distributed: whoever restores distributes it again
		fmt.Sprintf("--lock-wait-timeout=%d", lockTimeout), "--snapshot="+m.snapshot)
	cmd.Env = env
	cmd.WaitDelay = closeTimeout
	kept := &destination{Writer: to}
	cmd.Stdout = kept
	said := &messages{each: m.follow(progress)}
	cmd.Stderr = said
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case kept.err != nil:
		return kept.err
	case err != nil:
		return fault.Wrap(err, fault.Unavailable, "pg_dump failed, and no backup was written: %s", said.failure(err))
	}
	return nil
}

// follow tells how far pg_dump is by the tables that it says it is at.
func (m *moment) follow(progress Progress) func(line string) {
	var total, done, at int64
	for _, size := range m.sizes {
		total += size
	}
	return func(line string) {
		_, table, found := strings.Cut(line, `dumping contents of table "`)
		if !found {
			return
		}
		table = strings.Trim(strings.ReplaceAll(table, `"."`, "."), `"`)
		_, name, _ := strings.Cut(table, ".")
		done += at
		at = m.sizes[name]
		progress(name, done, total)
	}
}

// destination keeps the error of a destination, which pg_dump only knows as a closed pipe.
type destination struct {
	io.Writer
	err error
}

func (f *destination) Write(p []byte) (int, error) {
	n, err := f.Writer.Write(p)
	if err != nil {
		f.err = err
	}
	return n, err
}

// messages is what a program of Postgres's says, line by line.
type messages struct {
	each func(line string)
	rest []byte
	errs []string // those of errors, the first few
}

func (m *messages) Write(p []byte) (int, error) {
	m.rest = append(m.rest, p...)
	for {
		line, rest, found := bytes.Cut(m.rest, []byte("\n"))
		if !found {
			return len(p), nil
		}
		m.rest = rest
		m.line(string(line))
	}
}

func (m *messages) line(line string) {
	const most = 3
	_, failure, found := strings.Cut(line, "error: ")
	if found && len(m.errs) < most {
		m.errs = append(m.errs, failure)
	}
	if m.each != nil {
		m.each(line)
	}
}

// failure is what went wrong, in one line.
func (m *messages) failure(err error) string {
	if len(m.errs) == 0 {
		m.errs = []string{err.Error()}
	}
	scanner := bufio.NewScanner(strings.NewReader(m.errs[0]))
	scanner.Scan()
	return scanner.Text()
}

// countRows counts the rows of all tables, which a transaction that repeats its reads sees at one
// moment.
func countRows(ctx context.Context, conn *pgx.Conn) (map[string]int64, error) {
	names, err := tables(ctx, conn)
	if err != nil {
		return nil, err
	}
	rows := map[string]int64{}
	for _, table := range names {
		var n int64
		if err := conn.QueryRow(ctx, `SELECT count(*) FROM `+table.Sanitize()).Scan(&n); err != nil {
			return nil, err
		}
		rows[tableName(table)] = n
	}
	return rows, nil
}

// tables are all tables of a database but the system's and those of extensions.
func tables(ctx context.Context, conn *pgx.Conn) ([]pgx.Identifier, error) {
	rows, err := conn.Query(ctx, `
		SELECT schemaname, tablename FROM pg_tables
		WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname NOT LIKE 'pg\_temp%'
		AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = format('%I.%I', schemaname, tablename)::regclass AND deptype = 'e')
		ORDER BY 1, 2`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (pgx.Identifier, error) {
		name := make(pgx.Identifier, 2)
		err := row.Scan(&name[0], &name[1])
		return name, err
	})
}

// tableName is a table without its schema, where that is the usual one.
func tableName(table pgx.Identifier) string {
	if table[0] == "public" {
		return table[1]
	}
	return strings.Join(slices.Clone(table), ".")
}

func tableSizes(ctx context.Context, conn *pgx.Conn) (map[string]int64, error) {
	rows, err := conn.Query(ctx, `
		SELECT relname, pg_table_size(c.oid) FROM pg_class c
		WHERE relkind = 'r' AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`)
	if err != nil {
		return nil, err
	}
	sizes := map[string]int64{}
	var name string
	var size int64
	_, err = pgx.ForEachRow(rows, []any{&name, &size}, func() error { sizes[name] += size; return nil })
	return sizes, err
}

package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/localpg"
	"github.com/pullquote/pullquote/internal/pause"
	"github.com/pullquote/pullquote/internal/postgres"
)

// Target is where a backup is restored to.
type Target struct {
	Database string // a connection string
	DataDir  string // of the files; empty: they are left in the archive
	Replace  bool   // what is there
}

// The database that a restore fills, and the old one between the exchange and its end. Their
// comments tell them from databases of others that are called likewise.
const (
	restoring = "_restoring"
	replaced  = "_replaced"
	mark      = "pullquote: made by a restore, and removed by the next one"
)

// exchangeTimeout is how long a restore that is complete waits for others to leave the database.
const exchangeTimeout = 30 * time.Second

// restoration is one restore.
type restoration struct {
	Target
	archive  *Archive
	progress Progress
	admin    *pgx.Conn // to another database of the server
	name     string    // of the database
	there    bool      // the database
	major    int       // of the server
	lz4      bool      // whether it can compress so
}

// Restore puts the record of an archive in the place of what the target has, or, whatever goes
// wrong, leaves that as it is. A record that is not empty is replaced only if the target says so.
// Nobody else may be connected to the database.
func Restore(ctx context.Context, a *Archive, t Target, progress Progress) error {
	config, err := parse(t.Database)
	if err != nil {
		return err
	}
	r := &restoration{Target: t, archive: a, progress: progress, name: config.Database}
	// A session can rename no database that it is in.
	config.Database = "postgres"
	if r.name == config.Database {
		config.Database = "template1"
	}
	if r.admin, err = pgx.ConnectConfig(ctx, config); err != nil {
		return postgres.Translate(err)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
		defer cancel()
		_ = r.admin.Close(ctx)
	}()
	return r.run(ctx)
}

func (r *restoration) run(ctx context.Context) error {
	if err := r.look(ctx); err != nil {
		return postgres.Translate(err)
	}
	pgRestore, err := localpg.FindClient(ctx, "pg_restore", max(r.major, r.archive.PgDump))
	if err != nil {
		return err
	}
	files, err := r.unpack(ctx)
	if err != nil {
		return err
	}
	defer files.discard()
	if err := r.fill(ctx, pgRestore); err != nil {
		r.drop(restoring)
		return r.translate(ctx, err)
	}
	if err := r.exchange(ctx); err != nil {
		r.drop(restoring)
		return r.translate(ctx, err)
	}
	r.drop(replaced)
	return files.place()
}

// look finds out what there is, and refuses to go on where something would be lost, or where
// somebody is at work.
func (r *restoration) look(ctx context.Context) error {
	var alone bool
	err := r.admin.QueryRow(ctx, `SELECT pg_try_advisory_lock(hashtext('pullquote.restore'), hashtext($1)), current_setting('server_version_num')::int / 10000,
		EXISTS (SELECT FROM pg_database WHERE datname = $1),
		EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals))`, r.name).Scan(&alone, &r.major, &r.there, &r.lz4)
	switch {
	case err != nil:
		return err
	case !alone:
		return fault.New(fault.Conflict, "another restore into the database %s is running; wait for it to end", r.name)
	case r.archive.PgDump > r.major && r.archive.serverMajor() > r.major:
		return fault.New(fault.Unsupported, "the backup %s is of Postgres %s, and the server here is Postgres %d; a backup can be restored into the same or a newer version: install Postgres %d",
			r.archive.Path, r.archive.Postgres, r.major, r.archive.serverMajor())
	}
	if r.there {
		if err := r.mayReplace(ctx); err != nil {
			return err
		}
		if err := r.unused(ctx); err != nil {
			return err
		}
	}
	for _, suffix := range []string{restoring, replaced} { // left by one that was killed
		if err := r.remove(ctx, suffix); err != nil {
			return err
		}
	}
	return nil
}

// mayReplace refuses a record that is not empty, and one that is distributed.
func (r *restoration) mayReplace(ctx context.Context) error {
	conn, err := r.connect(ctx, r.name)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	distributed, err := postgres.HasCitus(ctx, conn)
	switch {
	case err != nil:
		return err
	case distributed:
		return fault.New(fault.Unsupported, "the database %s belongs to a Citus cluster, and a restore replaces that of one server; restore into a database of another name, which DATABASE_URL gives, and distribute it", r.name).
			WithHint("it is made if it is not there; see doc/SCALING.md")
	case r.Replace:
		return nil
	}
	rows, err := countRows(ctx, conn)
	if err == nil && !empty(rows) {
		err = fault.New(fault.Conflict, "the record here is not empty: it holds %s; to have the backup in its place, and lose that, add --replace", Holds(rows))
	}
	return err
}

// leaveTimeout is how long connections may take to end that have been closed: the server notices
// some time later.
const leaveTimeout = 3 * time.Second

// unused refuses a database to which somebody is connected.
func (r *restoration) unused(ctx context.Context) error {
	for giveUp := time.Now().Add(leaveTimeout); ; {
		var n int
		var who string
		err := r.admin.QueryRow(ctx, `
			SELECT count(*), coalesce(string_agg(DISTINCT coalesce(nullif(application_name, ''), 'unnamed'), ', '), '')
			FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`, r.name).Scan(&n, &who)
		switch {
		case err != nil || n == 0:
			return err
		case time.Now().After(giveUp):
			return inUse(nil, r.name, fmt.Sprintf("by %s, connections: %d", who, n))
		}
		if err := pause.For(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

func inUse(err error, database, who string) error {
	return fault.Wrap(err, fault.Conflict, "the database %s is in use (%s), and nothing was changed; stop `pullquote serve` and whatever else is connected to it, then repeat this", database, who)
}

// serverMajor is the major version of the server that the archive is of.
func (a *Archive) serverMajor() (major int) {
	_, _ = fmt.Sscanf(a.Postgres, "%d", &major) // zero: not known
	return major
}

// rows counts the rows of a database.
func (r *restoration) rows(ctx context.Context, database string) (map[string]int64, error) {
	conn, err := r.connect(ctx, database)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return countRows(ctx, conn)
}

func (r *restoration) connect(ctx context.Context, database string) (*pgx.Conn, error) {
	config, err := parse(r.Database)
	if err != nil {
		return nil, err
	}
	config.Database = database
	return pgx.ConnectConfig(ctx, config)
}

// called is the name of a database beside the record's. Postgres cuts names after 63 bytes.
func (r *restoration) called(suffix string) string {
	const most = 63
	return strings.ToValidUTF8(r.name[:min(len(r.name), most-len(suffix))], "") + suffix
}

// remove removes a database that a restore has made.
func (r *restoration) remove(ctx context.Context, suffix string) error {
	name := r.called(suffix)
	var comment string
	err := r.admin.QueryRow(ctx, `SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = $1`, name).Scan(&comment)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return err
	case comment != mark:
		return fault.New(fault.Conflict, "there is a database %s, which no restore has made, and a restore needs the name; rename it", name)
	}
	_, err = r.admin.Exec(ctx, `DROP DATABASE IF EXISTS `+quoted(name)+` WITH (FORCE)`)
	return err
}

// drop is remove for what is over; if it fails, the next restore does it.
func (r *restoration) drop(suffix string) {
	ctx, cancel := context.WithTimeout(context.Background(), exchangeTimeout)
	defer cancel()
	_ = r.remove(ctx, suffix)
}

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

// fill makes the new database, with everything in it that it is to have.
func (r *restoration) fill(ctx context.Context, pgRestore localpg.Client) error {
	if err := r.create(ctx); err != nil {
		return err
	}
	name := r.called(restoring)
	if err := r.load(ctx, pgRestore, name); err != nil {
		return err
	}
	rows, err := r.rows(ctx, name)
	if err != nil {
		return err
	}
	if !maps.Equal(rows, r.archive.Rows) {
		return damaged(errors.New("its tables do not have the rows of its manifest"), r.archive.Path)
	}
	if _, err := postgres.Migrate(ctx, withDatabase(r.Database, name)); err != nil {
		return err
	}
	conn, err := r.connect(ctx, name)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if r.lz4 { // as the schema has it where it can be
		if _, err := conn.Exec(ctx, `ALTER TABLE IF EXISTS transcripts ALTER COLUMN text SET COMPRESSION lz4`); err != nil {
			return err
		}
	}
	_, err = conn.Exec(ctx, `VACUUM (ANALYZE)`) // without its statistics searches would be slow
	return err
}

// create makes an empty database, which sorts as the old one does.
func (r *restoration) create(ctx context.Context) error {
	options := ` TEMPLATE template0 ENCODING 'UTF8'`
	var sorts, folds string
	err := r.admin.QueryRow(ctx, `SELECT datcollate, datctype FROM pg_database WHERE datname = $1 AND datlocprovider = 'c'`, r.name).Scan(&sorts, &folds)
	switch {
	case err == nil:
		options += ` LC_COLLATE ` + literal(sorts) + ` LC_CTYPE ` + literal(folds)
	case !errors.Is(err, pgx.ErrNoRows):
		return err
	}
	name := quoted(r.called(restoring))
	if _, err := r.admin.Exec(ctx, `CREATE DATABASE `+name+options); err != nil {
		return err
	}
	_, err = r.admin.Exec(ctx, `COMMENT ON DATABASE `+name+` IS `+literal(mark))
	return err
}

func literal(text string) string { return `'` + strings.ReplaceAll(text, `'`, `''`) + `'` }

// settings are those of the sessions that fill the database. The dump says nothing of compression,
// which is a matter of how a server was built.
func (r *restoration) settings() []string {
	if r.lz4 {
		return []string{"default_toast_compression=lz4"}
	}
	return nil
}

// load has pg_restore fill a database. In one transaction Postgres writes no log of the rows of
// tables that are made in it, if there are no replicas.
func (r *restoration) load(ctx context.Context, pgRestore localpg.Client, name string) error {
	env, err := environment(r.Database, name, r.settings()...)
	if err != nil {
		return err
	}
	var dump File
	for _, f := range r.archive.Files {
		if f.Name == dumpName {
			dump = f
		}
	}
	return r.archive.read(ctx, dump, func(from io.Reader) error {
		cmd := exec.CommandContext(ctx, pgRestore.Path, "--format=custom", "--no-password", "--single-transaction",
			"--no-owner", "--no-privileges", "--no-comments", "--dbname="+name)
		cmd.Env = env
		cmd.WaitDelay = closeTimeout
		said := new(messages)
		cmd.Stderr = said
		stdin, err := cmd.StdinPipe()
		if err != nil {
			return err
		}
		if err := cmd.Start(); err != nil {
			return fault.Wrap(err, fault.Unavailable, "pg_restore could not be run (%s)", err)
		}
		var done int64
		_, copied := io.Copy(counting{stdin, &done, func() { r.progress("the record", done, dump.Size) }}, from)
		stdin.Close()
		err = cmd.Wait()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return fault.Wrap(err, fault.Unavailable, "the backup could not be restored, and nothing was changed; pg_restore says: %s", said.failure(err)).
				WithHint("make room if the disk is full, or install pgvector where it is missing")
		case errors.Is(copied, syscall.EPIPE): // it had read all that it needs
			_, copied = io.Copy(io.Discard, from)
		}
		return copied
	})
}

// exchange gives the new database the name of the old one, in one transaction.
func (r *restoration) exchange(ctx context.Context) error {
	for giveUp := time.Now().Add(exchangeTimeout); ; {
		err := pgx.BeginFunc(ctx, r.admin, func(tx pgx.Tx) error {
			statements := []string{
				`ALTER DATABASE ` + quoted(r.called(restoring)) + ` RENAME TO ` + quoted(r.name),
				`COMMENT ON DATABASE ` + quoted(r.name) + ` IS NULL`,
			}
			if r.there {
				old := quoted(r.called(replaced))
				statements = append([]string{
					`ALTER DATABASE ` + quoted(r.name) + ` RENAME TO ` + old,
					`COMMENT ON DATABASE ` + old + ` IS ` + literal(mark),
				}, statements...)
			}
			for _, statement := range statements {
				if _, err := tx.Exec(ctx, statement); err != nil {
					return err
				}
			}
			return nil
		})
		refused, ok := errors.AsType[*pgconn.PgError](err)
		if err == nil || !ok || refused.Code != "55006" { // object_in_use, for which Postgres waits for five seconds
			return err
		}
		if time.Now().After(giveUp) {
			return inUse(err, r.name, refused.Detail)
		}
	}
}

// translate tells what a restore meets that nothing else does.
func (r *restoration) translate(ctx context.Context, err error) error {
	if refused, ok := errors.AsType[*pgconn.PgError](err); ok && refused.Code == "42501" && ctx.Err() == nil {
		return fault.Wrap(err, fault.Unavailable, "the database user may not make or rename databases, which a restore does; nothing was changed: have an administrator run ALTER ROLE … CREATEDB, or restore as the owner of the database").
			WithHint("it says: %s", refused.Message)
	}
	return postgres.Translate(err)
}

// unpacked are the files of an archive beside the places that they are to have.
type unpacked []struct{ from, to string }

// unpack writes the files beside their places. One that is there already is left as it is, unless
// everything is to be replaced.
func (r *restoration) unpack(ctx context.Context) (files unpacked, err error) {
	defer func() {
		if err != nil {
			files.discard()
		}
	}()
	for _, f := range r.archive.Files {
		name, isFile := strings.CutPrefix(f.Name, filesFolder)
		if !isFile || r.DataDir == "" {
			continue
		}
		if !filepath.IsLocal(name) || name != filepath.Base(name) {
			return files, damaged(fmt.Errorf("%q is no name of a file in it", f.Name), r.archive.Path)
		}
		to := filepath.Join(r.DataDir, name)
		if _, err := os.Stat(to); err == nil && !r.Replace {
			continue
		}
		if err := os.MkdirAll(r.DataDir, 0o700); err != nil {
			return files, unwritable(err, to)
		}
		from := filepath.Join(r.DataDir, "."+name+".restoring")
		_ = os.Remove(from) // left by one that was killed
		files = append(files, struct{ from, to string }{from, to})
		err := r.archive.read(ctx, f, func(content io.Reader) error {
			_, err := writeFile(from, true, func(w io.Writer) error { _, err := io.Copy(w, content); return err })
			return err
		})
		if err != nil {
			return files, err
		}
	}
	return files, nil
}

func (files unpacked) place() error {
	for _, f := range files {
		if err := os.Rename(f.from, f.to); err != nil {
			return unwritable(err, f.to)
		}
	}
	return nil
}

func (files unpacked) discard() {
	for _, f := range files {
		_ = os.Remove(f.from) // it is not there if it has got its place
	}
}

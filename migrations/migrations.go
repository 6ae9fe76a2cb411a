// Package migrations is the database schema: numbered SQL files, each with its
// reasons, those of the queue of jobs, and the runner that applies them.
//
// The files are embedded, so that a binary always brings the schema it needs. Those
// up to the baseline tell the schema of the first release as it is, by subject. A
// file that has been released is never changed; a new one follows it.
//
// The record may be distributed over servers by Citus, which takes a change of a table to its
// shards. A table with a collection_id that a migration makes is distributed after it
// (postgres.Migrate), and may refer to no distributed table until then: a later migration gives
// it the foreign key.
//
// No migration can be taken back: who goes back to an older program restores a
// backup.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"fmt"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed *.sql
var files embed.FS

// versionTable is where a database records which migrations it has.
const versionTable = "schema_versions"

// NewerError says that a schema has been changed for newer programs: it lacks what this one
// uses. It is for programs whose newest migration is Least or a later one; this one's is Newest.
type NewerError struct{ Least, Newest int64 }

func (e *NewerError) Error() string {
	return fmt.Sprintf("the schema is for programs that have its version %d, and this one has %d", e.Least, e.Newest)
}

// Up brings the schema to the newest version and reports how many migrations it
// applied. It holds an advisory lock: of servers that start at once, one
// migrates and the others wait for it. A schema may be newer than the program, unless it
// is for newer programs alone (NewerError): then nothing is applied.
func Up(ctx context.Context, db *sql.DB) (applied int, err error) {
	locker, err := newLocker()
	if err != nil {
		return 0, err
	}
	if err := compatible(ctx, db); err != nil {
		return 0, err
	}
	if err := renumber(ctx, db, locker); err != nil {
		return 0, fmt.Errorf("migrate the database: %w", err)
	}
	provider, err := newProvider(db, locker)
	if err != nil {
		return 0, err
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return 0, fmt.Errorf("migrate the database: %w", err)
	}
	return len(results), compatible(ctx, db) // which another program may have changed meanwhile
}

// compatible is a NewerError where the schema is for newer programs alone. Schemas from before
// they said so are for all.
func compatible(ctx context.Context, db *sql.DB) error {
	var says bool
	if err := db.QueryRowContext(ctx, `SELECT to_regclass('compatibility') IS NOT NULL`).Scan(&says); err != nil || !says {
		return err
	}
	var least int64
	if err := db.QueryRowContext(ctx, `SELECT coalesce(max(least_schema), 0) FROM compatibility`).Scan(&least); err != nil {
		return err
	}
	if newest := Newest(); least > newest {
		return &NewerError{least, newest}
	}
	return nil
}

// Newest is the newest version that this program has. The migrations of River's are older.
func Newest() (newest int64) {
	names, _ := files.ReadDir(".") // which is embedded
	for _, file := range names {
		if version, err := goose.NumericComponent(file.Name()); err == nil {
			newest = max(newest, version)
		}
	}
	return newest
}

// Versions are the version that the database has and the newest there is.
func Versions(ctx context.Context, db *sql.DB) (current, newest int64, err error) {
	locker, err := newLocker()
	if err != nil {
		return 0, 0, err
	}
	provider, err := newProvider(db, locker)
	if err != nil {
		return 0, 0, err
	}
	if err := compatible(ctx, db); err != nil {
		return 0, 0, err
	}
	switch state, err := readNumbering(ctx, db); {
	case err != nil:
		return 0, 0, err
	case state == firstNumbering:
		return 0, Newest(), nil // until it is recorded anew
	}
	return provider.GetVersions(ctx)
}

// newLocker makes the lock, which is tried every second for five minutes: a large
// migration may take its time.
func newLocker() (lock.SessionLocker, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, fmt.Errorf("prepare the migration lock: %w", err)
	}
	return locker, nil
}

func newProvider(db *sql.DB, locker lock.SessionLocker) (*goose.Provider, error) {
	river, err := river()
	if err != nil {
		return nil, err
	}
	// A database that was migrated by a build between two releases may lack a file
	// that was added with a lower number.
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithTableName(versionTable),
		goose.WithGoMigrations(river...), goose.WithSessionLocker(locker), goose.WithAllowOutofOrder(true))
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return provider, nil
}

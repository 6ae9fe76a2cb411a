// Package migrations is the database schema: numbered SQL files, each with its
// reasons, those of the queue of jobs, and the runner that applies them.
//
// The files are embedded, so that a binary always brings the schema it needs. A
// file that has been released is never changed; a new one follows it.
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

// Up brings the schema to the newest version and reports how many migrations it
// applied. It holds an advisory lock: of servers that start at once, one
// migrates and the others wait for it.
func Up(ctx context.Context, db *sql.DB) (applied int, err error) {
	provider, err := provider(db)
	if err != nil {
		return 0, err
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return 0, fmt.Errorf("migrate the database: %w", err)
	}
	return len(results), nil
}

// DownTo takes back what came after a version, as an older program needs it.
func DownTo(ctx context.Context, db *sql.DB, version int64) error {
	provider, err := provider(db)
	if err != nil {
		return err
	}
	if _, err := provider.DownTo(ctx, version); err != nil {
		return fmt.Errorf("migrate the database back: %w", err)
	}
	return nil
}

// Versions are the version that the database has and the newest there is.
func Versions(ctx context.Context, db *sql.DB) (current, newest int64, err error) {
	provider, err := provider(db)
	if err != nil {
		return 0, 0, err
	}
	return provider.GetVersions(ctx)
}

func provider(db *sql.DB) (*goose.Provider, error) {
	// Tried every second for five minutes: a large migration may take its time.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, fmt.Errorf("prepare the migration lock: %w", err)
	}
	river, err := river()
	if err != nil {
		return nil, err
	}
	// A database that was migrated by a build between two releases may lack a file
	// that was added with a lower number.
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithGoMigrations(river...), goose.WithSessionLocker(locker), goose.WithAllowOutofOrder(true))
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return provider, nil
}

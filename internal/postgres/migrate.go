package postgres

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/migrations"
)

// Migrate brings the database at url to the newest schema and reports how many
// migrations it applied. Where the record is distributed, so are tables that they made.
func Migrate(ctx context.Context, url string) (applied int, err error) {
	db, err := openSQL(url)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	applied, err = migrations.Up(ctx, db)
	if err == nil && applied > 0 {
		err = errors.Join(shardNew(ctx, url), redactFormerlyDeleted(ctx, url))
	}
	return applied, translateMigration(err)
}

// SchemaVersions are the version that the database has and the newest there is.
func SchemaVersions(ctx context.Context, url string) (current, newest int64, err error) {
	db, err := openSQL(url)
	if err != nil {
		return 0, 0, err
	}
	defer db.Close()
	current, newest, err = migrations.Versions(ctx, db)
	return current, newest, translateMigration(err)
}

// NewestSchema is the newest version of the schema that this program knows.
func NewestSchema() int64 { return migrations.Newest() }

func openSQL(url string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, invalidURL("DATABASE_URL", err)
	}
	config.RuntimeParams["statement_timeout"] = "0" // whatever the server says: a migration may make an index
	return stdlib.OpenDB(*config), nil
}

// translateMigration is Translate for what a migration may meet.
func translateMigration(err error) error {
	if errors.Is(err, migrations.ErrOlder) {
		return fault.Wrap(err, fault.Unavailable,
			"the database has the schema of an older build, which this one cannot complete; see doc/OPERATIONS.md, under Upgrading, for the way there")
	}
	if newer, ok := errors.AsType[*migrations.NewerError](err); ok {
		return newerSchema(newer.Least, newer.Newest)
	}
	return Translate(err)
}

// newerSchema is the error of a program that is too old for the database.
func newerSchema(least, newest int64) error {
	return fault.New(fault.Unavailable, "the database needs a newer Pullquote").
		WithHint("it is for programs whose schema is version %d or newer, and this one's is %d: install the newer one; see doc/OPERATIONS.md, under Rolling restarts", least, newest)
}

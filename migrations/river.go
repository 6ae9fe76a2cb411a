package migrations

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// schemaMarker is where River's statements may name a schema.
const schemaMarker = "/* TEMPLATE: schema */"

// river is the schema of River, the queue of jobs, as migrations of ours. Which
// versions of River's one of ours applies never changes: what a newer River needs
// is another one. River's first version is left out, as it makes River's own table
// of versions, for which there is ours.
func river() ([]*goose.Migration, error) {
	migrator, err := rivermigrate.New(riverpgxv5.New(nil), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("read the migrations of River: %w", err)
	}
	var migrations []*goose.Migration
	for _, m := range []struct {
		number         int64
		oldest, newest int // of River's versions
	}{
		{7, 2, 4}, // adds to an enum, which can be used in another transaction only
		{8, 5, 8},
	} {
		var up []string
		for version := m.oldest; version <= m.newest; version++ {
			of, err := migrator.GetVersion(version)
			if err != nil {
				return nil, fmt.Errorf("read the migrations of River: %w", err)
			}
			up = append(up, of.SQLUp)
		}
		migrations = append(migrations, goose.NewGoMigration(m.number, statements(up), nil))
	}
	return migrations, nil
}

// statements runs files of statements in the transaction of a migration.
func statements(files []string) *goose.GoFunc {
	return &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		for _, file := range files {
			if _, err := tx.ExecContext(ctx, strings.ReplaceAll(file, schemaMarker, "")); err != nil {
				return err
			}
		}
		return nil
	}}
}

package migrations

import (
	"context"
	"database/sql"
	"errors"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

// Before the first release the migrations told the schema's history, in a numbering
// with gaps. The baseline replaced them: it makes the same schema. A database that
// had all of the first numbering is taken to have the baseline; nothing in it
// changes but the record of its versions.
//
// The two numberings are recorded in tables of different names, so that no number is
// ever taken for one of the other.
const (
	firstTable = "goose_db_version"
	// firstVersions are all versions of the first numbering.
	firstVersions = "1 2 3 5 6 7 8 9 11 12 13 14 15"
	// baseline is the version with the same schema as all of the first numbering.
	baseline = 8
)

// ErrOlder says that a database stopped in the midst of the first numbering. Only a
// program from before the baseline can complete it.
var ErrOlder = errors.New("the schema is older than the baseline")

// numbering is how the versions of a database are recorded.
type numbering int

const (
	currentNumbering numbering = iota // or not at all yet
	emptyNumbering                    // the first numbering, none of which was applied
	firstNumbering                    // the first numbering, all of which was applied
)

// querier is a database or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// hasFirstTable reports whether the table of the first numbering is there.
func hasFirstTable(ctx context.Context, db querier) (there bool, err error) {
	err = db.QueryRowContext(ctx, `SELECT to_regclass('`+firstTable+`') IS NOT NULL`).Scan(&there)
	return there, err
}

// readNumbering reads the table of the first numbering, if it is there.
func readNumbering(ctx context.Context, db querier) (numbering, error) {
	there, err := hasFirstTable(ctx, db)
	if err != nil || !there {
		return currentNumbering, err
	}
	var versions sql.NullString
	err = db.QueryRowContext(ctx, `
		SELECT string_agg(version_id::text, ' ' ORDER BY version_id) FROM `+firstTable+` WHERE is_applied AND version_id > 0`).Scan(&versions)
	switch {
	case err != nil:
		return currentNumbering, err
	case versions.String == firstVersions:
		return firstNumbering, nil
	case versions.String != "":
		return currentNumbering, ErrOlder
	}
	return emptyNumbering, nil
}

// renumber records the versions of a database of the first numbering as those of
// the baseline, all or nothing, under the lock that a migration holds.
func renumber(ctx context.Context, db *sql.DB, locker lock.SessionLocker) (err error) {
	if there, err := hasFirstTable(ctx, db); err != nil || !there {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := locker.SessionLock(ctx, conn); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, locker.SessionUnlock(context.WithoutCancel(ctx), conn)) }()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	state, err := readNumbering(ctx, tx) // another process may have been first
	if err != nil || state == currentNumbering {
		return err
	}
	if state == firstNumbering {
		if err := recordBaseline(ctx, tx); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `DROP TABLE `+firstTable); err != nil {
		return err
	}
	return tx.Commit()
}

// recordBaseline writes the table of versions that the baseline would have left. Two
// constraints get the names that it gives them: when they were made, the table
// speaker_names was called speakers.
func recordBaseline(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `
		ALTER TABLE speaker_names RENAME CONSTRAINT speakers_collection_id_fkey TO speaker_names_collection_id_fkey;
		ALTER TABLE speakers RENAME CONSTRAINT speakers_collection_id_fkey1 TO speakers_collection_id_fkey`)
	if err != nil {
		return err
	}
	store, err := database.NewStore(goose.DialectPostgres, versionTable)
	if err != nil {
		return err
	}
	if err := store.CreateVersionTable(ctx, tx); err != nil {
		return err
	}
	for version := range int64(baseline + 1) { // goose begins with a version 0
		if err := store.Insert(ctx, tx, database.InsertRequest{Version: version}); err != nil {
			return err
		}
	}
	return nil
}

package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/access"
)

// note writes an act into the log, in the transaction that does it.
func (s *Store) note(ctx context.Context, tx pgx.Tx, act access.Act, subject string) error {
	_, err := tx.Exec(ctx, `INSERT INTO audit (id, by, act, subject) VALUES ($1, $2, $3, $4)`, newID(), s.grant(ctx).By(), act, subject)
	return err
}

// Audit implements access.Log.
func (s *Store) Audit(ctx context.Context, last int) ([]access.Noted, error) {
	rows, err := s.pool.Query(ctx, `SELECT id::text, at, by, act, subject FROM audit WHERE @everything ORDER BY id DESC LIMIT @last`,
		pgx.StrictNamedArgs{"everything": s.grant(ctx).All, "last": last})
	if err != nil {
		return nil, Translate(err)
	}
	noted, err := pgx.CollectRows(rows, pgx.RowToStructByPos[access.Noted])
	return noted, Translate(err)
}

package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Collections are the names of all collections, in their order.
func (s *Store) Collections(ctx context.Context) ([]string, error) {
	rows, err := s.pool.Query(ctx, `SELECT name FROM collections ORDER BY name`)
	if err != nil {
		return nil, translate(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return names, translate(err)
}

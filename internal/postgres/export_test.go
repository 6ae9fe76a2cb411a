package postgres

import (
	"github.com/jackc/pgx/v5/pgxpool"
)

// What benchmarks need of the inside: to see the statements, and to run them bare.
var OpenTraced = openTraced

func (s *Store) Pool() *pgxpool.Pool { return s.pool }

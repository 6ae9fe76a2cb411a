package postgres

import (
	"context"
	"log/slog"
	"runtime"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/pullquote/pullquote/embeddings"
)

// runtimeParameters are set once, as a connection starts, so that no query
// spends a trip on them.
var runtimeParameters = map[string]string{
	"application_name":                "pullquote",
	"jit":                             "off", // short queries: compiling costs more than it saves
	"max_parallel_workers_per_gather": "0",
	// A filter's selectivity varies with its values, so plans are made for the
	// values: a generic plan over a wide range of dates is slower by far.
	"plan_cache_mode": "force_custom_plan",
	// What is searched is in memory most of the time: to read a page costs less there
	// than the planner takes for granted, and to read an index on half of the record
	// much more than the pages that it would spare.
	"seq_page_cost":       "0.1",
	"random_page_cost":    "0.2",
	"hnsw.ef_search":      "100",
	"hnsw.iterative_scan": "relaxed_order", // goes on where a filter discards what was found
	// pgvector before 0.8.2 has a memory fault in parallel index builds.
	"max_parallel_maintenance_workers": "0",
	"timezone":                         "UTC",
}

// Store is the record in Postgres: retrieval.Store, retrieval.Index and
// answer.Store. It is safe for concurrent use.
type Store struct {
	pool     *pgxpool.Pool
	writing  chan struct{} // has room for the transactions that may store at a time
	weighers weighers
	log      *slog.Logger
}

// querier reads from the database: a connection, a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Open migrates the database and connects to it. A record without vectors is
// prepared for those of the model m; one that has some keeps to theirs, see Serving.
// With ErrNoModel there are none and m has no dimensions. The caller closes the
// Store.
func Open(ctx context.Context, url string, m embeddings.Model, log *slog.Logger) (*Store, error) {
	return OpenTraced(ctx, url, m, log, nil)
}

// OpenTraced is Open with a tracer of the statements that are sent.
func OpenTraced(ctx context.Context, url string, m embeddings.Model, log *slog.Logger, tracer pgx.QueryTracer) (*Store, error) {
	if _, err := Migrate(ctx, url); err != nil {
		return nil, err
	}
	config, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.Tracer = tracer
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, Translate(err)
	}
	s := &Store{pool: pool, writing: make(chan struct{}, config.MaxConns/2), weighers: newWeighers(), log: log}
	if err := s.prepare(ctx, m); err != nil {
		pool.Close()
		return nil, err
	}
	return s, nil
}

// Close waits for the queries that run and closes the connections.
func (s *Store) Close() { s.pool.Close() }

// Pool are the connections, for the stores beside this one and for what measures the
// database itself.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return Translate(s.pool.Ping(ctx)) }

// parseURL configures the pool: as many connections as can work at once, since
// more of them only wait for each other, and the vector types on each.
func parseURL(url string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, invalidURL(err)
	}
	config.MaxConns = int32(max(4, 2*runtime.NumCPU()))
	for name, value := range runtimeParameters {
		config.ConnConfig.RuntimeParams[name] = value
	}
	config.AfterConnect = registerTypes
	return config, nil
}

package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"runtime"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	pgvector "github.com/pgvector/pgvector-go/pgx"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/migrations"
)

// runtimeParameters are set once, as a connection starts, so that no query
// spends a trip on them.
var runtimeParameters = map[string]string{
	"application_name":                "pullquote",
	"jit":                             "off", // short queries: compiling costs more than it saves
	"max_parallel_workers_per_gather": "0",
	// A filter's selectivity varies with its values, so plans are made for the
	// values: a generic plan over a wide range of dates is slower by far.
	"plan_cache_mode":     "force_custom_plan",
	"hnsw.ef_search":      "100",
	"hnsw.iterative_scan": "relaxed_order", // goes on where a filter discards what was found
	// pgvector before 0.8.2 has a memory fault in parallel index builds.
	"max_parallel_maintenance_workers": "0",
	"timezone":                         "UTC",
}

// Store is the record in Postgres: retrieval.Store, retrieval.Index and
// answer.Store. It is safe for concurrent use.
type Store struct {
	pool  *pgxpool.Pool
	model model
	log   *slog.Logger
}

// model is the embedding model of the vectors that are read and written.
type model struct {
	embeddings.Model
	id int16
}

// Open migrates the database, connects to it and prepares it for the vectors of
// a model. The caller closes the Store.
func Open(ctx context.Context, url string, m embeddings.Model, log *slog.Logger) (*Store, error) {
	return openTraced(ctx, url, m, log, nil)
}

func openTraced(ctx context.Context, url string, m embeddings.Model, log *slog.Logger, tracer pgx.QueryTracer) (*Store, error) {
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
		return nil, translate(err)
	}
	s := &Store{pool: pool, log: log}
	if s.model, err = useModel(ctx, pool, m); err != nil {
		pool.Close()
		return nil, err
	}
	return s, nil
}

// Close waits for the queries that run and closes the connections.
func (s *Store) Close() { s.pool.Close() }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return translate(s.pool.Ping(ctx)) }

// Migrate brings the database at url to the newest schema and reports how many
// migrations it applied.
func Migrate(ctx context.Context, url string) (applied int, err error) {
	db, err := openSQL(url)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	applied, err = migrations.Up(ctx, db)
	return applied, translate(err)
}

// SchemaVersions are the version that the database has and the newest there is.
func SchemaVersions(ctx context.Context, url string) (current, newest int64, err error) {
	db, err := openSQL(url)
	if err != nil {
		return 0, 0, err
	}
	defer db.Close()
	current, newest, err = migrations.Versions(ctx, db)
	return current, newest, translate(err)
}

func openSQL(url string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, invalidURL(err)
	}
	return stdlib.OpenDB(*config), nil
}

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
	config.AfterConnect = pgvector.RegisterTypes
	return config, nil
}

// useModel finds or registers a model, and makes sure that its vectors have an
// index. The dimension is part of the index's expression, which is why no
// migration can make it; m.Dimensions is a number, so it may stand in the text.
func useModel(ctx context.Context, pool *pgxpool.Pool, m embeddings.Model) (model, error) {
	used := model{Model: m}
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('pullquote.embedding_models'))`); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			INSERT INTO embedding_models (name, dimensions)
			SELECT $1::text, $2::int
			WHERE NOT EXISTS (SELECT FROM embedding_models WHERE name = $1 AND dimensions = $2)`,
			m.Name, m.Dimensions); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `SELECT id FROM embedding_models WHERE name = $1 AND dimensions = $2`,
			m.Name, m.Dimensions).Scan(&used.id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, fmt.Sprintf(`
			CREATE INDEX IF NOT EXISTS embeddings_hnsw_%[1]d ON embeddings
			USING hnsw ((embedding::halfvec(%[2]d)) halfvec_cosine_ops)
			WITH (m = 16, ef_construction = 64)
			WHERE model_id = %[1]d`, used.id, m.Dimensions))
		return err
	})
	return used, translate(err)
}

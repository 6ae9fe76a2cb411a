// Package postgres is the record in Postgres: it stores and searches transcripts,
// speakers, answers and what belongs to them.
//
// Every statement is literal SQL beside its method, with its values bound. Where a
// statement is put together of fragments, its values have names, which mean the same
// in every fragment. The driver's errors become the program's own at the edge of the
// package, by Translate.
//
// From the bottom up:
//
//   - store.go, standing.go, replicas.go, migrate.go, shard.go, describe.go: connections, to replicas
//     too, the schema and its distribution over servers, what a database is.
//   - granted.go, keys.go, audit.go: who may see what, by which keys, and what they changed.
//   - save.go, chunk.go, encode.go, copy_rows.go, batch.go: storing. A load is divided
//     into chunks. While one is written, by one COPY for each table, the rows of the
//     next are made.
//   - transcripts.go, versions.go, originals.go: reading, replacing and deleting
//     transcripts, and the files that they were made of.
//   - speakers.go, speaker_names.go, speaker_edits.go: the directory of speakers.
//   - scope.go, search.go, hits.go, sparse.go: searching. A search reads its scope,
//     ranks passages by words and by vectors at the same time, and reads the turns
//     that won.
//   - models.go, backlog.go, pending.go, reindex.go, settle.go: which embedding model
//     serves, what it is still to embed, the change to another, and the maintenance of the
//     indexes.
//   - answers.go, feedback.go, claims.go: conversations, their answers, what readers
//     think of them, and requests that are repeated.
//
// What the bot in Slack keeps is package slackstore, and the server that runs where
// no database is configured is package localpg.
package postgres

import (
	"context"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/migrations"
)

// runtimeParameters are set as a connection starts, so that no query needs a round
// trip for them.
var runtimeParameters = map[string]string{
	"application_name":                "pullquote",
	"jit":                             "off", // short queries: compiling costs more than it saves
	"max_parallel_workers_per_gather": "0",
	// A filter's selectivity varies with its values, so each plan is made for the
	// values: a generic plan over a wide range of dates is slower by far.
	"plan_cache_mode": "force_custom_plan",
	// The tables are in memory most of the time, where a page costs less to read than
	// the planner assumes by default. With the defaults it would use an index even where
	// a filter leaves half of the record, which takes longer than to read all pages.
	"seq_page_cost":       "0.1",
	"random_page_cost":    "0.2",
	"hnsw.ef_search":      "100",
	"hnsw.iterative_scan": "relaxed_order", // searches on where a filter discards what was found
	// pgvector before 0.8.2 has a memory fault in parallel index builds.
	"max_parallel_maintenance_workers": "0",
	"timezone":                         "UTC",
}

// timeouts end on the server what nobody waits for any more, as when the machine of a client has
// vanished, and free its locks: requests have time-outs of their own, which are shorter. Five
// minutes are more than a statement takes of those that answer, or that store a chunk of a
// load; those that may take longer are run without (untimedSession, untimedTransaction). A DATABASE_URL that says
// otherwise is followed.
var timeouts = map[string]string{
	"statement_timeout":                   "5min",
	"idle_in_transaction_session_timeout": "5min",
}

// These have the statements of a session or a transaction take as long as they need.
const (
	untimedSession     = `SET statement_timeout = 0`
	untimedTransaction = `SET LOCAL statement_timeout = 0`
)

// Store implements the interfaces of retrieval and answer that read and write the
// record. It is safe for concurrent use.
type Store struct {
	pool     *pgxpool.Pool // to the primary
	replicas *replicas     // nil: there are none
	writing  chan struct{} // a semaphore: the transactions that may store at the same time
	weighers *sync.Pool    // of *retrieval.Weigher
	log      *slog.Logger
	unsaid   access.Grant // of a context that has none
}

// querier reads from the database: a connection, a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Open migrates the database and connects to it. If the record has no vectors yet,
// the model m is made the one that serves; otherwise the model of its vectors goes on
// serving. The error is ErrNoModel if there are no vectors and the dimensions of m are
// not known. The caller closes the Store.
func Open(ctx context.Context, url string, m embeddings.Model, log *slog.Logger) (*Store, error) {
	return OpenWith(ctx, url, m, log, Options{})
}

// Options are what a Store may have besides its database.
type Options struct {
	ReadURLs []string        // of streaming replicas of the database, which what only reads may be sent to
	Tracer   pgx.QueryTracer // which sees every statement that is sent for somebody
}

// OpenWith is Open with options.
func OpenWith(ctx context.Context, url string, m embeddings.Model, log *slog.Logger, o Options) (*Store, error) {
	if err := checkServers(url); err != nil {
		return nil, err
	}
	if _, err := Migrate(ctx, url); err != nil {
		return nil, err
	}
	pool, fence, err := openPool(ctx, url, o)
	if err != nil {
		return nil, err
	}
	s := &Store{pool: pool, writing: make(chan struct{}, pool.Config().MaxConns/2), weighers: newWeighers(), log: log, unsaid: access.Operator()}
	if len(o.ReadURLs) > 0 {
		if s.replicas, err = openReplicas(ctx, pool, fence, o.ReadURLs, o.Tracer, log); err != nil {
			pool.Close()
			return nil, err
		}
	}
	if err := s.prepare(ctx, m); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// openPool connects to the primary. Where there may be another one day, connections are kept from
// one that was.
func openPool(ctx context.Context, url string, o Options) (*pgxpool.Pool, *fence, error) {
	config, err := parseURL("DATABASE_URL", url)
	if err != nil {
		return nil, nil, err
	}
	config.ConnConfig.Tracer = o.Tracer
	f := new(fence)
	if len(o.ReadURLs) > 0 || len(serversOf(&config.ConnConfig.Config)) > 1 {
		f.config(config)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	return pool, f, Translate(err)
}

// checkServers refuses a URL that names several servers without saying which is meant.
func checkServers(url string) error {
	config, err := pgx.ParseConfig(url)
	switch {
	case err != nil:
		return invalidURL("DATABASE_URL", err)
	case len(serversOf(&config.Config)) > 1 && config.ValidateConnect == nil:
		return fault.New(fault.Invalid, "DATABASE_URL names several servers; add target_session_attrs=read-write to it, so that only the primary is used")
	}
	return nil
}

// serversOf are the addresses of the servers that a URL names.
func serversOf(config *pgconn.Config) (addresses []string) {
	_, first := pgconn.NetworkAddress(config.Host, config.Port)
	addresses = append(addresses, first)
	for _, other := range config.Fallbacks { // the same server once more, without TLS, or another
		if _, address := pgconn.NetworkAddress(other.Host, other.Port); !slices.Contains(addresses, address) {
			addresses = append(addresses, address)
		}
	}
	return addresses
}

// Close waits for the queries that run and closes the connections.
func (s *Store) Close() {
	if s.replicas != nil {
		s.replicas.close()
	}
	s.pool.Close()
}

// reader is where a statement reads that changes nothing, and by which nothing is decided that is
// stored: of a commit that waits for a standby a replica may know before the primary shows it.
func (s *Store) reader() querier {
	if s.replicas == nil {
		return s.pool
	}
	return s.replicas
}

// Pool are the connections to the primary, for the stores beside this one and for what measures the
// database itself.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return Translate(s.pool.Ping(ctx)) }

// Writable reports whether the database answers and takes changes, those of this program: one
// that is newer may have changed the schema since this one began.
func (s *Store) Writable(ctx context.Context) error {
	var only bool
	var least int64
	err := s.pool.QueryRow(ctx, `
		SELECT current_setting('transaction_read_only')::boolean, (SELECT coalesce(max(least_schema), 0) FROM compatibility)`).Scan(&only, &least)
	switch newest := migrations.Newest(); {
	case err != nil:
		return Translate(err)
	case least > newest:
		return newerSchema(least, newest)
	case only:
		return readOnly(nil)
	}
	return nil
}

// trusted is how long ago a connection may have been used to be taken without a ping. A server
// that was started again has been away for longer, so that its return costs no request; and
// what a request asks one after the other is not pinged.
const trusted = 100 * time.Millisecond

// parseURL configures a pool by the URL of a setting: as many connections as can work at the same time,
// since more would only wait for each other, each with the types of pgvector.
func parseURL(setting, url string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, invalidURL(setting, err)
	}
	config.MaxConns = int32(max(4, 2*runtime.NumCPU()))
	for name, value := range runtimeParameters {
		config.ConnConfig.RuntimeParams[name] = value
	}
	for name, value := range timeouts {
		if config.ConnConfig.RuntimeParams[name] == "" {
			config.ConnConfig.RuntimeParams[name] = value
		}
	}
	config.AfterConnect = registerTypes
	config.ShouldPing = func(_ context.Context, p pgxpool.ShouldPingParams) bool { return p.IdleDuration > trusted }
	return config, nil
}

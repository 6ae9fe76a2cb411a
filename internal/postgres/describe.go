package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/localpg"
)

// Description is what a database is and holds.
type Description struct {
	Server       string `json:"server"`   // version of Postgres
	Vector       string `json:"pgvector"` // version of the extension, installed or available
	Schema       int64  `json:"schema"`   // version of the schema
	NewestSchema int64  `json:"newest_schema"`
	Transcripts  int64  `json:"transcripts"`
	Passages     int64  `json:"passages"`
	// Models are the embedding models with the number of their vectors.
	Models map[string]int64 `json:"models"`
	// Sentences are the same with the number of passages whose sentences have vectors.
	Sentences map[string]int64 `json:"sentences"`
	// Serving is the model whose vectors are searched; empty where there are none.
	Serving string `json:"serving"`
	// Waiting are the passages that it is still to embed, Unembeddable those that it cannot,
	// for the Reason that one of them has.
	Waiting      int64  `json:"waiting"`
	Unembeddable int64  `json:"unembeddable"`
	Reason       string `json:"reason,omitempty"`
	// Keys are all that were ever made, ValidKeys those that open something.
	Keys      int64 `json:"keys"`
	ValidKeys int64 `json:"valid_keys"`
}

// Describe connects to a database and says what it is and holds. The error says why
// it cannot be used: its server or its pgvector is too old, for example. Describe does
// not migrate; a database without the schema is described as empty.
func Describe(ctx context.Context, url string) (d Description, err error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return d, invalidURL("DATABASE_URL", err)
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return d, Translate(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var number int
	var old, migrated bool
	err = conn.QueryRow(ctx, `
		SELECT current_setting('server_version'), current_setting('server_version_num')::int,
			coalesce(v.version, ''), string_to_array(v.version, '.')::int[] < string_to_array($1, '.')::int[] IS TRUE,
			to_regclass('embeddings') IS NOT NULL
		FROM (SELECT 1) AS one
		LEFT JOIN (SELECT coalesce(installed_version, default_version) AS version FROM pg_available_extensions WHERE name = 'vector') AS v ON true`,
		localpg.OldestVector.String()).Scan(&d.Server, &number, &d.Vector, &old, &migrated)
	switch {
	case err != nil:
		return d, Translate(err)
	case number < localpg.OldestMajor*10_000:
		return d, fault.New(fault.Unavailable, "Postgres %s is too old; use %d or newer", d.Server, localpg.OldestMajor)
	case d.Vector == "":
		return d, fault.New(fault.Unavailable, "Postgres %s has no pgvector; install it there, or unset DATABASE_URL and run make setup", d.Server)
	case old:
		return d, fault.New(fault.Unavailable, "pgvector %s is too old; use %s or newer", d.Vector, localpg.OldestVector)
	}
	if d.Schema, d.NewestSchema, err = SchemaVersions(ctx, url); err != nil || !migrated {
		return d, err
	}
	return d, Translate(describeRecord(ctx, conn, &d))
}

// Probe reports whether a database takes changes, and has room for them: it writes a megabyte
// into a table that is gone at the end of the transaction.
func Probe(ctx context.Context, url string) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return invalidURL("DATABASE_URL", err)
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return Translate(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return Translate(pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `CREATE TEMPORARY TABLE probe ON COMMIT DROP AS SELECT repeat('x', 1000) FROM generate_series(1, 1000)`)
		return err
	}))
}

func describeRecord(ctx context.Context, conn *pgx.Conn, d *Description) error {
	err := conn.QueryRow(ctx, `SELECT (SELECT count(*) FROM transcripts), (SELECT coalesce(sum(passages), 0)::bigint FROM passage_counts)`).
		Scan(&d.Transcripts, &d.Passages)
	if err != nil {
		return err
	}
	rows, err := conn.Query(ctx, `
		SELECT m.name, coalesce(e.n, 0), m.serving, coalesce(v.n, 0)
		FROM embedding_models m
		LEFT JOIN (SELECT model_id, count(*) AS n FROM embeddings GROUP BY model_id) AS e ON e.model_id = m.id
		LEFT JOIN (SELECT model_id, count(*) AS n FROM sentence_vectors GROUP BY model_id) AS v ON v.model_id = m.id
		ORDER BY m.id`)
	if err != nil {
		return err
	}
	d.Models, d.Sentences = map[string]int64{}, map[string]int64{}
	var name string
	var n, sentences int64
	var serving bool
	_, err = pgx.ForEachRow(rows, []any{&name, &n, &serving, &sentences}, func() error {
		d.Models[name] += n
		d.Sentences[name] += sentences
		if serving {
			d.Serving = name
		}
		return nil
	})
	if err != nil || d.Schema < d.NewestSchema { // whose tables are not all there
		return err
	}
	err = conn.QueryRow(ctx, `SELECT count(*), count(*) FILTER (WHERE revoked_at IS NULL AND (expires_at > now()) IS NOT FALSE) FROM keys`).Scan(&d.Keys, &d.ValidKeys)
	if err != nil {
		return err
	}
	if err := conn.QueryRow(ctx, countWaiting).Scan(&d.Waiting); err != nil {
		return err
	}
	return conn.QueryRow(ctx, `SELECT count(*), coalesce(min(reason), '') FROM unembeddable WHERE model_id = `+servingID).Scan(&d.Unembeddable, &d.Reason)
}

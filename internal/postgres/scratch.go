package postgres

import (
	"context"
	"errors"
	"net/url"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pullquote/pullquote/internal/fault"
)

// Scratch makes an empty database of this name on a server, for work that leaves
// nothing behind. A database of the name that an interrupted run has left is dropped
// first; one that is in use is a "conflict". The caller calls drop.
func Scratch(ctx context.Context, server, name string) (database string, drop func(context.Context) error, err error) {
	database, err = withDatabase(server, name)
	if err != nil {
		return "", nil, err
	}
	quoted := pgx.Identifier{name}.Sanitize()
	drop = func(ctx context.Context) error { return outside(ctx, server, `DROP DATABASE IF EXISTS `+quoted) }
	if err := drop(ctx); err != nil {
		return "", nil, err
	}
	return database, drop, outside(ctx, server, `CREATE DATABASE `+quoted)
}

// outside runs a statement that cannot be run in a transaction, on a connection of
// its own.
func outside(ctx context.Context, server, statement string) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return Translate(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, statement)
	if refused := new(pgconn.PgError); errors.As(err, &refused) {
		switch refused.Code {
		case "55006": // object_in_use
			return fault.Wrap(err, fault.Conflict, "the database of another run is in use on this server; wait until that is done")
		case "42501": // insufficient_privilege
			return fault.Wrap(err, fault.Invalid, "the database user may not create databases; grant it CREATEDB, or unset DATABASE_URL to use the private database")
		}
	}
	return Translate(err)
}

// withDatabase is the connection string of another database on the server.
func withDatabase(server, name string) (string, error) {
	u, err := url.Parse(server)
	if err != nil || u.Scheme == "" {
		return "", fault.New(fault.Invalid, "the database is not given as a URL; write DATABASE_URL as postgres://user@host/database")
	}
	u.Path = "/" + name
	return u.String(), nil
}

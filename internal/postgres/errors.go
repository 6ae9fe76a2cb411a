package postgres

import (
	"context"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/localpg"
)

// Translate gives the driver's errors their code and their words. It is called at
// the edge of the package, so that nothing above it knows the driver. What it does
// not know stays as it is, which makes it internal: trying again would not help.
func Translate(err error) error {
	var known *fault.Error
	var server *pgconn.PgError
	var connect *pgconn.ConnectError
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, pgx.ErrNoRows):
		return fault.Wrap(err, fault.NotFound, "there is nothing by that id")
	case errors.As(err, &connect) && localpg.IsPrivate(connect.Config.Host, connect.Config.User, connect.Config.Database):
		if room, known := localpg.Room(connect.Config.Host); known && room < localpg.LeastRoom {
			return noRoom(err).WithHint("it is the private one, and its disk is full: make room for %s, and it starts again by itself", connect.Config.Host)
		}
		return away(err, "the database cannot be reached; try again in a moment").
			WithHint("it is the private one, which a running server starts again; %s says why it does not run: %s", filepath.Join(connect.Config.Host, "server.log"), cause(connect))
	case errors.As(err, &connect):
		return away(err, "the database cannot be reached; try again later").WithHint("check DATABASE_URL and that it runs: %s", cause(connect))
	case errors.As(err, &server):
		return translateServer(server)
	case pgconn.Timeout(err), errors.Is(err, context.DeadlineExceeded):
		return away(err, "the database did not answer in time; try again")
	case isConnectionLost(err):
		return away(err, "the connection to the database broke off; try again").WithHint("see whether it still runs: %s", cause(err))
	}
	return err
}

// isConnectionLost reports whether a connection broke off in use, or was found
// broken. The time-outs among the errors of the network are told apart before.
func isConnectionLost(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, pgconn.ErrConnClosed) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// translateServer sorts what the server says by its SQLSTATE.
func translateServer(err *pgconn.PgError) error {
	switch {
	case err.Code == "23503" || err.Code == "23505" || err.Code == "40001" || err.Code == "40P01": // a key gone or there already, a conflict, a deadlock
		return fault.Wrap(err, fault.Conflict, "another change came in between; try again")
	case err.Code == "22021" || err.Code == "22P05":
		return fault.Wrap(err, fault.Invalid, "the text has characters that cannot be stored; remove NUL characters")
	case err.Code == "0A000" && strings.Contains(err.Message, "extension"), err.Code == "58P01":
		return notSetUp(err).WithHint("it has no pgvector: install it there, from https://github.com/pgvector/pgvector, or unset DATABASE_URL and run make setup")
	case err.Code == "42501":
		return notSetUp(err).WithHint("the database user may not do this: %s; grant it, or have an administrator run CREATE EXTENSION vector", err.Message)
	case err.Code == "25006":
		return readOnly(err)
	case err.Code == "57014": // query_canceled: statement_timeout
		return away(err, "the database did not answer in time; try again").WithHint("it says: %s", err.Message)
	case err.Code == "25P03" || err.Code == "25P04": // a transaction that stood still
		return away(err, "the connection to the database broke off; try again").WithHint("it says: %s", err.Message)
	case err.Code == "53100":
		return noRoom(err).WithHint("its disk is full: make room, and it goes on by itself")
	case strings.HasPrefix(err.Code, "57") || strings.HasPrefix(err.Code, "53"): // shutting down, out of resources
		return away(err, "the database is not available; try again later").WithHint("it says: %s", err.Message)
	case err.Code == "XX000" && err.Routine == "ReportCopyError": // of Citus, which does not tell the code that a worker gave
		return away(err, "the database could not store it; try again later").WithHint("a worker says: %s", err.Message)
	}
	return err
}

// awayFor is after how long it is worth asking a database again that is not there: the private
// server answers some three seconds after it was killed, and who is promoted after a second.
const awayFor = 5 * time.Second

// away is the error of a database that is expected to come back.
func away(err error, message string) *fault.Error {
	return fault.Wrap(err, fault.Unavailable, "%s", message).WithRetry(awayFor)
}

func noRoom(err error) *fault.Error {
	return away(err, "the database has no room left; try again later")
}

func readOnly(err error) error {
	return away(err, "the database takes no changes at the moment; try again later").
		WithHint("it is read-only: a standby, or default_transaction_read_only is on; point DATABASE_URL at the primary")
}

func notSetUp(err error) *fault.Error {
	return fault.Wrap(err, fault.Unavailable, "the database is not set up for Pullquote")
}

// invalidURL is the error of a setting's URL.
func invalidURL(setting string, err error) error {
	return fault.Wrap(err, fault.Invalid, "%s cannot be read; write it as postgres://user:password@host:5432/database", setting)
}

// cause is the last and plainest part of a failed connection's error, of the first
// address that was tried; that it was tried with TLS first says nothing. It never holds the password.
func cause(err error) string {
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	var first string
	for line := range strings.Lines(err.Error()) {
		if first = strings.TrimSpace(line); !strings.HasSuffix(first, "server refused TLS connection") {
			break
		}
	}
	return first
}

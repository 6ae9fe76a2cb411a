package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/fault/faulttest"
)

// TestTranslate shows what is told of the driver's errors.
func TestTranslate(t *testing.T) {
	t.Parallel()
	server := func(code, message string) error {
		return fmt.Errorf("save: %w", &pgconn.PgError{Severity: "ERROR", Code: code, Message: message})
	}
	_, refused := pgx.Connect(t.Context(), "postgres://user:secret@127.0.0.1:1/record")
	faulttest.Check(t, "testdata/failures.txt", translated(
		faulttest.Failure{When: "a row that is not there", Err: pgx.ErrNoRows},
		faulttest.Failure{When: "the database does not run", Err: refused},
		faulttest.Failure{When: "it did not answer in time", Err: fmt.Errorf("acquire: %w", context.DeadlineExceeded)},
		faulttest.Failure{When: "the connection was reset", Err: &net.OpError{Op: "read", Net: "tcp", Err: errors.New("connection reset by peer")}},
		faulttest.Failure{When: "the connection ended within an answer", Err: fmt.Errorf("receive message: %w", io.ErrUnexpectedEOF)},
		faulttest.Failure{When: "the connection was closed before", Err: pgconn.ErrConnClosed},
		faulttest.Failure{When: "two wrote the same", Err: server("23505", `duplicate key value violates unique constraint "speakers_name"`)},
		faulttest.Failure{When: "a deadlock", Err: server("40P01", "deadlock detected")},
		faulttest.Failure{When: "a character that cannot be stored", Err: server("22021", "invalid byte sequence for encoding")},
		faulttest.Failure{When: "there is no pgvector", Err: server("0A000", `extension "vector" is not available`)},
		faulttest.Failure{When: "the user may not make the extension", Err: server("42501", `permission denied to create extension "vector"`)},
		faulttest.Failure{When: "the disk is full", Err: server("53100", `could not extend file "base/16384/2619"`)},
		faulttest.Failure{When: "it is shutting down", Err: server("57P01", "terminating connection due to administrator command")},
		faulttest.Failure{When: "a worker of Citus failed to take rows", Err: &pgconn.PgError{Severity: "ERROR", Code: "XX000", Message: "could not extend file \"base/16384/2619\"", Routine: "ReportCopyError"}},
		faulttest.Failure{When: "a statement is wrong", Err: server("42703", `column "speakr" does not exist`)},
		faulttest.Failure{When: "an answer is not as expected", Err: errors.New("can't scan into dest[1]: cannot scan NULL into *string")},
	))
}

func translated(failures ...faulttest.Failure) []faulttest.Failure {
	for i, f := range failures {
		failures[i].Err = Translate(f.Err)
	}
	return failures
}

// TestTranslateLeaves shows what is nobody's failure, or has its words already.
func TestTranslateLeaves(t *testing.T) {
	t.Parallel()
	for _, err := range []error{nil, fmt.Errorf("query: %w", context.Canceled), fault.New(fault.Invalid, "it is empty")} {
		if got := Translate(err); got != err {
			t.Errorf("%v becomes %v", err, got)
		}
	}
}

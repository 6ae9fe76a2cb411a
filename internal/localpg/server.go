//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pullquote/pullquote/internal/fault"
)

// postmaster is a running server.
type postmaster struct {
	pid     int
	data    string          // its data folder
	socket  string          // the folder of its socket
	exited  <-chan struct{} // closed when it ends; nil unless this process started it
	logFrom int64           // byte of the log at which its own messages begin
}

// readPostmaster reads the lock file of a server: its process on the first
// line, the folder of its socket on the fifth.
func readPostmaster(data string) (postmaster, bool) {
	text, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	lines := strings.Split(string(text), "\n")
	if err != nil || len(lines) < 5 {
		return postmaster{}, false
	}
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	return postmaster{pid: pid, data: data, socket: lines[4]}, err == nil && pid > 1
}

// listens reports whether a server answers at the socket. A lock file without that
// proves nothing: it outlives a crash, and process ids are used again.
func (p postmaster) listens() bool {
	conn, err := net.Dial("unix", socketPath(p.socket))
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// gone reports whether the server has ended.
func (p postmaster) gone() bool {
	if p.exited == nil {
		_, locked := readPostmaster(p.data)
		return !locked || syscall.Kill(p.pid, 0) != nil && !p.listens()
	}
	select {
	case <-p.exited:
		return true
	default:
		return false
	}
}

// errStopped says that the server ended before it was ready.
var errStopped = errors.New("the server stopped")

// ready waits until the database answers, and makes it if it is missing.
func (p postmaster) ready(ctx context.Context) error {
	return poll(ctx, func() (bool, error) {
		listening := p.listens()
		err := p.connect(ctx, database)
		var refused *pgconn.PgError
		switch {
		case err == nil:
			return true, nil
		case ctx.Err() != nil:
			return false, ctx.Err()
		case p.gone():
			return false, errStopped
		case !errors.As(err, &refused) && listening && p.listens():
			return false, fault.Wrap(err, fault.Unavailable, "the private database in %s cannot be connected to; the log says why", p.data)
		case refused == nil, refused.Code == "57P03": // does not listen; cannot_connect_now
			return false, nil
		case refused.Code == "3D000": // invalid_catalog_name: there is no such database
			return false, p.connect(ctx, "postgres", "CREATE DATABASE "+database)
		default:
			return false, fault.Wrap(err, fault.Unavailable, "the private database in %s refuses us: %s", p.data, refused.Message)
		}
	})
}

// connect makes a connection, runs statements on it, if any, and closes it.
func (p postmaster) connect(ctx context.Context, database string, statements ...string) error {
	conn, err := pgx.Connect(ctx, socketURL(p.socket, database))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fault.Wrap(err, fault.Unavailable, "the private database in %s cannot be made ready: %v", p.data, err)
		}
	}
	return nil
}

// stop shuts the server down ("fast shutdown"): it ends its connections, writes out
// what it has in memory, and has ended when stop returns.
func (p postmaster) stop(ctx context.Context) error {
	if err := syscall.Kill(p.pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("stop the private Postgres: %w", err)
	}
	if err := poll(ctx, func() (bool, error) { return p.gone(), nil }); err != nil {
		return fault.Wrap(err, fault.Unavailable, "the private Postgres (process %d) is slow to stop; it is left to itself", p.pid)
	}
	return nil
}

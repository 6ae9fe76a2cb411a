//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// Cluster is one process's share in the private Postgres server of a data
// directory.
//
// The server belongs to no process. The first to come starts it, those that come
// later join it, and the last to leave stops it; the kernel's file locks keep count,
// so that a killed process counts no more. A server that nobody stopped is joined at
// the next Open, and one that crashed recovers then.
//
// Everything is in one folder of the data directory, which only its owner may
// enter; there the server trusts every connection, and it has no TCP port:
//
//	postgres/lock        held while the server is started, joined or left
//	postgres/users       held, shared, by every process that uses the server
//	postgres/server.log  what the server says
//	postgres/17/         the data, by Postgres's major version
//	postgres/.s.PGSQL…   the socket, or in a temporary folder if the path is too long
type Cluster struct {
	home  string
	log   *slog.Logger
	dirs  func(context.Context) []string // where Postgres may be installed
	gate  *os.File                       // postgres/lock
	users *os.File                       // postgres/users

	url     string       // of the database; the same for every server
	entered bool         // holds the lock on users
	server  postmaster   // that this process uses
	leave   func() error // close, once
}

// closeTimeout bounds the wait for the server to write out what it holds.
const closeTimeout = 2 * time.Minute

// Open joins the private Postgres of a data directory. It makes the data
// directory and the database, and starts the server, where they are missing.
// The caller closes the Cluster. When ctx ends before it is open, what was
// begun is undone.
func Open(ctx context.Context, dataDir string, log *slog.Logger) (*Cluster, error) {
	return openCluster(ctx, dataDir, log, binaryDirs)
}

func openCluster(ctx context.Context, dataDir string, log *slog.Logger, dirs func(context.Context) []string) (*Cluster, error) {
	home, err := makeHome(dataDir)
	if err != nil {
		return nil, err
	}
	c := &Cluster{home: home, log: log, dirs: dirs}
	c.leave = sync.OnceValue(c.close)
	if err := c.openLocks(); err != nil {
		return nil, err
	}
	if err := c.enter(ctx); err != nil {
		if undo := c.Close(); undo != nil {
			log.Warn("the private Postgres was not left in order", "error", undo)
		}
		return nil, err
	}
	c.url = socketURL(c.server.socket, database)
	return c, nil
}

// URL is the connection string of the database, over the Unix socket.
func (c *Cluster) URL() string { return c.url }

// Close leaves the server, and stops it when nobody else uses it. Connections
// should be closed before; those that are not are cut. Keep must have returned.
func (c *Cluster) Close() error { return c.leave() }

// enter adds this process to the users of the server, and starts it if it does not
// run.
func (c *Cluster) enter(ctx context.Context) error {
	if err := lock(ctx, c.gate); err != nil {
		return fmt.Errorf("wait for another process to start or stop the database: %w", err)
	}
	defer unlock(c.gate)
	if err := syscall.Flock(int(c.users.Fd()), syscall.LOCK_SH); err != nil {
		return homeFault(c.home, err)
	}
	c.entered = true
	return c.up(ctx)
}

func (c *Cluster) close() error {
	defer c.gate.Close()
	defer c.users.Close()
	if !c.entered {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	if err := lock(ctx, c.gate); err != nil {
		return fmt.Errorf("leave the database: %w", err)
	}
	if !tryLock(c.users) {
		return nil // others use the server
	}
	p, running := c.running()
	if !running {
		return nil
	}
	c.log.Debug("stopping the private Postgres", "pid", p.pid)
	if err := p.stop(ctx); err != nil {
		return err
	}
	if p.socket != c.home {
		os.Remove(p.socket) // a temporary folder, empty by now
	}
	return nil
}

func (c *Cluster) openLocks() (err error) {
	if c.gate, err = openOwned(filepath.Join(c.home, "lock"), os.O_RDWR|os.O_CREATE); err != nil {
		return homeFault(c.home, err)
	}
	if c.users, err = openOwned(filepath.Join(c.home, "users"), os.O_RDWR|os.O_CREATE); err != nil {
		c.gate.Close()
		return homeFault(c.home, err)
	}
	return nil
}

// makeHome makes the folder that holds everything of the cluster. Only its owner may
// enter it.
func makeHome(dataDir string) (string, error) {
	home, err := filepath.Abs(filepath.Join(dataDir, "postgres"))
	if err != nil {
		return "", homeFault(dataDir, err)
	}
	if err := os.MkdirAll(home, 0o700); err != nil {
		return "", homeFault(dataDir, err)
	}
	if home, err = filepath.EvalSymlinks(home); err != nil {
		return "", homeFault(dataDir, err)
	}
	if err := os.Chmod(home, 0o700); err != nil {
		return "", homeFault(dataDir, err)
	}
	return home, nil
}

// homeFault says what to do when the data directory cannot be used.
func homeFault(dir string, err error) error {
	why := err.Error()
	if path := new(fs.PathError); errors.As(err, &path) {
		why = path.Err.Error()
	}
	advice := "set PULLQUOTE_DATA_DIR to a folder of your own"
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		advice = "make room, or set PULLQUOTE_DATA_DIR to a folder on another disk"
	}
	return fault.Wrap(err, fault.Unavailable, "the data directory %s cannot be used (%s): %s", dir, why, advice)
}

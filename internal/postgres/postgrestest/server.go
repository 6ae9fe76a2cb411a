package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/localpg"
)

// server is the Postgres of one test binary.
type server struct {
	opening sync.Once
	openErr error
	admin   string           // the connection string that makes and drops databases
	cluster *localpg.Cluster // nil when the server was given
	dir     string           // of the cluster
	life    io.Closer        // closed when this process ends; held here, or it would be collected

	preparing  sync.Once
	prepareErr error
	prepared   string // the name of the template; empty without
}

// open starts the server at the first call.
func (s *server) open(ctx context.Context) error {
	s.opening.Do(func() {
		if s.admin = os.Getenv("PULLQUOTE_TEST_DATABASE_URL"); s.admin == "" {
			s.openErr = s.start(ctx)
		} else if !strings.HasPrefix(s.admin, "postgres") {
			s.openErr = errors.New("PULLQUOTE_TEST_DATABASE_URL must look like postgres://user@host/database")
		}
	})
	return s.openErr
}

func (s *server) start(ctx context.Context) (err error) {
	if s.dir, err = os.MkdirTemp("", "pullquote-test-"); err != nil {
		return err
	}
	if s.life, err = cleanAfterUs(s.dir); err != nil {
		return fmt.Errorf("watch over %s: %w", s.dir, err)
	}
	if s.cluster, err = localpg.Open(ctx, s.dir, slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	s.admin = s.cluster.URL()
	return s.exec(ctx, // nothing here has to outlive a crash
		"ALTER SYSTEM SET fsync = off",
		"ALTER SYSTEM SET full_page_writes = off",
		"ALTER SYSTEM SET synchronous_commit = off",
		"SELECT pg_reload_conf()")
}

// cleanAfterUs leaves a process behind that outlives this one, however it ends:
// a test that runs out of time, or a Ctrl-C, runs no code of ours any more. It
// waits for the end of a pipe, which the kernel brings about at the latest.
func cleanAfterUs(dir string) (life io.Closer, err error) {
	cmd := exec.Command("sh", "-c", `trap "" INT HUP TERM; cat
		for pid in "$0"/postgres/*/postmaster.pid; do kill -QUIT $(head -n 1 "$pid"); done; rm -rf "$0"`, dir)
	if life, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	return life, cmd.Start()
}

// template makes, at the first call, a database that prepare has filled.
func (s *server) template(ctx context.Context, prepare Prepare) (string, error) {
	s.preparing.Do(func() {
		name := newName()
		if s.prepareErr = s.exec(ctx, "CREATE DATABASE "+name); s.prepareErr != nil {
			return
		}
		s.prepared = name
		s.prepareErr = prepare(ctx, s.url(name))
	})
	return s.prepared, s.prepareErr
}

// url is the connection string of one of the server's databases.
func (s *server) url(database string) string {
	u, err := url.Parse(s.admin)
	if err != nil {
		return s.admin // it cannot be connected to, and the driver says why
	}
	u.Path = "/" + database
	return u.String()
}

// exec runs statements that may not stand in a transaction.
func (s *server) exec(ctx context.Context, statements ...string) error {
	conn, err := pgx.Connect(ctx, s.admin)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// close drops what is left on the server, and stops it if it is ours.
func (s *server) close() error {
	if s.cluster != nil {
		return errors.Join(s.cluster.Close(), os.RemoveAll(s.dir), s.life.Close())
	}
	if s.prepared != "" {
		return s.exec(context.Background(), "DROP DATABASE "+s.prepared+" WITH (FORCE)")
	}
	return nil
}

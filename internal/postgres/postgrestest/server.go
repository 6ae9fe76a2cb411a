package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pullquote/pullquote/internal/localpg"
)

// server is the Postgres of one test binary.
type server struct {
	opening sync.Once
	openErr error
	admin   string             // the connection string that makes and drops databases
	nodes   []*localpg.Cluster // none when the server was given; of several the first is the coordinator
	dir     string             // of the nodes
	life    io.Closer          // closed when this process ends; held here, or it would be collected
	citus   bool               // databases are distributed over the nodes

	preparing  sync.Once
	prepareErr error
	prepared   string // the name of the template; empty without
}

// open starts the server at the first call.
func (s *server) open(ctx context.Context) error {
	s.opening.Do(func() {
		if s.admin = os.Getenv("PULLQUOTE_TEST_DATABASE_URL"); s.admin == "" || s.citus {
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
	if err := s.startNode(ctx); err != nil {
		return err
	}
	s.admin = s.nodes[0].URL()
	if s.citus {
		return s.startCitus(ctx)
	}
	return nil
}

// startNode starts a cluster. Nothing in it has to outlive a crash.
func (s *server) startNode(ctx context.Context) error {
	node, err := localpg.Open(ctx, filepath.Join(s.dir, strconv.Itoa(len(s.nodes))), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	s.nodes = append(s.nodes, node)
	return exec(ctx, node.URL(),
		"ALTER SYSTEM SET fsync = off",
		"ALTER SYSTEM SET full_page_writes = off",
		"ALTER SYSTEM SET synchronous_commit = off",
		"SELECT pg_reload_conf()")
}

// cleanAfterUs leaves a process behind that outlives this one, however it ends:
// a test that runs out of time, or a Ctrl-C, runs no code of ours any more. It
// waits for the end of a pipe, which the kernel brings about at the latest.
func cleanAfterUs(dir string) (life io.Closer, err error) {
	cmd := osexec.Command("sh", "-c", `trap "" INT HUP TERM; cat
		for pid in "$0"/postgres/*/postmaster.pid "$0"/*/postgres/*/postmaster.pid; do test -f "$pid" && kill -QUIT $(head -n 1 "$pid"); done; rm -rf "$0"`, dir)
	if life, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	return life, cmd.Start()
}

// template makes, at the first call, a database that prepare has filled.
func (s *server) template(ctx context.Context, prepare Prepare) (string, error) {
	s.preparing.Do(func() {
		name := newName()
		if s.prepareErr = s.create(ctx, name, "template1"); s.prepareErr != nil {
			return
		}
		s.prepared = name
		if s.citus {
			if s.prepareErr = s.join(ctx, s.url(name)); s.prepareErr != nil {
				return
			}
		}
		if s.prepareErr = prepare(ctx, s.url(name)); s.prepareErr == nil && s.citus {
			s.prepareErr = s.closeOff(ctx, name)
		}
	})
	return s.prepared, s.prepareErr
}

// create makes a database, on every node.
func (s *server) create(ctx context.Context, name, template string) error {
	return s.everywhere(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template)
}

// drop drops a database, on every node. Citus's maintenance may connect to it again while it is
// being dropped, which is then refused.
func (s *server) drop(ctx context.Context, name string) (err error) {
	for range 3 {
		err = s.everywhere(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
		if refused := new(pgconn.PgError); !errors.As(err, &refused) || refused.Code != "55006" { // object_in_use
			return err
		}
	}
	return err
}

// everywhere runs a statement on every node, the coordinator first.
func (s *server) everywhere(ctx context.Context, statement string) error {
	if len(s.nodes) == 0 {
		return exec(ctx, s.admin, statement)
	}
	for _, node := range s.nodes {
		if err := exec(ctx, node.URL(), statement); err != nil {
			return err
		}
	}
	return nil
}

// url is the connection string of one of the server's databases.
func (s *server) url(database string) string { return withDatabase(s.admin, database) }

func withDatabase(server, database string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server // it cannot be connected to, and the driver says why
	}
	u.Path = "/" + database
	return u.String()
}

// exec runs statements that may not stand in a transaction.
func exec(ctx context.Context, server string, statements ...string) error {
	conn, err := pgx.Connect(ctx, server)
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
	if s.life != nil {
		var errs []error
		for _, node := range s.nodes {
			errs = append(errs, node.Close())
		}
		return errors.Join(append(errs, os.RemoveAll(s.dir), s.life.Close())...)
	}
	if s.prepared != "" {
		return s.drop(context.Background(), s.prepared)
	}
	return nil
}

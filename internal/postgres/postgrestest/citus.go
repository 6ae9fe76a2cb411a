package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/localpg"
)

// errNoCitus says that the machine's Postgres comes without Citus.
var errNoCitus = errors.New("the Postgres of the tests comes without Citus")

// workers are as many as tell a statement that goes to one node from one that goes to all.
const workers = 2

// preload are the settings by which a node loads Citus when it is started again. Processes and
// prepared transactions are for as many databases as tests run at the same time, each with a
// maintenance daemon.
var preload = []string{
	"ALTER SYSTEM SET shared_preload_libraries = 'citus'",
	"ALTER SYSTEM SET max_prepared_transactions = 100",
	"ALTER SYSTEM SET max_worker_processes = 64",
}

// citusSettings are those of Citus's own. Four shards are two to a worker, as few as tell a
// shard from a worker.
var citusSettings = []string{
	"ALTER SYSTEM SET citus.shard_count = 4",
	"ALTER SYSTEM SET citus.max_adaptive_executor_pool_size = 2",
	"SELECT pg_reload_conf()",
}

// startCitus adds the workers and has every node load Citus.
func (s *server) startCitus(ctx context.Context) error {
	if there, err := hasCitus(ctx, s.admin); err != nil || !there {
		return errors.Join(err, errNoCitus)
	}
	for range workers {
		if err := s.startNode(ctx); err != nil {
			return err
		}
	}
	for i, node := range s.nodes {
		err := errors.Join(exec(ctx, node.URL(), preload...), node.Close())
		if err != nil {
			return err
		}
		if s.nodes[i], err = localpg.Open(ctx, filepath.Join(s.dir, strconv.Itoa(i)), slog.New(slog.DiscardHandler)); err != nil {
			return err
		}
		if err := exec(ctx, s.nodes[i].URL(), append([]string{"LOAD 'citus'"}, citusSettings...)...); err != nil {
			return err
		}
	}
	return nil
}

func hasCitus(ctx context.Context, url string) (there bool, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return false, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'citus')`).Scan(&there)
	return there, err
}

// join makes the databases on all nodes that have the name of one on the coordinator a database
// that can be distributed.
func (s *server) join(ctx context.Context, coordinator string) error {
	config, err := pgx.ParseConfig(coordinator)
	if err != nil {
		return err
	}
	name := config.Database
	var statements []string
	for i, node := range s.nodes {
		url := withDatabase(node.URL(), name)
		if err := exec(ctx, url, "CREATE EXTENSION citus", "CREATE EXTENSION IF NOT EXISTS vector"); err != nil {
			return err
		}
		config, err := pgx.ParseConfig(url)
		if err != nil {
			return err
		}
		add := "citus_add_node"
		if i == 0 {
			add = "citus_set_coordinator_host"
		}
		statements = append(statements, fmt.Sprintf("SELECT %s('%s', %d)", add, config.Host, config.Port))
	}
	return exec(ctx, coordinator, statements...)
}

// closeOff ends all connections to the template, those of Citus's maintenance included, and lets
// in no others: a copy can be made of what nobody is connected to.
func (s *server) closeOff(ctx context.Context, name string) error {
	if err := s.everywhere(ctx, "ALTER DATABASE "+name+" ALLOW_CONNECTIONS false"); err != nil {
		return err
	}
	return s.everywhere(ctx, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"+name+"'")
}

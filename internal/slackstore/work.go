package slackstore

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe/riverobserve"
	"github.com/pullquote/pullquote/internal/pause"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/slackbot"
)

const (
	// lockInterval is how often a process that waits tries to get the lock. It does not
	// wait for it within Postgres: a statement that lasts so long would keep VACUUM from
	// removing dead rows and indexes from being made.
	lockInterval = 500 * time.Millisecond
	// pingInterval is how often the process that has the lock checks its connection.
	pingInterval = 2 * time.Second
	pingTimeout  = 5 * time.Second

	workConnections = 4
	// fetchInterval is how often the queue is polled for jobs that nothing announces:
	// those whose next try has become due.
	fetchInterval = 500 * time.Millisecond
	fetchPause    = 20 * time.Millisecond // between two polls, at least
	graceTimeout  = 5 * time.Second       // for tasks that run when Work is to end
	closeTimeout  = 2 * time.Second
)

// keepalives have the server end the connection of a client that has vanished, even
// with its whole machine, within some 20 seconds.
var keepalives = map[string]string{
	"application_name":        "pullquote slack",
	"tcp_keepalives_idle":     "5",
	"tcp_keepalives_interval": "5",
	"tcp_keepalives_count":    "3",
	"idle_session_timeout":    "0",
}

// do does a task.
type do func(ctx context.Context, t slackbot.Task, a slackbot.Attempt) error

// Work implements slackbot.Store. After a failure of the database, which is logged,
// it begins anew, until ctx ends; then it returns nil.
func (s *Store) Work(ctx context.Context, workers int, do func(context.Context, slackbot.Task, slackbot.Attempt) error) error {
	if workers < 1 {
		return fault.New(fault.Invalid, "there must be at least one worker for Slack, not %d", workers)
	}
	for {
		err := s.workOnce(ctx, workers, do)
		if ctx.Err() != nil {
			return nil
		}
		s.log.WarnContext(ctx, "the work for Slack was interrupted and begins anew", fault.Attr(err))
		_ = pause.For(ctx, lockInterval)
	}
}

// workOnce waits for the lock and works until it loses it or ctx ends.
func (s *Store) workOnce(ctx context.Context, workers int, do do) error {
	lock, err := s.lock(ctx)
	if err != nil {
		return postgres.Translate(err)
	}
	defer closeSoon(lock)
	if err := takeOver(ctx, lock); err != nil {
		return postgres.Translate(err)
	}
	pool, err := anotherPool(ctx, s.pool, workConnections)
	if err != nil {
		return err
	}
	defer pool.Close()
	client, err := s.client(pool, workers, do)
	if err != nil {
		return err
	}
	// ctx does not stop the client, as it would cancel the tasks that run.
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return postgres.Translate(err)
	}
	s.log.Debug("this process works for Slack")
	err = keepLock(ctx, lock)
	if err != nil {
		_ = client.StopAndCancel(context.WithoutCancel(ctx)) // waits for the tasks, and has no other error
	} else {
		_ = client.Stop(context.WithoutCancel(ctx))
	}
	return postgres.Translate(err)
}

// lock waits for the advisory lock that one process at a time has, and returns the
// connection that holds it.
func (s *Store) lock(ctx context.Context) (*pgx.Conn, error) {
	config := s.pool.Config().ConnConfig
	for name, value := range keepalives {
		config.RuntimeParams[name] = value
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	for {
		var alone bool
		err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock(hashtext('pullquote.slack'))`).Scan(&alone)
		switch {
		case err != nil:
			closeSoon(conn)
			return nil, err
		case alone:
			return conn, nil
		}
		_ = pause.For(ctx, lockInterval)
	}
}

// takeOver prepares the queue for the process that has got the lock. Jobs in state
// "running" belong to a process that has died, as only the one with the lock runs
// any: they become available at once, for which River would wait an hour. The row of
// the leader is removed too: until the dead leader's lease expired, River would not
// make jobs available whose next try is due.
func takeOver(ctx context.Context, lock *pgx.Conn) error {
	var statements pgx.Batch
	statements.Queue(`UPDATE river_job SET state = 'available' WHERE kind = $1 AND state = 'running'`, taskJob{}.Kind())
	statements.Queue(`DELETE FROM river_leader`)
	return lock.SendBatch(ctx, &statements).Close()
}

func (s *Store) client(pool *pgxpool.Pool, workers int, do do) (*river.Client[pgx.Tx], error) {
	kinds := river.NewWorkers()
	if err := river.AddWorkerSafely(kinds, &taskWorker{store: s, pool: pool, do: do}); err != nil {
		return nil, err
	}
	return river.NewClient(riverpgxv5.New(pool), &river.Config{
		Logger:            riverLog(s.log),
		Middleware:        []rivertype.Middleware{riverobserve.New()},
		Queues:            map[string]river.QueueConfig{queueName: {MaxWorkers: workers}},
		Workers:           kinds,
		FetchCooldown:     fetchPause,
		FetchPollInterval: fetchInterval,
		JobTimeout:        taskTimeout,
		SoftStopTimeout:   s.grace,
	})
}

// keepLock waits until ctx ends, and returns an error when the connection is lost
// before, and the lock with it.
func keepLock(ctx context.Context, conn *pgx.Conn) error {
	for {
		quiet, cancel := context.WithTimeout(ctx, pingInterval)
		_, err := conn.WaitForNotification(quiet) // none comes, but it notices when the connection ends
		over := quiet.Err() != nil
		cancel()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && !over {
			return fmt.Errorf("the connection with the lock ended: %w", err)
		}
		if err := ping(ctx, conn); err != nil && ctx.Err() == nil {
			return fmt.Errorf("the connection with the lock does not answer: %w", err)
		}
	}
}

func ping(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	return conn.Ping(ctx)
}

// closeSoon closes a connection whose server may not answer any more.
func closeSoon(conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	_ = conn.Close(ctx)
}

// riverLog is the log for River. It passes on warnings and errors only: River logs
// much of its ordinary work.
func riverLog(log *slog.Logger) *slog.Logger { return slog.New(quiet{log.Handler()}) }

type quiet struct{ slog.Handler }

func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }
func (q quiet) WithGroup(name string) slog.Handler       { return quiet{q.Handler.WithGroup(name)} }

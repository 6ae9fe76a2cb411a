// Package slackstore is what the bot in Slack must not forget, in Postgres:
// slackbot.Store.
//
// What Slack delivers is a task. Receive keeps it before it is acknowledged, once
// however often it is delivered, with a job in River's queue in the same
// transaction, so that a crash loses no task. Only the first task of
// a thread that is not done has a job: the transaction that marks it as done makes
// the job of the next one, so that a thread's tasks are done in their order, and
// threads do not wait for each other.
//
// Work does the tasks, in one process at a time, which holds an advisory lock on a
// connection of its own. When that process dies, its connection ends, another
// process gets the lock and takes up what was left. When a task is done its words
// are forgotten.
//
// The store shares the database and the pool of the record's store, package
// postgres, and is no part of it: the record knows nothing of Slack.
package slackstore

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/observe/riverobserve"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/retrieval"
)

// inboxConnections are the connections for what is received. They are enough: a
// delivery takes a few milliseconds.
const inboxConnections = 4

// Store implements slackbot.Store. It is safe for concurrent use.
type Store struct {
	pool *pgxpool.Pool
	log  *slog.Logger
	// inbox has connections for what happens before a delivery is acknowledged, for
	// which Slack waits three seconds. Those of pool are few, and searches queue for
	// them.
	inbox   *pgxpool.Pool
	jobs    *river.Client[pgx.Tx]           // only inserts jobs
	backoff func(attempt int) time.Duration // pause after a try that failed
	grace   time.Duration                   // how long tasks may go on once Work is to end
}

// Open makes the bot's store on the database of a pool. The caller closes it before
// the pool.
func Open(ctx context.Context, pool *pgxpool.Pool, log *slog.Logger) (*Store, error) {
	inbox, err := anotherPool(ctx, pool, inboxConnections)
	if err != nil {
		return nil, err
	}
	jobs, err := river.NewClient(riverpgxv5.New(inbox), &river.Config{
		Logger:        riverLog(log),
		Middleware:    []rivertype.Middleware{riverobserve.New()},
		FetchCooldown: river.FetchCooldownMin, // has each job announced; otherwise the second of two waits to be polled
	})
	if err != nil {
		inbox.Close()
		return nil, err
	}
	return &Store{pool: pool, log: log, inbox: inbox, jobs: jobs, backoff: backoff, grace: graceTimeout}, nil
}

// anotherPool makes a pool of so many connections to the database of a pool.
func anotherPool(ctx context.Context, pool *pgxpool.Pool, connections int32) (*pgxpool.Pool, error) {
	config := pool.Config()
	config.MaxConns = connections
	config.AfterConnect = nil // no vectors
	another, err := pgxpool.NewWithConfig(ctx, config)
	return another, postgres.Translate(err)
}

// Close waits for the statements that run and closes the connections.
func (s *Store) Close() { s.inbox.Close() }

// Receive implements slackbot.Store. The task gets a job in the queue, unless an
// earlier task of its thread is not done: finish then makes the job.
func (s *Store) Receive(ctx context.Context, t slackbot.Task) (received bool, err error) {
	if err := receivable(t); err != nil {
		return false, err
	}
	t.Traceparent = observe.Traceparent(ctx)
	t.Text = strings.ReplaceAll(t.Text, "\x00", "") // which Postgres cannot store
	err = pgx.BeginFunc(ctx, s.inbox, func(tx pgx.Tx) error {
		waits, err := insertTask(ctx, tx, t)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return nil // it was received before
		case err == nil && !waits:
			_, err = s.jobs.InsertTx(ctx, tx, taskJob{t.ID}, nil)
		}
		received = true
		return err
	})
	return received && err == nil, postgres.Translate(err)
}

func receivable(t slackbot.Task) error {
	if !retrieval.ValidID(t.ID) {
		return fault.New(fault.Invalid, "the task's id %q is no UUID", t.ID)
	}
	if t.EventID == "" || t.Team == "" || t.Channel == "" || t.Kind == "" {
		return fault.New(fault.Invalid, "the task lacks its event, team, channel or kind")
	}
	return nil
}

// insertTask stores a task and reports whether it waits for an earlier one of its
// thread. It returns pgx.ErrNoRows when the task is there already.
func insertTask(ctx context.Context, tx pgx.Tx, t slackbot.Task) (waits bool, err error) {
	var statements pgx.Batch
	lockPlace(&statements, t.Place())
	statements.Queue(`
		INSERT INTO slack_tasks (id, team, event_id, channel, thread, ts, kind, task)
		VALUES ($1, $2, $3, $4, $5, nullif($6, ''), $7, $8)
		ON CONFLICT DO NOTHING
		RETURNING EXISTS (
			SELECT FROM slack_tasks
			WHERE team = $2 AND channel = $4 AND thread = $5 AND thread <> '' AND done_at IS NULL)`,
		t.ID, t.Team, t.EventID, t.Channel, t.Thread, t.TS, t.Kind, t,
	).QueryRow(func(row pgx.Row) error { return row.Scan(&waits) })
	err = tx.SendBatch(ctx, &statements).Close()
	return waits, err
}

// Withdraw implements slackbot.Store. Slack may tell of a deletion before it tells of
// the message: a row of its own, done from the beginning, has the message taken for one
// that was received. It comes first, since it waits for a transaction that is just
// receiving the message.
func (s *Store) Withdraw(ctx context.Context, team, channel, ts string, thread bool) (known bool, err error) {
	err = pgx.BeginFunc(ctx, s.inbox, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO slack_tasks (id, team, event_id, channel, thread, ts, kind, done_at)
			VALUES (gen_random_uuid(), $1, 'deleted:' || $2 || '/' || $3, $2, '', $3, 'deleted', now())
			ON CONFLICT DO NOTHING`, team, channel, ts)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			UPDATE slack_tasks SET task = task - 'text' - 'files' || '{"withdrawn": true}'
			WHERE team = $1 AND channel = $2 AND done_at IS NULL
				AND (ts = $3 OR kind = 'ingest' AND task #>> '{message,ts}' = $3 OR $4 AND thread = $3)`,
			team, channel, ts, thread)
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM slack_tasks WHERE team = $1 AND channel = $2 AND thread = $3)`,
			team, channel, ts).Scan(&known)
	})
	return known, postgres.Translate(err)
}

// Withdrawn implements slackbot.Store.
func (s *Store) Withdrawn(ctx context.Context, taskID string) (withdrawn bool, err error) {
	err = s.pool.QueryRow(ctx, `SELECT coalesce((task ->> 'withdrawn')::boolean, false) FROM slack_tasks WHERE id = $1`, taskID).Scan(&withdrawn)
	return withdrawn, postgres.Translate(err)
}

// lockPlace locks a thread until the end of the transaction. Otherwise a task could
// arrive and wait for one that is just being finished, and neither would make the
// job. It is a statement of its own, because the statements after it must see what
// the transaction before has done.
func lockPlace(statements *pgx.Batch, p slackbot.Place) {
	if p.Thread != "" {
		statements.Queue(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`,
			strings.Join([]string{"pullquote.slack", p.Team, p.Channel, p.Thread}, "/"))
	}
}

// Reply implements slackbot.Store.
func (s *Store) Reply(ctx context.Context, taskID string) (r slackbot.Reply, err error) {
	var begun *time.Time
	err = s.pool.QueryRow(ctx, `SELECT begun_at, coalesce(reply_ts, ''), replied FROM slack_tasks WHERE id = $1`, taskID).
		Scan(&begun, &r.TS, &r.Done)
	if begun != nil {
		r.Begun = begun.UTC()
	}
	return r, postgres.Translate(err)
}

// SaveReply implements slackbot.Store.
func (s *Store) SaveReply(ctx context.Context, t slackbot.Task, r slackbot.Reply) error {
	var begun *time.Time
	if !r.Begun.IsZero() {
		begun = &r.Begun
	}
	tag, err := s.pool.Exec(ctx, `
		UPDATE slack_tasks SET begun_at = $2, reply_ts = nullif($3, ''), replied = $4 WHERE id = $1`,
		t.ID, begun, r.TS, r.Done)
	if server, ok := errors.AsType[*pgconn.PgError](err); ok && server.Code == "23505" {
		return fault.Wrap(err, fault.Conflict, "message %s is the reply to another task", r.TS)
	}
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return postgres.Translate(err)
}

// Replies implements slackbot.Store.
func (s *Store) Replies(ctx context.Context, p slackbot.Place) ([]string, error) {
	rows, err := s.pool.Query(ctx, `
		SELECT reply_ts FROM slack_tasks
		WHERE team = $1 AND channel = $2 AND thread = $3 AND reply_ts IS NOT NULL
		ORDER BY number`, p.Team, p.Channel, p.Thread)
	if err != nil {
		return nil, postgres.Translate(err)
	}
	replies, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return replies, postgres.Translate(err)
}

// Conversation implements slackbot.Store.
func (s *Store) Conversation(ctx context.Context, p slackbot.Place) (id string, err error) {
	err = s.inbox.QueryRow(ctx, `
		SELECT coalesce(max(conversation_id::text), '') FROM slack_threads WHERE team = $1 AND channel = $2 AND thread = $3`,
		p.Team, p.Channel, p.Thread).Scan(&id)
	return id, postgres.Translate(err)
}

// SaveConversation implements slackbot.Store.
func (s *Store) SaveConversation(ctx context.Context, p slackbot.Place, id string) error {
	if p.Thread == "" {
		return fault.New(fault.Invalid, "there is no thread, so it has no conversation")
	}
	if !retrieval.ValidID(id) {
		return noConversation(id)
	}
	tag, err := s.pool.Exec(ctx, `
		INSERT INTO slack_threads (team, channel, thread, conversation_id)
		SELECT $1, $2, $3, id FROM conversations WHERE id = $4 FOR KEY SHARE
		ON CONFLICT (team, channel, thread) DO UPDATE SET conversation_id = excluded.conversation_id`,
		p.Team, p.Channel, p.Thread, id)
	if err == nil && tag.RowsAffected() == 0 {
		err = noConversation(id)
	}
	return postgres.Translate(err)
}

func noConversation(id string) error {
	return fault.New(fault.NotFound, "there is no conversation %s; list the conversations to see their ids", id)
}

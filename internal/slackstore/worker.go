package slackstore

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/slackbot"
)

const (
	queueName   = "slack"
	taskTimeout = 5 * time.Minute
	mostTries   = 8
	// mostDeaths is how often a task is tried that ends the process each time, and so
	// never gets to mostTries.
	mostDeaths    = 24
	longestPause  = time.Minute
	finishTimeout = 10 * time.Second

	// A task that has waited for another one of its thread comes before others that are due.
	priorityWaited  = 1
	priorityArrived = 2
)

// taskJob is the job of a task that may be done now. Its words are not in it.
type taskJob struct {
	Task string `json:"task"` // its id
}

// Kind implements river.JobArgs.
func (taskJob) Kind() string { return "slack_task" }

// InsertOpts implements river.JobArgsWithInsertOpts. River never gives a job up; the
// worker does, as it has to mark the task as done then.
func (taskJob) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queueName, MaxAttempts: math.MaxInt16, Priority: priorityArrived}
}

// backoff is the pause after a try: 1, 2, 4, … 60 seconds.
func backoff(attempt int) time.Duration {
	return min(time.Second<<min(attempt-1, 6), longestPause)
}

// errAgain is what River stores of a failure: the error itself may contain what was
// asked.
var errAgain = errors.New("to be tried again; the log says why")

// taskWorker does tasks as River's jobs.
type taskWorker struct {
	river.WorkerDefaults[taskJob]
	store   *Store
	pool    *pgxpool.Pool
	do      do
	running sync.Map // ids of tasks
}

// Timeout implements river.Worker.
func (w *taskWorker) Timeout(*river.Job[taskJob]) time.Duration { return taskTimeout }

// NextRetry implements river.Worker.
func (w *taskWorker) NextRetry(job *river.Job[taskJob]) time.Time {
	return time.Now().Add(w.store.backoff(job.Attempt))
}

// Work implements river.Worker. A task that is done is not done again, whatever state
// River has for its job.
func (w *taskWorker) Work(ctx context.Context, job *river.Job[taskJob]) error {
	if _, twice := w.running.LoadOrStore(job.Args.Task, nil); twice { // a process that lost the lock made it available
		return river.JobSnooze(time.Second)
	}
	defer w.running.Delete(job.Args.Task)
	t, err := w.task(ctx, job.Args.Task)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return w.failed(ctx, "a task from Slack could not be read", job, err)
	}
	a := slackbot.Attempt{Number: job.Attempt, Last: job.Attempt >= mostTries}
	if a.Number > mostDeaths {
		err = errors.New("the process ended each time that it was tried")
	} else {
		err = w.try(ctx, t, a)
	}
	stopped := errors.Is(ctx.Err(), context.Canceled)
	if err != nil && (stopped || !a.Last) {
		return w.failed(ctx, "a task from Slack failed and is tried again", job, err, "event", t.EventID)
	}
	if err != nil {
		observe.GaveUp(ctx)
		w.store.log.ErrorContext(ctx, "a task from Slack failed and is given up", "task", t.ID, "event", t.EventID, fault.Attr(err))
	}
	if err := w.finish(ctx, t); err != nil {
		return w.failed(ctx, "a task from Slack is done, which could not be written down", job, err, "event", t.EventID)
	}
	return nil
}

// failed has River try a job again. A try that ended because this process stops does
// not count as one.
func (w *taskWorker) failed(ctx context.Context, message string, job *river.Job[taskJob], err error, attrs ...any) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return context.Canceled
	}
	attrs = append(attrs, "task", job.Args.Task, "attempt", job.Attempt, fault.Attr(err))
	w.store.log.WarnContext(ctx, message, attrs...)
	return errAgain
}

// task reads a task that is not done. The error is pgx.ErrNoRows if it is done.
func (w *taskWorker) task(ctx context.Context, id string) (t slackbot.Task, err error) {
	err = w.pool.QueryRow(ctx, `SELECT task FROM slack_tasks WHERE id = $1 AND done_at IS NULL`, id).Scan(&t)
	return t, err
}

// try does a task. A panic fails the task and not the process.
func (w *taskWorker) try(ctx context.Context, t slackbot.Task, a slackbot.Attempt) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	return w.do(ctx, t, a)
}

// finish marks a task as done, forgets its words, and makes the job of the next one in
// its thread. It also deletes tasks that were done a week ago: Slack will not deliver
// those again.
func (w *taskWorker) finish(ctx context.Context, t slackbot.Task) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTimeout)
	defer cancel()
	return pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error {
		var statements pgx.Batch
		var next, cause *string
		lockPlace(&statements, t.Place())
		statements.Queue(`
			WITH finished AS (
				UPDATE slack_tasks SET done_at = now(), task = NULL WHERE id = $1 AND done_at IS NULL
				RETURNING team, channel, thread, number
			)
			SELECT next.id, next.cause FROM (VALUES (1)) AS one LEFT JOIN (
				SELECT t.id::text, t.task ->> 'traceparent' AS cause FROM slack_tasks t JOIN finished f USING (team, channel, thread)
				WHERE t.thread <> '' AND t.number > f.number AND t.done_at IS NULL
				ORDER BY t.number
				LIMIT 1) AS next ON true`, t.ID).QueryRow(func(row pgx.Row) error { return row.Scan(&next, &cause) })
		statements.Queue(`
			DELETE FROM slack_tasks WHERE id IN (
				SELECT id FROM slack_tasks WHERE done_at < now() - interval '7 days' ORDER BY done_at LIMIT 1000)`)
		if err := tx.SendBatch(ctx, &statements).Close(); err != nil || next == nil {
			return err
		}
		if cause == nil {
			cause = new(string)
		}
		_, err := w.store.jobs.InsertTx(observe.From(ctx, *cause), tx, taskJob{*next}, &river.InsertOpts{Priority: priorityWaited})
		return err
	})
}

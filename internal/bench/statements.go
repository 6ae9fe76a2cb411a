package bench

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"
)

// statement is one that the program sent.
type statement struct {
	sql  string
	args []any
}

// recording are the statements that were sent for a context.
type recording struct {
	mu         sync.Mutex
	statements []statement
}

type recordingKey struct{}

// tracer adds statements to the recording of their context.
type tracer struct{}

func (tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	if r, ok := ctx.Value(recordingKey{}).(*recording); ok {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.statements = append(r.statements, statement{data.SQL, data.Args})
	}
	return ctx
}

func (tracer) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// record runs a search and returns its statements.
func record(ctx context.Context, search func(context.Context) error) ([]statement, error) {
	r := new(recording)
	err := search(context.WithValue(ctx, recordingKey{}, r))
	return r.statements, err
}

// errShape says that a search is not what replay takes it for.
var errShape = errors.New("a search sends other statements than its scope, one or two rankings and the texts")

// replay sends the statements of a search without the program around them: the
// scope, the rankings at the same time, the texts.
func replay(ctx context.Context, pool *pgxpool.Pool, statements []statement) error {
	last := len(statements) - 1
	if last < 0 || last > 3 {
		return errShape
	}
	if err := send(ctx, pool, statements[0]); err != nil || last == 0 { // nothing is in the scope
		return err
	}
	group, groupCtx := errgroup.WithContext(ctx)
	for _, ranking := range slices.Backward(statements[1:last]) { // the last to be started runs first
		group.Go(func() error { return send(groupCtx, pool, ranking) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return send(ctx, pool, statements[last])
}

// send sends a statement and reads its rows, in the form in which they come.
func send(ctx context.Context, pool *pgxpool.Pool, s statement) error {
	rows, err := pool.Query(ctx, s.sql, s.args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		rows.RawValues()
	}
	return rows.Err()
}

// warm opens all connections, so that no search waits for one, or is recorded with
// what that takes.
func warm(ctx context.Context, pool *pgxpool.Pool) error {
	for range pool.Config().MaxConns {
		conn, err := pool.Acquire(ctx)
		if err != nil {
			return err
		}
		defer conn.Release()
	}
	return nil
}

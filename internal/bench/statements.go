package bench

import (
	"context"
	"errors"
	"slices"
	"strings"
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
var errShape = errors.New("a search sends other statements than for its collection, its scope, one to three rankings, the texts, and the sentences' vectors once or twice")

// replay sends the statements of a search without the program around them: the collection, the
// scope, the rankings at the same time (also that of all passages by words, which a search sends
// once the likely ones were not enough), the texts with the vectors of their sentences, and then
// those of the questions that they answer.
func replay(ctx context.Context, pool *pgxpool.Pool, statements []statement) error {
	isOfSentences := func(s statement) bool { return strings.Contains(s.sql, "sentence_vectors") }
	sentences := slices.DeleteFunc(slices.Clone(statements), func(s statement) bool { return !isOfSentences(s) })
	statements = slices.DeleteFunc(slices.Clone(statements), isOfSentences)
	last := len(statements) - 1
	if last < 1 || last > 5 || len(sentences) > 2 {
		return errShape
	}
	if err := send(ctx, pool, statements[0]); err != nil {
		return err
	}
	if err := send(ctx, pool, statements[1]); err != nil || last == 1 { // nothing is in the scope
		return err
	}
	if err := sendAll(ctx, pool, statements[2:last]); err != nil {
		return err
	}
	first := min(1, len(sentences))
	if err := sendAll(ctx, pool, append(slices.Clone(sentences[:first]), statements[last])); err != nil {
		return err
	}
	return sendAll(ctx, pool, sentences[first:])
}

// sendAll sends statements at the same time.
func sendAll(ctx context.Context, pool *pgxpool.Pool, statements []statement) error {
	group, groupCtx := errgroup.WithContext(ctx)
	for _, s := range slices.Backward(statements) { // the last to be started runs first
		group.Go(func() error { return send(groupCtx, pool, s) })
	}
	return group.Wait()
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

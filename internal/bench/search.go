package bench

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/retrieval"
)

// Search is how fast a kind of search is, against its bare statements.
type Search struct {
	Name        string  `json:"name"`
	Connections int     `json:"connections"`
	Program     Latency `json:"program"`
	Bare        Latency `json:"bare"`
	Ratio       float64 `json:"ratio"` // of the medians
}

// Latency is of many searches, in milliseconds.
type Latency struct {
	P50       float64 `json:"p50_ms"`
	P95       float64 `json:"p95_ms"`
	PerSecond float64 `json:"per_second"`
}

const (
	// DefaultQuestions are enough for a 95th percentile.
	DefaultQuestions = 200
	// measureTime bounds one measurement, which has leastSearches at least.
	measureTime   = 12 * time.Second
	leastSearches = 10
)

// scenario is a kind of search, for each number of a question.
type scenario struct {
	name   string
	search func(ctx context.Context, number int) error
	direct func(ctx context.Context, number int) error // the same without HTTP, to be recorded; nil: search is
}

// measure runs each question of a scenario first to see its statements, then by
// the program and bare in turn, either of them first as often.
func measure(ctx context.Context, pool *pgxpool.Pool, s scenario, questions, connections int) (Search, error) {
	result := Search{Name: s.name, Connections: connections}
	recorded, err := s.record(ctx, questions)
	if err != nil {
		return result, err
	}
	n := len(recorded)
	bare := func(ctx context.Context, number int) error { return replay(ctx, pool, recorded[number]) }
	var program, replayed latencies
	turns := []func(from, to int) error{
		func(from, to int) error { return program.run(ctx, connections, from, to, s.search) },
		func(from, to int) error { return replayed.run(ctx, connections, from, to, bare) },
	}
	deadline := time.Now().Add(measureTime)
	for round := range rounds {
		if len(program.each) > 0 && time.Now().After(deadline) {
			break
		}
		for _, turn := range turns {
			if err := turn(n*round/rounds, n*(round+1)/rounds); err != nil {
				return result, err
			}
		}
		slices.Reverse(turns) // who comes second may find pages in the processor's caches
	}
	result.Program, result.Bare = program.summary(), replayed.summary()
	result.Ratio = result.Program.P50 / result.Bare.P50
	return result, nil
}

// record runs the questions, as many as there is time for.
func (s scenario) record(ctx context.Context, questions int) (recorded [][]statement, err error) {
	search := s.direct
	if search == nil {
		search = s.search
	}
	deadline := time.Now().Add(measureTime)
	for n := range questions {
		if n >= leastSearches && time.Now().After(deadline) {
			break
		}
		statements, err := record(ctx, func(ctx context.Context) error { return search(ctx, n) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		recorded = append(recorded, statements)
	}
	return recorded, nil
}

// rounds is how often program and bare statements take turns, so that what else
// the machine does meets both.
const rounds = 10

// latencies collects those of searches.
type latencies struct {
	each []time.Duration
	wall time.Duration
}

// run runs the searches from one number to another, so many at a time.
func (l *latencies) run(ctx context.Context, connections, from, to int, search func(context.Context, int) error) error {
	var mu sync.Mutex
	var next atomic.Int64
	next.Store(int64(from))
	begin := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for range connections {
		group.Go(func() error {
			for {
				number := int(next.Add(1)) - 1
				if number >= to {
					return nil
				}
				start := time.Now()
				if err := search(ctx, number); err != nil {
					return err
				}
				took := time.Since(start)
				mu.Lock()
				l.each = append(l.each, took)
				mu.Unlock()
			}
		})
	}
	err := group.Wait()
	l.wall += time.Since(begin)
	return err
}

func (l *latencies) summary() Latency {
	slices.Sort(l.each)
	at := func(part float64) float64 {
		return retrieval.Milliseconds(l.each[int(part*float64(len(l.each)-1))])
	}
	return Latency{P50: at(0.5), P95: at(0.95), PerSecond: float64(len(l.each)) / l.wall.Seconds()}
}

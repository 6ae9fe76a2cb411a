package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/pause"
)

// replicas sends statements that change nothing to streaming replicas.
//
// A replica gets a statement only if it has replayed all that the primary had when the
// statement came: the primary is asked for its position in the log, which costs it next to
// nothing, and the replica, on the connection that the statement then takes, for how far it has
// come. This is the read index of D. Ongaro, "Consensus: Bridging Theory and Practice" (2014),
// section 6.4. So a replica shows what the primary would, to whoever wrote it and to all others,
// whichever server they wrote by: what was deleted, redacted or embargoed does not come back,
// and nothing has to be remembered of who wrote what.
//
// One that is not that far within patience is passed over, and the primary answers. So it does
// where a replica fails before the first row is there.
type replicas struct {
	primary  *pgxpool.Pool
	asking   *pgxpool.Pool    // one connection to the primary, that reading waits for no writing
	standing shared[standing] // of the primary
	fence    *fence
	all      []*replica
	turn     atomic.Uint32
	log      *slog.Logger

	system int64       // what all clusters have in common that were copied from one
	before standing    // of the primary, when the replicas were checked last; of the checks alone
	begun  atomic.Bool // whether they were checked
	end    context.CancelFunc
	ended  chan struct{}
}

// replica is one of them.
type replica struct {
	name   string
	pool   *pgxpool.Pool
	asking *pgxpool.Pool // one connection, that a check waits for no statement

	resting atomic.Int64 // until when, in nanoseconds of Unix

	lock   sync.Mutex
	state  observe.Replica
	looked bool            // whether the state is known
	life   context.Context // of the statements that it has; ended when it does not answer
	lost   context.CancelFunc
}

const (
	// checkInterval is how often each replica is looked at, and how far it may be behind: one
	// that has not replayed what the primary had at the check before gets no statements, which
	// would wait for it in vain.
	checkInterval = time.Second
	// patience is how long a statement waits for a replica to have come as far as the primary.
	// Streaming takes a round trip and a write to the disk, of some milliseconds; whoever has to
	// wait for longer is served sooner by the primary.
	patience = 20 * time.Millisecond
	askAgain = time.Millisecond // and twice as long each time
	// rest is for how long a replica is passed over for which a statement has waited in vain: a
	// sixth of the time at most is lost to one that never comes as far.
	rest = 5 * patience
)

// openReplicas connects to replicas of the primary, and checks them until they are closed.
func openReplicas(ctx context.Context, primary *pgxpool.Pool, f *fence, urls []string, tracer pgx.QueryTracer, log *slog.Logger) (*replicas, error) {
	r := &replicas{primary: primary, fence: f, log: log, ended: make(chan struct{})}
	for _, url := range urls {
		config, err := parseURL("DATABASE_READ_URLS", url)
		if err != nil {
			return nil, err
		}
		_, name := pgconn.NetworkAddress(config.ConnConfig.Host, config.ConnConfig.Port)
		if config.ConnConfig.ConnectTimeout == 0 {
			config.ConnConfig.ConnectTimeout = answerTimeout
		}
		config.ShouldPing = func(context.Context, pgxpool.ShouldPingParams) bool { return false } // asking how far it is does as well
		config.ConnConfig.Tracer = tracer
		one := &replica{name: name, state: observe.Replica{Name: name, State: "it has not been looked at"}}
		one.life, one.lost = context.WithCancel(context.Background())
		r.all = append(r.all, one)
		if one.pool, err = pgxpool.NewWithConfig(ctx, config); err == nil {
			one.asking, err = oneConnection(ctx, config)
		}
		if err != nil {
			r.closePools()
			return nil, Translate(err)
		}
	}
	var err error
	if r.asking, err = oneConnection(ctx, primary.Config()); err != nil {
		r.closePools()
		return nil, Translate(err)
	}
	r.standing.ask = func(ctx context.Context) (standing, error) { return askPrimary(ctx, r.asking) }
	if r.system, err = askSystem(ctx, r.asking); err != nil {
		r.closePools()
		return nil, Translate(err)
	}
	r.check(ctx)
	keeping, end := context.WithCancel(context.WithoutCancel(ctx))
	r.end = end
	go r.keepChecking(keeping)
	return r, nil
}

// oneConnection is a pool of one connection as another pool has them.
func oneConnection(ctx context.Context, like *pgxpool.Config) (*pgxpool.Pool, error) {
	config := like.Copy()
	config.MaxConns, config.MinConns, config.MinIdleConns = 1, 0, 0
	config.ConnConfig.Tracer = nil
	return pgxpool.NewWithConfig(ctx, config)
}

func (r *replicas) close() {
	r.end()
	<-r.ended
	r.closePools()
}

func (r *replicas) closePools() {
	for _, one := range r.all {
		one.lost()
		for _, pool := range []*pgxpool.Pool{one.pool, one.asking} {
			if pool != nil {
				pool.Close()
			}
		}
	}
	if r.asking != nil {
		r.asking.Close()
	}
}

// Query implements querier.
func (r *replicas) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if one, conn := r.take(ctx); conn != nil {
		rows, err := one.query(ctx, conn, sql, args)
		if err == nil || ctx.Err() != nil {
			return rows, err
		}
		if isServerGone(err) {
			r.tell(one, one.leave(err))
		}
	}
	return r.primary.Query(ctx, sql, args...)
}

// QueryRow implements querier.
func (r *replicas) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	rows, err := r.Query(ctx, sql, args...)
	return onlyRow{rows, err}
}

// onlyRow is the first row of some, as pgx has it.
type onlyRow struct {
	rows pgx.Rows
	err  error
}

// Scan implements pgx.Row.
func (o onlyRow) Scan(into ...any) error {
	if o.err != nil {
		return o.err
	}
	defer o.rows.Close()
	if !o.rows.Next() {
		if err := o.rows.Err(); err != nil {
			return err
		}
		return pgx.ErrNoRows
	}
	if err := o.rows.Scan(into...); err != nil {
		return err
	}
	o.rows.Close()
	return o.rows.Err()
}

// take is a connection to a replica that has all that the primary has now; nil where none is
// to be had. The replicas take turns.
func (r *replicas) take(ctx context.Context) (*replica, *pgxpool.Conn) {
	one := r.next()
	if one == nil {
		return nil, nil
	}
	primary, err := r.standing.now(ctx)
	if err != nil {
		return nil, nil // so nothing can be known of replicas
	}
	conn, err := one.at(ctx, primary)
	switch {
	case err == nil || ctx.Err() != nil:
	case errors.Is(err, errBehind):
		one.resting.Store(time.Now().Add(rest).UnixNano())
	case isServerGone(err):
		r.tell(one, one.leave(err))
	}
	return one, conn
}

// next is the replica in use whose turn it is.
func (r *replicas) next() *replica {
	first := int(r.turn.Add(1) % uint32(len(r.all)))
	for i := range r.all {
		if one := r.all[(first+i)%len(r.all)]; one.described().InUse && one.resting.Load() < time.Now().UnixNano() {
			return one
		}
	}
	return nil
}

// errBehind is the error of a replica that does not catch up soon.
var errBehind = errors.New("the replica is behind")

// at is a connection to a replica that has all that the primary had at a moment.
func (one *replica) at(ctx context.Context, primary standing) (*pgxpool.Conn, error) {
	conn, err := one.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	began := time.Now()
	for wait := askAgain; ; wait *= 2 {
		p, err := askStanding(ctx, conn)
		if err == nil && p.has(primary) {
			return conn, nil
		}
		if err == nil && time.Since(began)+wait > patience {
			err = errBehind
		}
		if err == nil {
			err = pause.For(ctx, wait)
		}
		if err != nil {
			conn.Release()
			return nil, err
		}
	}
}

// query sends a statement, and waits for its first row.
func (one *replica) query(ctx context.Context, conn *pgxpool.Conn, sql string, args []any) (pgx.Rows, error) {
	one.lock.Lock()
	life := one.life
	one.lock.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(life, cancel)
	release := sync.OnceFunc(func() { stop(); cancel(); conn.Release() })
	rows, err := conn.Query(ctx, sql, args...)
	if err != nil {
		release()
		return nil, err
	}
	first := rows.Next()
	if err := rows.Err(); err != nil {
		release()
		return nil, err
	}
	return &startedRows{Rows: rows, first: first, started: true, life: life, release: release}, nil
}

// startedRows are rows of which the first has come already.
type startedRows struct {
	pgx.Rows
	started, first bool
	life           context.Context // of the replica
	release        func()
}

// Err implements pgx.Rows. What a replica breaks off that has given rows already, the client can
// ask for again.
func (s *startedRows) Err() error {
	err := s.Rows.Err()
	var server *pgconn.PgError
	if err != nil && (s.life.Err() != nil || errors.As(err, &server) && server.Code == "40001") { // a conflict with what is replayed
		return away(err, "a replica of the database broke off; try again")
	}
	return err
}

// Next implements pgx.Rows.
func (s *startedRows) Next() bool {
	if s.started {
		s.started = false
		return s.first
	}
	return s.Rows.Next()
}

// Close implements pgx.Rows.
func (s *startedRows) Close() {
	s.Rows.Close()
	s.release()
}

// isServerGone reports whether an error is of the connection or of a server that ends, and not
// of the one statement.
func isServerGone(err error) bool {
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return strings.HasPrefix(server.Code, "57P")
	}
	return true
}

// keepChecking checks the replicas until the context ends.
func (r *replicas) keepChecking(ctx context.Context) {
	defer close(r.ended)
	for pause.For(ctx, checkInterval) == nil {
		r.check(ctx)
	}
}

// check looks at every replica, and which timeline is the newest: connections to a former
// primary are given up.
func (r *replicas) check(ctx context.Context) {
	primary, primaryErr := r.standing.now(ctx)
	var checks sync.WaitGroup
	for _, one := range r.all {
		checks.Go(func() {
			asking, cancel := context.WithTimeout(ctx, answerTimeout)
			defer cancel()
			p, err := askStanding(asking, one.asking)
			switch {
			case ctx.Err() != nil: // this process ends
				return
			case err != nil:
				r.tell(one, one.leave(err))
				return
			case r.supersedes(asking, one, p):
				r.log.Warn("another server has become the primary", "replica", one.name)
				r.primary.Reset()
				r.asking.Reset()
			}
			if primaryErr == nil { // else nothing is read, and nothing can be told of replicas
				r.tell(one, one.judge(p, primary, r.before))
			}
		})
	}
	checks.Wait()
	if primaryErr == nil {
		r.before = primary
		r.begun.Store(true)
	}
}

// supersedes reports whether a server turns out to be a primary that has taken the place of the
// one that was known. A cluster that is none of ours tells nothing.
func (r *replicas) supersedes(ctx context.Context, one *replica, p standing) bool {
	if p.standby || p.timeline <= r.fence.newest.Load() {
		return false
	}
	system, err := askSystem(ctx, one.asking)
	return err == nil && system == r.system && r.fence.learn(p.timeline)
}

// tell logs that a replica is left out or used again, if that has changed.
func (r *replicas) tell(one *replica, changed bool) {
	state := one.described()
	level := slog.LevelInfo
	if !r.begun.Load() {
		level = slog.LevelDebug
	}
	switch {
	case !changed:
	case state.InUse:
		r.log.Log(context.Background(), level, "the replica is read from", "replica", one.name)
	case state.Primary:
		r.log.Log(context.Background(), level, "of the replicas this is the primary", "replica", one.name)
	default:
		r.log.Warn("the replica is not read from; the others and the primary are, and it is looked at again every second", "replica", one.name, "reason", state.State)
	}
}

func (one *replica) described() observe.Replica {
	one.lock.Lock()
	defer one.lock.Unlock()
	return one.state
}

// leave has a replica that does not answer get no statements, and ends those that it has.
func (one *replica) leave(err error) (changed bool) {
	one.lock.Lock()
	one.lost()
	one.life, one.lost = context.WithCancel(context.Background())
	one.lock.Unlock()
	one.pool.Reset()
	one.asking.Reset()
	return one.set(observe.Replica{State: "it does not answer: " + cause(err)})
}

// judge says whether a replica is used, by how far it is, how far the primary is, and how far that was
// at the check before. It reports whether that has changed.
func (one *replica) judge(p, primary, before standing) (changed bool) {
	state := observe.Replica{Lag: max(0, primary.position-p.position)}
	switch {
	case !p.standby && p.timeline == primary.timeline && p.lineage == primary.lineage:
		state.Primary, state.State, state.Lag = true, "it is the primary", 0
	case !p.standby:
		state.State = fmt.Sprintf("it is no standby of the primary: it writes timeline %d, and the primary %d; make it one, by pg_rewind or pg_basebackup", p.timeline, primary.timeline)
	case p.lineage != primary.lineage:
		state.State = "it has another history than the primary, or has not yet replayed the last promotion; let it follow the primary, by pg_rewind or pg_basebackup"
	case p.position < before.position:
		state.State = fmt.Sprintf("it is %d bytes of the log behind, by more than a second; see pg_stat_replication of the primary", state.Lag)
	default:
		state.InUse, state.State = true, "it is read from"
	}
	return one.set(state)
}

func (one *replica) set(state observe.Replica) (changed bool) {
	one.lock.Lock()
	defer one.lock.Unlock()
	state.Name = one.name
	changed = state.InUse != one.state.InUse || !one.looked
	one.looked = true
	one.state = state
	return changed
}

// Replicas are the replicas and their states.
func (s *Store) Replicas() (all []observe.Replica) {
	if s.replicas == nil {
		return nil
	}
	for _, one := range s.replicas.all {
		all = append(all, one.described())
	}
	return all
}

// DescribeReplicas connects to the replicas of a database, which has the newest schema, and says
// what they are.
func DescribeReplicas(ctx context.Context, url string, urls []string) ([]observe.Replica, error) {
	pool, f, err := openPool(ctx, url, Options{ReadURLs: urls})
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	r, err := openReplicas(ctx, pool, f, urls, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	defer r.close()
	if _, err := r.standing.now(ctx); err != nil {
		return nil, Translate(err)
	}
	if err := pause.For(ctx, 2*checkInterval); err != nil { // how far behind they are, a second check tells
		return nil, err
	}
	return (&Store{replicas: r}).Replicas(), nil
}

package postgres

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// standing is how far a server is in the history of the record.
type standing struct {
	standby  bool
	position int64 // in bytes of the log: up to where a primary has made it durable, and a standby has replayed it
	timeline int32 // of a primary, which each promotion raises; of a standby 0
	lineage  lineage
}

// lineage is the row of that table: the primary whose history this is. The zero value is that
// of none.
type lineage struct {
	timeline int32
	id       string
}

// has reports whether a standby has all that the primary had at a moment.
func (p standing) has(primary standing) bool {
	return p.standby && p.lineage == primary.lineage && p.position >= primary.position
}

// timelineNow is the timeline that a primary writes: the first eight digits of a segment's name.
const timelineNow = `('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int`

// askStanding asks a server how far it is. Of a commit that was acknowledged the log is durable,
// unless the server is told not to wait for that: then all counts that was written.
func askStanding(ctx context.Context, db querier) (p standing, err error) {
	err = db.QueryRow(ctx, `
		SELECT standby, coalesce(pg_wal_lsn_diff(CASE
				WHEN standby THEN pg_last_wal_replay_lsn()
				WHEN current_setting('synchronous_commit') = 'off' THEN pg_current_wal_insert_lsn()
				ELSE pg_current_wal_flush_lsn()
			END, '0/0'), 0)::bigint,
			CASE WHEN standby THEN 0 ELSE `+timelineNow+` END,
			coalesce((SELECT timeline FROM lineage), 0), coalesce((SELECT id::text FROM lineage), '')
		FROM pg_is_in_recovery() AS standby`).Scan(&p.standby, &p.position, &p.timeline, &p.lineage.timeline, &p.lineage.id)
	return p, err
}

// askSystem asks a server for the identifier that its cluster was made with, and that copies of
// it have, too.
func askSystem(ctx context.Context, db querier) (system int64, err error) {
	err = db.QueryRow(ctx, `SELECT system_identifier FROM pg_control_system()`).Scan(&system)
	return system, err
}

// errNoPrimary is the error of a server that was to be the primary.
var errNoPrimary = errors.New("the server is a standby")

// askPrimary asks the primary how far it is. One that has been promoted is set down first.
func askPrimary(ctx context.Context, pool *pgxpool.Pool) (standing, error) {
	p, err := askStanding(ctx, pool)
	switch {
	case err != nil:
		return p, err
	case p.standby:
		return p, errNoPrimary
	case p.timeline == p.lineage.timeline:
		return p, nil
	}
	_, err = pool.Exec(ctx, `
		INSERT INTO lineage (timeline) VALUES ($1)
		ON CONFLICT (one) DO UPDATE SET timeline = excluded.timeline, id = gen_random_uuid()
		WHERE lineage.timeline <> excluded.timeline`, p.timeline)
	if err != nil {
		return p, err
	}
	return askStanding(ctx, pool)
}

// shared asks something of which all who ask at the same time may have the same answer, though
// none that was asked for before they came: one statement is under way, and whoever comes
// meanwhile shares the next.
type shared[T any] struct {
	ask func(context.Context) (T, error)

	lock  sync.Mutex
	next  *shareOf[T] // that is not under way yet
	going bool
}

type shareOf[T any] struct {
	done   chan struct{}
	answer T
	err    error
}

func (s *shared[T]) now(ctx context.Context) (answer T, err error) {
	s.lock.Lock()
	share := s.next
	if share == nil {
		share = &shareOf[T]{done: make(chan struct{})}
		s.next = share
	}
	if !s.going {
		s.going = true
		go s.goOn()
	}
	s.lock.Unlock()
	select {
	case <-share.done:
		return share.answer, share.err
	case <-ctx.Done():
		return answer, ctx.Err()
	}
}

// goOn asks for those who wait, until nobody does.
func (s *shared[T]) goOn() {
	for {
		s.lock.Lock()
		share := s.next
		s.next, s.going = nil, share != nil
		s.lock.Unlock()
		if share == nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), answerTimeout)
		share.answer, share.err = s.ask(ctx)
		cancel()
		close(share.done)
	}
}

// fence keeps connections from a former primary that has come back: promotion raises the
// timeline, and a server of an older one than was seen is none to write to.
type fence struct{ newest atomic.Int32 }

// learn reports whether a timeline is newer than all that were seen.
func (f *fence) learn(timeline int32) bool {
	for {
		newest := f.newest.Load()
		if timeline <= newest {
			return false
		}
		if f.newest.CompareAndSwap(newest, timeline) {
			return newest > 0
		}
	}
}

// config has each new connection of a pool checked, also as the URL says, and gives up the
// connections to servers that have become read-only.
func (f *fence) config(config *pgxpool.Config) {
	further, closes := config.ConnConfig.ValidateConnect, config.ConnConfig.OnPgError
	config.ConnConfig.ValidateConnect = func(ctx context.Context, conn *pgconn.PgConn) error {
		if further != nil {
			if err := further(ctx, conn); err != nil {
				return err
			}
		}
		return f.check(ctx, conn)
	}
	config.ConnConfig.OnPgError = func(conn *pgconn.PgConn, err *pgconn.PgError) bool {
		return err.Code != "25006" && closes(conn, err)
	}
}

func (f *fence) check(ctx context.Context, conn *pgconn.PgConn) error {
	results, err := conn.Exec(ctx, `SELECT CASE WHEN pg_is_in_recovery() THEN 0 ELSE `+timelineNow+` END`).ReadAll()
	if err != nil {
		return err
	}
	timeline, err := strconv.ParseInt(string(results[0].Rows[0][0]), 10, 32)
	if err != nil {
		return err
	}
	if newest := f.newest.Load(); timeline > 0 && int32(timeline) < newest {
		return fmt.Errorf("it is a former primary, of timeline %d, and there is one of %d; make a standby of it", timeline, newest)
	}
	f.learn(int32(timeline))
	return nil
}

// answerTimeout is how long a server may take to say how far it is, which takes it a fraction of
// a millisecond: one that takes longer than the time between two checks is not well.
const answerTimeout = time.Second

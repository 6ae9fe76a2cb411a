//go:build unix

package postgres_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
)

// readers counts the statements that were sent to each server for the texts of turns.
type readers struct {
	lock    sync.Mutex
	by      map[string]int
	timeout string // of the connection that had the last one
}

// TraceQueryStart implements pgx.QueryTracer.
func (r *readers) TraceQueryStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	if strings.Contains(data.SQL, "FROM open_turns") || strings.Contains(data.SQL, "SELECT text FROM open_transcripts") {
		r.lock.Lock()
		r.by[strings.TrimSuffix(conn.PgConn().Conn().RemoteAddr().String(), "/.s.PGSQL.5432")]++
		r.timeout = conn.Config().RuntimeParams["statement_timeout"]
		r.lock.Unlock()
	}
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (r *readers) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// of is how many there were since it was asked last.
func (r *readers) of(m *postgrestest.Member) int {
	r.lock.Lock()
	defer r.lock.Unlock()
	host := m.URL[strings.Index(m.URL, "host=")+len("host="):]
	n := r.by[host]
	r.by[host] = 0
	return n
}

// replicated is a record with two replicas.
type replicated struct {
	*postgrestest.Replicated
	store   *postgres.Store
	readers *readers
}

func openReplicated(t *testing.T) *replicated {
	t.Helper()
	r := &replicated{Replicated: postgrestest.NewReplicated(t, 2, false), readers: &readers{by: map[string]int{}}}
	r.store = r.open(t)
	return r
}

func (r *replicated) open(t *testing.T) *postgres.Store {
	t.Helper()
	store, err := postgres.OpenWith(t.Context(), r.URL(), embeddings.NewBuiltin().Model(), slog.New(slog.NewTextHandler(t.Output(), nil)),
		postgres.Options{ReadURLs: r.ReadURLs(), Tracer: r.readers})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}

// inUse waits until so many replicas are read from.
func (r *replicated) inUse(t *testing.T, want int) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		n := 0
		for _, replica := range r.store.Replicas() {
			if replica.InUse {
				n++
			}
		}
		if n == want {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d replicas are read from, want %d: %+v", n, want, r.store.Replicas())
		}
	}
}

// read reads a transcript some times, and says how often each server was asked.
func (r *replicated) read(t *testing.T, id string) (byMember []int) {
	t.Helper()
	for _, m := range r.Members {
		r.readers.of(m)
	}
	for range 10 {
		if _, err := r.store.Turns(t.Context(), id); err != nil {
			t.Fatalf("reading: %v", err)
		}
	}
	for _, m := range r.Members {
		byMember = append(byMember, r.readers.of(m))
	}
	return byMember
}

// What is read comes from the replicas, and is at each moment what the primary has: whatever was
// stored, deleted or embargoed by anybody is so at once, however far behind a replica is.
func TestReplicasShowWhatThePrimaryHas(t *testing.T) {
	t.Parallel()
	r := openReplicated(t)
	r.inUse(t, 2)
	other := r.open(t) // another server's
	stored, _, err := other.Save(t.Context(), lighthouse(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.read(t, stored.ID); got[1] == 0 || got[2] == 0 || got[0] > 2 {
		t.Errorf("of ten reads the servers had %d: the replicas should have had them", got)
	}
	if r.readers.timeout != "5min" {
		t.Errorf("a replica gives statements up after %q", r.readers.timeout)
	}

	// Nothing is replayed from now on. Until that is noticed statements wait in vain, and no
	// longer than they may.
	for _, m := range r.Members[1:] {
		m.Exec(t, `SELECT pg_wal_replay_pause()`)
	}
	second := lighthouse(t)
	second.SHA256 = strings.Repeat("cd", 32)
	late, _, err := other.Save(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.read(t, late.ID); got[0] != 10 {
		t.Errorf("replicas that are behind were asked: %d", got)
	}
	if _, err := other.Embargo(t.Context(), late.ID, nil, retrieval.ForGood); err != nil {
		t.Fatal(err)
	}
	if _, err := r.store.Text(t.Context(), late.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("what is under embargo is read: %v", err)
	}
	if err := other.Delete(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := r.store.Turns(t.Context(), stored.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("what was deleted is read: %v", err)
	}
	r.inUse(t, 0)
	for _, m := range r.Members[1:] {
		m.Exec(t, `SELECT pg_wal_replay_resume()`)
	}
	r.inUse(t, 2)
	if _, err := r.store.Text(t.Context(), late.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("what is under embargo is read: %v", err)
	}

	// A record that was put back from another cluster has the timeline of that.
	r.Members[0].Exec(t, `UPDATE lineage SET timeline = 9`)
	if _, _, err := r.open(t).Save(t.Context(), lighthouse(t)); err != nil {
		t.Errorf("storing in a record that was put back: %v", err)
	}
	r.inUse(t, 2)
}

// A replica that dies costs no read, and one that comes back is read from again by itself.
func TestReplicasDie(t *testing.T) {
	t.Parallel()
	r := openReplicated(t)
	stored, _, err := r.store.Save(t.Context(), lighthouse(t))
	if err != nil {
		t.Fatal(err)
	}
	r.inUse(t, 2)
	ctx, end := context.WithCancel(t.Context())
	var reading sync.WaitGroup
	for range 4 {
		reading.Go(func() {
			for ctx.Err() == nil {
				if _, err := r.store.Turns(t.Context(), stored.ID); err != nil {
					t.Errorf("reading: %v", err)
					return
				}
			}
		})
	}
	for _, m := range r.Members[1:] {
		m.Kill(t)
		r.inUse(t, 1)
		m.Start(t)
		r.inUse(t, 2)
	}
	for _, m := range r.Members[1:] {
		m.Kill(t)
	}
	r.inUse(t, 0)
	end()
	reading.Wait()
	if got := r.read(t, stored.ID); got[0] != 10 {
		t.Errorf("of ten reads the servers had %d: only the primary is there", got)
	}
}

// Once a replica is the primary, it is written to and the other one read from, as soon as that
// has its history; a former primary that comes back is neither.
func TestReplicaIsPromoted(t *testing.T) {
	t.Parallel()
	r := openReplicated(t)
	r.inUse(t, 2)
	former, next, other := r.Members[0], r.Members[1], r.Members[2]
	r.CatchUp(t)
	former.Kill(t)
	next.Promote(t)
	var stored retrieval.StoredTranscript
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		var err error
		if stored, _, err = r.store.Save(t.Context(), lighthouse(t)); err == nil {
			break
		}
		if fault.CodeOf(err) != fault.Unavailable || time.Now().After(deadline) {
			t.Fatalf("nothing is stored after a promotion: %v", err)
		}
	}
	r.inUse(t, 0) // the other one follows nobody yet
	if got := r.read(t, stored.ID); got[1] != 10 {
		t.Errorf("of ten reads the servers had %d: only the new primary has what was stored", got)
	}
	other.FollowInstead(t, next)
	r.inUse(t, 1)
	if got := r.read(t, stored.ID); got[2] != 10 {
		t.Errorf("of ten reads the servers had %d: the replica should have had them", got)
	}

	former.Start(t)
	// A server that is started now meets the former primary first, and does not stay with it.
	begun := &replicated{Replicated: r.Replicated, readers: r.readers}
	begun.store = begun.open(t)
	begun.inUse(t, 1)
	if got := begun.read(t, stored.ID); got[0] != 0 {
		t.Errorf("of ten reads the servers had %d: the first is a former primary", got)
	}
	second := lighthouse(t)
	second.SHA256 = strings.Repeat("cd", 32)
	late, _, err := begun.store.Save(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.store.Get(t.Context(), late.ID); err != nil {
		t.Errorf("what another server stored: %v", err)
	}
	former.Kill(t)
	former.Rejoin(t, next)
	r.inUse(t, 2)
	if got := r.read(t, stored.ID); got[0] == 0 || got[2] == 0 {
		t.Errorf("of ten reads the servers had %d: the former primary is a replica now", got)
	}
}

// What no standby has is not acknowledged: the time-out of statements does not end the wait of a
// commit, which would count as done.
func TestNothingIsAcknowledgedThatNoStandbyHas(t *testing.T) {
	t.Parallel()
	servers := postgrestest.NewReplicated(t, 1, true)
	store, err := postgres.OpenWith(t.Context(), servers.URL()+"&statement_timeout=1s", embeddings.NewBuiltin().Model(), slog.New(slog.DiscardHandler), postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	if _, _, err := store.Save(t.Context(), lighthouse(t)); err != nil {
		t.Fatal(err)
	}
	servers.Members[1].Kill(t)
	begun := answer.Conversation{ID: "01900000-0000-7000-8000-00000000000c", CreatedAt: time.Now()}
	waiting, giveUp := context.WithTimeout(t.Context(), 3*time.Second)
	defer giveUp()
	if err := store.NewConversation(waiting, &begun); fault.CodeOf(err) != fault.Unavailable || waiting.Err() == nil {
		t.Errorf("what only the primary has is acknowledged: %v", err)
	}
}

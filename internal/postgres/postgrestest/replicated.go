//go:build unix

package postgrestest

import (
	"context"
	"fmt"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/localpg"
)

// Replicated are servers of one record: a primary and its streaming standbys, each a cluster of
// its own on this machine, whose disk none of them waits for: what a killed process has written
// is there without.
type Replicated struct {
	Members []*Member // the first begins as the primary

	bin  string // the folder of Postgres's programs
	user *syscall.Credential
}

// Member is one server of them.
type Member struct {
	URL string // of the database on this server

	of      *Replicated
	data    string
	socket  string // the folder of it
	process *osexec.Cmd
	exited  chan struct{}
}

// the user and the database of all of them
const (
	memberUser     = "tester"
	memberDatabase = "record"
)

// NewReplicated starts a primary with an empty database and so many standbys. With synchronous
// the primary acknowledges a commit when one of them has it. They are stopped when the test ends.
func NewReplicated(t testing.TB, standbys int, synchronous bool) *Replicated {
	t.Helper()
	OneServer(t, "these are a primary and its replicas")
	client, err := localpg.FindClient(t.Context(), "pg_basebackup", localpg.OldestMajor)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "pullquote-replicated-")
	if err != nil {
		t.Fatal(err)
	}
	life, err := cleanAfterUs(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { life.Close() })
	bin, err := filepath.EvalSymlinks(client.Path)
	if err != nil {
		t.Fatal(err)
	}
	r := &Replicated{bin: filepath.Dir(bin), user: unprivileged(t)}
	home := filepath.Join(dir, "postgres")
	r.mkdir(t, dir)
	r.mkdir(t, home)
	for i := range 1 + standbys {
		m := &Member{of: r, data: filepath.Join(home, strconv.Itoa(i)), socket: filepath.Join(dir, strconv.Itoa(i))}
		m.URL = fmt.Sprintf("postgres://%s@/%s?host=%s", memberUser, memberDatabase, m.socket)
		r.mkdir(t, m.socket)
		r.Members = append(r.Members, m)
	}
	primary := r.Members[0]
	r.run(t, "initdb", "--no-sync", "-D", primary.data, "-U", memberUser, "--auth=trust", "--encoding=UTF8", "--locale=C")
	primary.set(t, "fsync = off", "full_page_writes = off", "wal_level = replica", "hot_standby = on", "listen_addresses = ''", "shared_buffers = 64MB", "max_connections = 120",
		"wal_keep_size = 256MB", "wal_log_hints = on", "wal_retrieve_retry_interval = 200ms", "recovery_target_timeline = latest", "hot_standby_feedback = on")
	primary.Start(t)
	primary.exec(t, "postgres", "CREATE DATABASE "+memberDatabase)
	for _, m := range r.Members[1:] {
		m.copy(t, primary)
		m.Follow(t, primary)
	}
	if synchronous {
		for _, m := range r.Members { // each may be the primary one day
			m.exec(t, "postgres", "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'", "SELECT pg_reload_conf()")
		}
	}
	return r
}

// URL names all servers, of which the primary is meant.
func (r *Replicated) URL() string {
	sockets := make([]string, len(r.Members))
	for i, m := range r.Members {
		sockets[i] = m.socket
	}
	return fmt.Sprintf("postgres://%s@/%s?host=%s&target_session_attrs=read-write", memberUser, memberDatabase, strings.Join(sockets, ","))
}

// ReadURLs are those of all servers.
func (r *Replicated) ReadURLs() (urls []string) {
	for _, m := range r.Members {
		urls = append(urls, m.URL)
	}
	return urls
}

// unprivileged is another user where this one is root, as whom Postgres does not run.
func unprivileged(t testing.TB) *syscall.Credential {
	t.Helper()
	if os.Getuid() != 0 {
		return nil
	}
	uid, gid, err := localpg.Unprivileged()
	if err != nil {
		t.Fatal(err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func (r *Replicated) mkdir(t testing.TB, path string) {
	t.Helper()
	err := os.MkdirAll(path, 0o700)
	if err == nil && r.user != nil {
		err = os.Chown(path, int(r.user.Uid), int(r.user.Gid))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (r *Replicated) command(program string, args ...string) *osexec.Cmd {
	cmd := osexec.Command(filepath.Join(r.bin, program), args...)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: r.user}
	return cmd
}

func (r *Replicated) run(t testing.TB, program string, args ...string) {
	t.Helper()
	if output, err := r.command(program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", program, err, output)
	}
}

// set adds settings.
func (m *Member) set(t testing.TB, settings ...string) {
	t.Helper()
	file, err := os.OpenFile(filepath.Join(m.data, "postgresql.auto.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := fmt.Fprintln(file, strings.Join(settings, "\n")); err != nil {
		t.Fatal(err)
	}
}

// copy makes the cluster a copy of a primary's.
func (m *Member) copy(t testing.TB, primary *Member) {
	t.Helper()
	m.of.run(t, "pg_basebackup", "-D", m.data, "-h", primary.socket, "-U", memberUser, "-c", "fast", "-X", "stream", "--no-sync")
}

// Follow starts a server that does not run as a standby of a primary.
func (m *Member) Follow(t testing.TB, primary *Member) {
	t.Helper()
	m.set(t, fmt.Sprintf("primary_conninfo = 'host=%s user=%s'", primary.socket, memberUser))
	if err := os.WriteFile(filepath.Join(m.data, "standby.signal"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	m.Start(t)
}

// Rejoin makes of a former primary that does not run a standby of the present one.
func (m *Member) Rejoin(t testing.TB, primary *Member) {
	t.Helper()
	if err := os.RemoveAll(m.data); err != nil {
		t.Fatal(err)
	}
	m.copy(t, primary)
	m.Follow(t, primary)
}

// FollowInstead has a standby that runs follow another primary.
func (m *Member) FollowInstead(t testing.TB, primary *Member) {
	t.Helper()
	m.exec(t, "postgres", fmt.Sprintf("ALTER SYSTEM SET primary_conninfo = 'host=%s user=%s'", primary.socket, memberUser), "SELECT pg_reload_conf()")
}

// Start starts the server and waits until it answers.
func (m *Member) Start(t testing.TB) {
	t.Helper()
	m.process, m.exited = m.of.command("postgres", "-D", m.data, "-k", m.socket), make(chan struct{})
	log, err := os.OpenFile(m.data+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	m.process.Stdout, m.process.Stderr = log, log
	if err := m.process.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = m.process.Wait() // it is killed
		close(m.exited)
	}()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := m.connect("postgres")
		if err == nil {
			conn.Close(context.Background())
			return
		}
		if time.Now().After(deadline) {
			said, _ := os.ReadFile(m.data + ".log")
			t.Fatalf("a server does not start: %v: %s", err, said)
		}
	}
}

// Kill ends all processes of the server at once, as when its machine loses its power.
func (m *Member) Kill(t testing.TB) {
	t.Helper()
	pid := m.process.Process.Pid
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil { // so that it starts none
		t.Fatal(err)
	}
	children, _ := osexec.Command("pgrep", "-P", strconv.Itoa(pid)).Output() // fails where there are none
	for _, child := range strings.Fields(string(children)) {
		if n, err := strconv.Atoi(child); err == nil {
			_ = syscall.Kill(n, syscall.SIGKILL) // it may have ended by itself
		}
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-m.exited
}

// Promote makes a standby the primary.
func (m *Member) Promote(t testing.TB) {
	t.Helper()
	m.exec(t, "postgres", "SELECT pg_promote()")
}

// Received is up to where in the log a standby has all, in bytes.
func (m *Member) Received(t testing.TB) (position int64) {
	t.Helper()
	return m.position(t, `greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())`)
}

// CatchUp waits until the standbys have all that the first server, the primary, has: without
// synchronous replication one that is promoted may otherwise lack the last of it.
func (r *Replicated) CatchUp(t testing.TB) {
	t.Helper()
	end := r.Members[0].position(t, `pg_current_wal_flush_lsn()`)
	for _, m := range r.Members[1:] {
		for deadline := time.Now().Add(20 * time.Second); m.Received(t) < end; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("a standby has the log up to %d of %d", m.Received(t), end)
			}
		}
	}
}

// position is a place in the log that an expression gives, in bytes.
func (m *Member) position(t testing.TB, expression string) (position int64) {
	t.Helper()
	conn, err := m.connect("postgres")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err = conn.QueryRow(t.Context(), `SELECT pg_wal_lsn_diff(`+expression+`, '0/0')::bigint`).Scan(&position); err != nil {
		t.Fatal(err)
	}
	return position
}

// Exec runs statements in the database on this server.
func (m *Member) Exec(t testing.TB, statements ...string) {
	t.Helper()
	m.exec(t, memberDatabase, statements...)
}

func (m *Member) exec(t testing.TB, database string, statements ...string) {
	t.Helper()
	conn, err := m.connect(database)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for _, statement := range statements {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func (m *Member) connect(database string) (*pgx.Conn, error) {
	return pgx.Connect(context.Background(), fmt.Sprintf("postgres://%s@/%s?host=%s", memberUser, database, m.socket))
}

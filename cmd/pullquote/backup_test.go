package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

const asked = "Why is the gate late?"

// record is a database with something of everything in it, and a data directory.
type record struct {
	url, dir string
}

func bareRecord(t *testing.T) record { return record{postgrestest.URL(t), t.TempDir()} }

func (r record) env() []string {
	return []string{"DATABASE_URL=" + r.url, "PULLQUOTE_DATA_DIR=" + r.dir, "PULLQUOTE_EMBEDDING_MODEL=builtin"}
}

// filledRecord is a record on one server, which a restore can replace.
func filledRecord(t *testing.T) record {
	t.Helper()
	r := bareRecord(t)
	r.fill(t)
	return r
}

// distributedRecord is a filled one, distributed where the databases of the tests are.
func distributedRecord(t *testing.T) record {
	t.Helper()
	r := record{postgrestest.Migrated(t), t.TempDir()}
	r.fill(t)
	return r
}

// fill stores transcripts, mends one, and makes an answer and a key.
func (r record) fill(t *testing.T) {
	t.Helper()
	finish(t, r.env(), "ingest", "../../samples")
	var listed struct{ Transcripts []struct{ ID string } }
	if err := json.Unmarshal([]byte(finish(t, r.env(), "transcripts", "list", "--json")), &listed); err != nil {
		t.Fatal(err)
	}
	finish(t, r.env(), "transcripts", "edit", listed.Transcripts[0].ID, "--title", "A title by hand")
	finish(t, r.env(), "ask", asked)
	finish(t, r.env(), "keys", "create", "--name", "desk", "--scopes", "read", "--collections", "*")
	if err := os.WriteFile(filepath.Join(r.dir, historyFile), []byte("what was typed\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs a command on the record, in this process.
func (r record) run(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	env := map[string]string{}
	for _, variable := range r.env() {
		name, value, _ := strings.Cut(variable, "=")
		env[name] = value
	}
	var out, complaints bytes.Buffer
	code = run(t.Context(), args, environment{getenv: func(name string) string { return env[name] }, stdout: &out, stderr: &complaints})
	return code, out.String(), complaints.String()
}

// must is run for what succeeds.
func (r record) must(t *testing.T, args ...string) (stdout string) {
	t.Helper()
	code, stdout, stderr := r.run(t, args...)
	if code != fault.ExitDone {
		t.Fatalf("pullquote %q: exit code %d: %s", args, code, stderr)
	}
	return stdout
}

// refused runs what is refused with these words.
func (r record) refused(t *testing.T, words string, args ...string) {
	t.Helper()
	code, stdout, stderr := r.run(t, args...)
	if code == fault.ExitDone || stdout != "" || !strings.Contains(stderr, words) || strings.Count(stderr, "\n") != 1 {
		t.Errorf("pullquote %q: exit code %d, %q, want %q in one line: %q", args, code, stdout, words, stderr)
	}
}

// contents are the rows of each table, by a sum of all of them.
func (r record) contents(t *testing.T) map[string]string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), r.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, _ := conn.Query(t.Context(), `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	for _, table := range tables {
		var n int
		var sum string
		query := fmt.Sprintf(`SELECT count(*), md5(coalesce(string_agg(row::text, E'\n' ORDER BY row::text COLLATE "C"), '')) FROM %s AS row`, table)
		if err := conn.QueryRow(t.Context(), query).Scan(&n, &sum); err != nil {
			t.Fatal(err)
		}
		sums[table] = fmt.Sprintf("%d rows, %s", n, sum)
	}
	return sums
}

func (r record) wants(t *testing.T, want map[string]string) {
	t.Helper()
	got := r.contents(t)
	for table := range want {
		if got[table] != want[table] {
			t.Errorf("%s: %s, want %s", table, got[table], want[table])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d tables, want %d", len(got), len(want))
	}
}

// A record that is restored is the one that was backed up, in every row of every table and in
// what a search and an answer make of it.
func TestRestoredIsWhatWasBackedUp(t *testing.T) {
	t.Parallel()
	r := distributedRecord(t)
	file := filepath.Join(t.TempDir(), "record.backup")
	said := r.must(t, "backup", file)
	for _, part := range []string{"6 versions of transcripts", "1 answer", "1 key", "5 original files"} {
		if !strings.Contains(said, part) {
			t.Errorf("the backup says it holds %q, want %s", said, part)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v, want it closed to others", info.Mode(), err)
	}
	want := r.contents(t)
	restored := bareRecord(t)
	if sound := restored.must(t, "restore", "--check", file); !strings.HasPrefix(sound, "sound") {
		t.Errorf("the check says %q", sound)
	}
	restored.must(t, "restore", file)
	restored.wants(t, want)
	if typed, err := os.ReadFile(filepath.Join(restored.dir, historyFile)); string(typed) != "what was typed\n" {
		t.Errorf("the history is %q, %v", typed, err)
	}
	restored.showsWhat(t, r)
}

// showsWhat holds what the commands make of a record to what they make of another.
func (r record) showsWhat(t *testing.T, other record) {
	t.Helper()
	for _, command := range [][]string{{"search", "--json", "storm gate"}, {"search", "--speaker", "Renwick", "contractor"}, {"transcripts", "list"}, {"speakers", "list"}, {"conversations", "list"}, {"keys", "list"}} {
		if before, after := other.must(t, command...), r.must(t, command...); before != after {
			t.Errorf("pullquote %q:\nbefore %s\nafter  %s", command, before, after)
		}
	}
	before, _, _ := strings.Cut(other.must(t, "ask", asked), "To go on:") // which has the id of the conversation
	if after, _, _ := strings.Cut(r.must(t, "ask", asked), "To go on:"); before != after {
		t.Errorf("the answer:\nbefore %s\nafter  %s", before, after)
	}
}

// A distributed record is not replaced by a backup of it; that is restored beside it, and
// distributed again.
func TestRestoredIsDistributedAgain(t *testing.T) {
	t.Parallel()
	postgrestest.Distributed(t)
	r := distributedRecord(t)
	want := r.contents(t)
	file := filepath.Join(t.TempDir(), "record.backup")
	r.must(t, "backup", file)
	r.refused(t, "belongs to a Citus cluster", "restore", "--replace", file)
	r.wants(t, want)
	restored := bareRecord(t)
	restored.must(t, "restore", file)
	postgrestest.Join(t, restored.url)
	if said := restored.must(t, "shard", "--run"); !strings.HasSuffix(said, " tables distributed\n") {
		t.Errorf("it is distributed: %s", said)
	}
	restored.wants(t, want)
	restored.showsWhat(t, r)
}

func TestBackupReplacesNothingUnasked(t *testing.T) {
	t.Parallel()
	r := filledRecord(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "record.backup")
	r.must(t, "backup", file)
	r.refused(t, "there is a file "+file+" already; name another, or replace it with --force", "backup", file)
	r.must(t, "backup", "--force", file)
	r.refused(t, dir+" is a folder; name a file in it", "backup", dir)
	r.refused(t, "cannot be written (no such file or directory); choose another place", "backup", filepath.Join(dir, "missing", "file"))
	r.refused(t, "there is no file", "restore", filepath.Join(dir, "missing"))
	r.refused(t, "the record here is not empty: it holds 1 collection, 6 versions of transcripts", "restore", file)

	finish(t, r.env(), "ask", "Who is Kole?")
	r.must(t, "restore", "--replace", file)
	if answers := strings.Count(r.must(t, "answers", "list"), "\n"); answers != 1 {
		t.Errorf("%d answers are there, want the one of the backup", answers)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left beside the backup: %v", left)
	}
}

// Whatever is wrong with a file is seen before anything is changed.
func TestDamagedBackupIsRefused(t *testing.T) {
	t.Parallel()
	r := filledRecord(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "record.backup")
	r.must(t, "backup", file)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := r.contents(t)
	restore := func(name string, content []byte, words string) {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, strings.ReplaceAll(name, " ", "-"))
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			r.refused(t, words, "restore", "--replace", path)
		})
	}
	for tenth := range 10 {
		restore(fmt.Sprintf("%d tenths", tenth), whole[:len(whole)*tenth/10], "is damaged or was cut short (its end is missing); nothing was changed: use another copy of it")
	}
	restore("all but a byte", whole[:len(whole)-1], "cut short")
	inManifest := bytes.LastIndex(whole, []byte(`"sha256"`))
	for _, at := range []int{100, len(whole) / 2, inManifest} {
		flipped := bytes.Clone(whole)
		flipped[at] ^= 1
		restore(fmt.Sprintf("the byte %d is another", at), flipped, "nothing was changed")
	}
	restore("no backup at all", []byte("MR. RENWICK: We wait."), "is no backup; name a file that `pullquote backup` wrote")
	restore("an archive of others", zipped(t, "word/document.xml", "<document/>"), "is no backup, for it has no manifest")
	later := bytes.Replace(whole, []byte(`"layout": 1`), []byte(`"layout": 2`), 1)
	restore("a manifest that was changed", later, "checksum error")
	restore("of a later program", zipped(t, "manifest.json", `{"layout": 2, "program": "v9.1", "schema": 99}`), "was written by pullquote v9.1, whose schema 99 is newer than the")
	r.wants(t, want)
}

// Of a file system that is full nothing is left behind.
func TestBackupOnAFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := mountSmall(dir); err != nil {
		t.Skip("a small file system cannot be mounted here:", err)
	}
	t.Cleanup(func() { unmount(t, dir) })
	r := filledRecord(t)
	r.refused(t, "there is no room in "+dir+" for it; make room, or write it elsewhere", "backup", filepath.Join(dir, "record.backup"))
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left on the full disk: %v", left)
	}
}

// A restore waits for nobody who uses the record, and says whom to stop; a backup is made while a
// server answers.
func TestBackupWhileServing(t *testing.T) {
	t.Parallel()
	r := filledRecord(t)
	file := filepath.Join(t.TempDir(), "record.backup")
	s := startServer(t, r.env()...)
	r.must(t, "backup", file)
	want := r.contents(t)
	r.refused(t, "is in use (", "restore", "--replace", file)
	s.stop(t, syscall.SIGTERM)
	r.must(t, "restore", "--replace", file)
	r.wants(t, want)
}

// A restore that is killed leaves the record as it was, whenever that happens, and the next one
// clears away what it left.
func TestRestoreKilled(t *testing.T) {
	t.Parallel()
	r := filledRecord(t)
	file := filepath.Join(t.TempDir(), "record.backup")
	r.must(t, "backup", file)
	backedUp := r.contents(t)
	finish(t, r.env(), "ask", "Who is Kole?")
	want := r.contents(t)
	before := 0
	for kill := range 6 {
		ctx, cancel := context.WithCancel(t.Context())
		restore := pullquoteProcess(ctx, t, r.env(), "restore", "--replace", file)
		if err := restore.Start(); err != nil {
			t.Fatal(err)
		}
		r.awaitRestore(t)
		time.Sleep(time.Duration(kill) * 40 * time.Millisecond)
		cancel()
		_ = restore.Wait() // which says that it was killed
		r.leave(t)
		got := r.contents(t)
		if !maps.Equal(got, want) && !maps.Equal(got, backedUp) {
			t.Fatalf("after kill %d the record is neither the old one nor the backup: %v", kill, got)
		}
		if maps.Equal(got, want) {
			before++
		}
		if maps.Equal(got, backedUp) {
			finish(t, r.env(), "ask", "Who is Kole?")
			want = r.contents(t)
		}
	}
	t.Logf("%d of 6 kills came before the exchange", before)
	r.must(t, "restore", "--replace", file)
	r.wants(t, backedUp)
	if n := r.others(t); n != 0 {
		t.Errorf("%d databases of restores are left", n)
	}
}

// awaitRestore waits until a restore has made its database.
func (r record) awaitRestore(t *testing.T) {
	t.Helper()
	for giveUp := time.Now().Add(time.Minute); r.others(t) == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(giveUp) {
			t.Fatal("the restore has not begun")
		}
	}
}

// leave waits until nobody is connected to the record: the server notices some time later that
// a process is gone.
func (r record) leave(t *testing.T) {
	t.Helper()
	for giveUp := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if r.count(t, `SELECT count(*) FROM pg_stat_activity WHERE datname LIKE $1 || '%' OR application_name = 'pullquote' AND query LIKE '%' || $1 || '%'`, r.name()) == 0 {
			return
		}
		if time.Now().After(giveUp) {
			t.Fatal("somebody is still connected")
		}
	}
}

func (r record) name() string {
	u, _ := url.Parse(r.url)
	return strings.TrimPrefix(u.Path, "/")
}

// others are the databases that restores have made beside the record's.
func (r record) others(t *testing.T) int {
	t.Helper()
	return r.count(t, `SELECT count(*) FROM pg_database WHERE datname LIKE $1 || '\_%'`, r.name())
}

func (r record) count(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	u, err := url.Parse(r.url)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/postgres"
	conn, err := pgx.Connect(t.Context(), u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

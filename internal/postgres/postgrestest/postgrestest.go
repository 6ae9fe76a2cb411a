// Package postgrestest gives each test a Postgres database of its own.
//
// A test binary runs one private server, started by the first test that asks
// for a database and stopped at the end. It is the very server that the program
// runs for its users, only without waiting for the disk. A machine without
// Postgres fails the tests: they would show nothing otherwise.
//
//	func TestMain(m *testing.M) { postgrestest.Main(m) }
//
//	func TestSomething(t *testing.T) {
//		t.Parallel()
//		url := postgrestest.Migrated(t)
//		...
//	}
//
// With PULLQUOTE_TEST_DATABASE_URL set, the databases are made on that server
// instead. Its user must be allowed to create databases.
//
// With PULLQUOTE_TEST_CITUS set, the server is the coordinator of a Citus cluster with two
// workers, and what Migrated returns is distributed. Where Citus is not installed the tests are
// skipped, and so are those of servers that are no such cluster (OneServer). What URL returns is
// on the coordinator alone.
package postgrestest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/postgres"
)

// Prepare fills a new database: it applies the schema, say. It leaves no
// connection open.
type Prepare func(ctx context.Context, url string) error

// tests is the server of this test binary, which Main sets: a test has no other
// way to what TestMain made.
var tests *server

// Main runs the tests of a package and stops the server that they used, and whatever else
// they share.
func Main(m *testing.M, stop ...func()) {
	tests = &server{citus: os.Getenv("PULLQUOTE_TEST_CITUS") != ""}
	code := m.Run()
	for _, stop := range stop {
		stop()
	}
	if err := tests.close(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the tests' database:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// URL makes an empty database and returns its connection string. The database
// is dropped when the test ends.
func URL(t testing.TB) string {
	t.Helper()
	return create(t, func(context.Context) (template string, err error) { return "template1", nil })
}

// New is URL with a database that prepare has filled. That is done once for all
// tests, on a template that each test gets a copy of: all calls in a test binary
// pass the same prepare.
func New(t testing.TB, prepare Prepare) string {
	t.Helper()
	return create(t, func(ctx context.Context) (string, error) { return tests.template(ctx, prepare) })
}

// Migrated is New with the newest schema and nothing in it.
func Migrated(t testing.TB) string {
	t.Helper()
	return New(t, func(ctx context.Context, url string) error {
		_, err := postgres.Migrate(ctx, url)
		if err == nil && tests.citus {
			_, err = postgres.Shard(ctx, url)
		}
		return err
	})
}

// Undistributed is a database with the newest schema and nothing in it that can be distributed,
// and was made before it could be. It needs PULLQUOTE_TEST_CITUS.
func Undistributed(t testing.TB) string {
	t.Helper()
	url := URL(t)
	if _, err := postgres.Migrate(t.Context(), url); err != nil {
		t.Fatalf("prepare the database: %v", err)
	}
	Join(t, url)
	return url
}

// Join makes a database of URL one that can be distributed. It needs PULLQUOTE_TEST_CITUS.
func Join(t testing.TB, url string) {
	t.Helper()
	if err := tests.join(t.Context(), url); err != nil {
		t.Fatalf("join the databases of the nodes: %v", err)
	}
}

// Distributed skips a test of what is distributed where the databases of the tests are on one
// server.
func Distributed(t testing.TB) {
	t.Helper()
	if os.Getenv("PULLQUOTE_TEST_CITUS") == "" {
		t.Skip("PULLQUOTE_TEST_CITUS is not set: the databases of the tests are not distributed")
	}
}

// OneServer skips a test of a server that is no Citus cluster where the databases of the tests are
// distributed: it would show again what it shows without. The reason says whose server it is.
func OneServer(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv("PULLQUOTE_TEST_CITUS") != "" {
		t.Skip("PULLQUOTE_TEST_CITUS is set, and this cannot be distributed: " + reason)
	}
}

func create(t testing.TB, template func(context.Context) (string, error)) string {
	t.Helper()
	if tests == nil {
		t.Fatal("TestMain must call postgrestest.Main")
	}
	err := tests.open(t.Context())
	if errors.Is(err, errNoCitus) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatalf("the tests need Postgres with pgvector (run make setup): %v", err)
	}
	from, err := template(t.Context())
	if err != nil {
		t.Fatalf("prepare the database: %v", err)
	}
	name := newName()
	if err := tests.create(t.Context(), name, from); err != nil {
		t.Fatalf("create a database: %v", err)
	}
	t.Cleanup(func() {
		if err := tests.drop(context.Background(), name); err != nil {
			t.Errorf("drop the database: %v", err)
		}
	})
	return tests.url(name)
}

func newName() string { return "pullquote_test_" + strings.ToLower(rand.Text()) }

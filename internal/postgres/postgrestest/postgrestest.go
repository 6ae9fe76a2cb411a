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
package postgrestest

import (
	"context"
	"crypto/rand"
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
	tests = &server{}
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
		return err
	})
}

func create(t testing.TB, template func(context.Context) (string, error)) string {
	t.Helper()
	if tests == nil {
		t.Fatal("TestMain must call postgrestest.Main")
	}
	if err := tests.open(t.Context()); err != nil {
		t.Fatalf("the tests need Postgres with pgvector (run make setup): %v", err)
	}
	from, err := template(t.Context())
	if err != nil {
		t.Fatalf("prepare the database: %v", err)
	}
	name := newName()
	if err := tests.exec(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+from); err != nil {
		t.Fatalf("create a database: %v", err)
	}
	t.Cleanup(func() {
		if err := tests.exec(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop the database: %v", err)
		}
	})
	return tests.url(name)
}

func newName() string { return "pullquote_test_" + strings.ToLower(rand.Text()) }

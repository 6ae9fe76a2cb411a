package backup

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Postgres's programs are told of either form of a connection string what the driver reads in it,
// and nothing that only the driver knows.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, connection string }{
		{"a URL", "postgres://desk:a%20word@db:6432/quotes?sslmode=disable&pool_max_conns=4"},
		{"names and values", `host=db port=6432 user=desk password='a word' dbname=quotes sslmode='disable'`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			env, err := environment(test.connection, "other")
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"PGHOST=db", "PGPORT=6432", "PGUSER=desk", "PGPASSWORD=a word", "PGDATABASE=other", "PGSSLMODE=disable"} {
				if !slices.Contains(env, want) {
					t.Errorf("there is no %s", want)
				}
			}
			config, err := pgx.ParseConfig(withDatabase(test.connection, "it's another"))
			if err != nil || config.Database != "it's another" || config.User != "desk" || config.Password != "a word" {
				t.Errorf("with another database: %v, %v", config, err)
			}
		})
	}
}

// Of several servers Postgres's programs choose the one that the driver does.
func TestEnvironmentOfSeveralServers(t *testing.T) {
	t.Parallel()
	env, err := environment("postgres://desk@db1,db2:6432/quotes?target_session_attrs=read-write&sslmode=prefer", "quotes")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"PGHOST=db1,db2", "PGPORT=5432,6432", "PGTARGETSESSIONATTRS=read-write"} {
		if !slices.Contains(env, want) {
			t.Errorf("there is no %s", want)
		}
	}
}

// A database is called like no other, and by a name that Postgres does not cut.
func TestNamesOfRestores(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, want string }{
		{"pullquote", "pullquote_restoring"},
		{"a_name_that_is_as_long_as_any_name_may_be_which_is_63_bytes_long", "a_name_that_is_as_long_as_any_name_may_be_which_is_63_restoring"},
	} {
		if got := (&restoration{name: test.name}).called(restoring); got != test.want || len(got) > 63 {
			t.Errorf("%s is restored as %s (%d bytes), want %s", test.name, got, len(got), test.want)
		}
	}
}

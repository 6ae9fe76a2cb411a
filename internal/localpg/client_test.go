//go:build unix

package localpg

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// What reads a server must not be older than it.
func TestFindClient(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name      string
		installed []int
		server    int
		want      int
		refused   string
	}{
		{"the server's own", []int{17, 15, 16}, 15, 15, ""},
		{"the next newer one", []int{18, 17, 14}, 15, 17, ""},
		{"all too old", []int{14, 15}, 17, 0, "the pg_dump that is installed here is of Postgres 15, which is too old: the server is Postgres 17; install Postgres's client programs of version 17 (postgresql-client-17)"},
		{"none", nil, 17, 0, "pg_dump is not installed here; install Postgres's client programs of version 17 or newer (postgresql-client-17)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dirs := []string{t.TempDir()} // which has none
			for _, major := range test.installed {
				dir := t.TempDir()
				script := fmt.Sprintf("#!/bin/sh\necho 'pg_dump (PostgreSQL) %d.3 (Debian)'\n", major)
				if err := os.WriteFile(filepath.Join(dir, "pg_dump"), []byte(script), 0o700); err != nil {
					t.Fatal(err)
				}
				dirs = append(dirs, dir)
			}
			got, err := findClient(t.Context(), "pg_dump", test.server, dirs)
			if test.refused != "" {
				if err == nil || err.Error() != test.refused {
					t.Errorf("error %v, want %s", err, test.refused)
				}
				return
			}
			if err != nil || got.Major != test.want {
				t.Errorf("found %+v, %v, want that of %d", got, err, test.want)
			}
		})
	}
}

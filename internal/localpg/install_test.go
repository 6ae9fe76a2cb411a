//go:build unix

package localpg

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestInstallations(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	dirs := []string{
		fakePostgres(t, root, "15", "0.8.0"),
		fakePostgres(t, root, "18", "0.8.5"),
		fakePostgres(t, root, "17", ""),
		filepath.Join(root, "nothing"),
	}
	link := filepath.Join(root, "link")
	if err := os.Symlink(dirs[0], link); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(fakePostgres(t, root, "19", "0.8.5"), "initdb")); err != nil {
		t.Fatal(err)
	}
	dirs = append(dirs, link, filepath.Join(root, "19"))

	var got []string
	for _, i := range installations(t.Context(), dirs) {
		got = append(got, fmt.Sprintf("%d with %v", i.major, i.vector))
	}
	want := []string{"18 with 0.8.5", "17 with 0.0.0", "15 with 0.8.0"}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q: the newest first, each once, those with an initdb", got, want)
	}
}

func TestExtensionsWithoutPgConfig(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	bin := fakePostgres(t, root, "17", "")
	if err := os.Remove(filepath.Join(bin, "pg_config")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(root, "share/pgsql/extension/vector.control"), "default_version = '0.8.1'\n")
	if found := installations(t.Context(), []string{bin}); len(found) != 1 || found[0].vector != (VectorVersion{0, 8, 1}) {
		t.Errorf("found %v, want pgvector 0.8.1", found)
	}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	var (
		none = VectorVersion{}
		good = VectorVersion{0, 8, 5}
		old  = VectorVersion{0, 6, 0}
	)
	for _, test := range []struct {
		name  string
		found []installation
		data  []int
		want  int
		fault string
	}{
		{"the newest", []installation{{"", 18, good}, {"", 15, good}}, nil, 18, ""},
		{"the newest with pgvector", []installation{{"", 18, none}, {"", 17, old}, {"", 16, good}}, nil, 16, ""},
		{"that of the data", []installation{{"", 18, good}, {"", 16, good}}, []int{16, 15}, 16, ""},
		{"none", nil, nil, 0, "Postgres is not installed"},
		{"none, but data", nil, []int{16}, 0, "Postgres is not installed"},
		{"none of the data's version", []installation{{"", 18, good}}, []int{16}, 0, "needs Postgres 16, but the one installed is 18: install Postgres 16 again, with its pgvector, beside the other"},
		{"an older one than the data's", []installation{{"", 16, good}}, []int{18}, 0, "needs Postgres 18, but the one installed is 16: install Postgres 18, with its pgvector, for no older one"},
		{"too old", []installation{{"", 14, good}}, nil, 0, "Postgres 14 in  is too old"},
		{"no pgvector", []installation{{"", 17, none}}, nil, 0, "pgvector is not installed for Postgres 17"},
		{"no pgvector for the data's", []installation{{"", 18, good}, {"", 17, none}}, []int{17}, 0, "pgvector is not installed for Postgres 17"},
		{"old pgvector", []installation{{"", 16, old}}, nil, 0, "pgvector 0.6.0 for Postgres 16 is too old"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := choose(test.found, test.data, "/data/postgres")
			if test.fault != "" {
				wantFault(t, err, test.fault)
			} else if err != nil || got.major != test.want {
				t.Errorf("chose %v, %v, want %d", got, err, test.want)
			}
		})
	}
}

// fakePostgres makes programs that answer like those of an installation.
func fakePostgres(t *testing.T, root, major, vector string) (bin string) {
	t.Helper()
	bin = filepath.Join(root, major)
	share := filepath.Join(bin, "share")
	for name, says := range map[string]string{
		"postgres": "postgres (PostgreSQL) " + major + ".2 (Debian " + major + ".2-1)", "initdb": "", "pg_config": share,
	} {
		path := filepath.Join(bin, name)
		write(t, path, "#!/bin/sh\necho '"+says+"'\n")
		if err := os.Chmod(path, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if vector != "" {
		write(t, filepath.Join(share, "extension/vector.control"), "comment = 'x'\ndefault_version = '"+vector+"'\n")
	}
	return bin
}

//go:build unix

package localpg

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestSocketDir(t *testing.T) {
	t.Parallel()
	short, temp := t.TempDir(), t.TempDir()
	for _, test := range []struct {
		name, home string
		moved      bool
	}{
		{"short", short, false},
		{"long", filepath.Join(short, strings.Repeat("x", maxSocketPath)), true},
		{"with a comma, which ends a host", filepath.Join(short, "a,b"), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := os.MkdirAll(test.home, 0o700); err != nil {
				t.Fatal(err)
			}
			dir, err := socketDir(test.home, temp)
			if err != nil || (dir != test.home) != test.moved || len(socketPath(dir)) > maxSocketPath {
				t.Errorf("folder %q, %v", dir, err)
			}
		})
	}
}

func TestSocketDirOfOthersIsRefused(t *testing.T) {
	t.Parallel()
	home, temp := filepath.Join(t.TempDir(), "a,b"), t.TempDir()
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	dir, err := socketDir(home, temp)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	_, err = socketDir(home, temp)
	wantFault(t, err, dir, "not a private folder")

	if err := os.Rename(dir, dir+"-elsewhere"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(dir+"-elsewhere", dir); err != nil {
		t.Fatal(err)
	}
	_, err = socketDir(home, temp)
	wantFault(t, err, dir, "not a private folder")
}

func TestSocketURLIsReadByTheDriver(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"/data", "/Application Support", `/a+b&c=d%20e"f'g#h?i`, "/donn\u00e9es"} {
		config, err := pgx.ParseConfig(socketURL(dir, database))
		if err != nil {
			t.Errorf("%s: %v", dir, err)
		} else if config.Host != dir || config.Port != 5432 || config.User != superuser || config.Database != database {
			t.Errorf("%s is read as host %s, port %d, user %s, database %s", dir, config.Host, config.Port, config.User, config.Database)
		}
	}
}

//go:build unix

package localpg

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestReason(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, output, want string }{
		{"a server", "LOG:  starting\n2026-01-02 [7] FATAL:  could not map memory: Cannot allocate memory\n2026-01-02 [7] HINT:  Less.\n", "could not map memory: Cannot allocate memory"},
		{"a crash among refusals", "FATAL:  the database system is starting up\nPANIC:  no valid checkpoint\nFATAL:  the database system is starting up\n", "no valid checkpoint"},
		{"a fault and what follows from it", "FATAL:  could not extend file\nPANIC:  cannot abort transaction 1\n", "could not extend file"},
		{"initdb", "creating directory ... ok\ninitdb: error: could not write: No space left on device\ninitdb: removing contents\n", "could not write: No space left on device"},
		{"anything else", "one\nSegmentation fault\n", "Segmentation fault"},
		{"nothing", "", "it gave no reason"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := reason([]byte(test.output)); got != test.want {
				t.Errorf("reason %q, want %q", got, test.want)
			}
		})
	}
}

func TestParallelIndexBuildsAreLeftToSoundPgvector(t *testing.T) {
	t.Parallel()
	const off = "max_parallel_maintenance_workers=0"
	for vector, want := range map[VectorVersion]bool{{0, 8, 1}: true, {0, 8, 2}: false, {0, 10, 0}: false} {
		if got := slices.Contains(postmaster{}.arguments(installation{vector: vector}), off); got != want {
			t.Errorf("pgvector %v: %s is %v, want %v", vector, off, got, want)
		}
	}
}

func TestMemoryIsShared(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		memory uint64
		want   string
	}{
		{"unknown", 0, "shared_buffers=256MB"},
		{"a small machine", 1 << 30, "shared_buffers=256MB"},
		{"a usual one", 8 << 30, "shared_buffers=1024MB"},
		{"a large one", 256 << 30, "shared_buffers=2048MB"},
	} {
		if got := sharedBuffers(test.memory); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestLongLogIsSetAside(t *testing.T) {
	t.Parallel()
	c := &Cluster{home: t.TempDir()}
	write(t, c.logPath(), strings.Repeat("x", maxLog+1))
	f, err := c.openLog()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() != 0 {
		t.Errorf("the log has %d bytes, want none", info.Size())
	}
	if info, err := os.Stat(c.logPath() + ".old"); err != nil || info.Size() != maxLog+1 {
		t.Errorf("the old log: %v", err)
	}
}

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

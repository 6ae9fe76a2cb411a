//go:build unix

package localpg

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

// installation is one Postgres that is installed on the machine.
type installation struct {
	bin    string        // the folder of its programs
	major  int           // its major version
	vector VectorVersion // of the pgvector installed for it; zero without
}

// binaryPatterns are the folders in which systems install Postgres's programs.
var binaryPatterns = []string{
	"/usr/lib/postgresql/*/bin", // Debian, Ubuntu
	"/usr/pgsql-*/bin",          // the Postgres project's RPMs
	"/usr/bin",                  // Fedora, Arch
	"/opt/homebrew/opt/postgresql*/bin",
	"/usr/local/opt/postgresql*/bin",
	"/usr/local/pgsql/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// binaryDirs are the folders in which Postgres may be installed, those that the
// user's environment names first.
func binaryDirs(ctx context.Context) []string {
	var dirs []string
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, program := range []string{"postgres", "pg_dump"} {
		if path, err := exec.LookPath(program); err == nil {
			dirs = append(dirs, filepath.Dir(path))
		}
	}
	for _, pattern := range binaryPatterns {
		found, _ := filepath.Glob(pattern) // fails on a bad pattern only
		dirs = append(dirs, found...)
	}
	return dirs
}

// installations are the Postgres servers in these folders, the newest first.
func installations(ctx context.Context, dirs []string) []installation {
	var found []installation
	for _, dir := range dirs {
		dir, err := realDir(dir)
		known := slices.ContainsFunc(found, func(i installation) bool { return i.bin == dir })
		if err != nil || known {
			continue
		}
		if i, ok := inspect(ctx, dir); ok {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b installation) int { return cmp.Compare(b.major, a.major) })
	return found
}

// realDir is the folder of the postgres program that a folder has or links to, as
// package managers do.
func realDir(dir string) (string, error) {
	path, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres"))
	return filepath.Dir(path), err
}

// inspect finds out which Postgres and which pgvector a folder has.
func inspect(ctx context.Context, bin string) (installation, bool) {
	out, err := exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version").Output()
	major := majorPattern.FindSubmatch(out)
	if _, missing := os.Stat(filepath.Join(bin, "initdb")); err != nil || missing != nil || major == nil {
		return installation{}, false
	}
	i := installation{bin: bin}
	i.major, _ = strconv.Atoi(string(major[1]))
	for _, share := range shareDirs(ctx, bin) {
		if v, ok := readVectorVersion(filepath.Join(share, "extension", "vector.control")); ok {
			i.vector = v
			break
		}
	}
	return i, true
}

// shareDirs are the folders in which the extensions of an installation may be. Its
// pg_config tells; where that is not installed, as it comes with the developers'
// package, the usual ones are tried.
func shareDirs(ctx context.Context, bin string) []string {
	out, err := exec.CommandContext(ctx, filepath.Join(bin, "pg_config"), "--sharedir").Output()
	if err == nil {
		return []string{strings.TrimSpace(string(out))}
	}
	return []string{filepath.Join(bin, "../share/pgsql"), filepath.Join(bin, "../share/postgresql"), filepath.Join(bin, "../share")}
}

var vectorPattern = regexp.MustCompile(`(?m)^default_version\s*=\s*'(\d+)\.(\d+)(?:\.(\d+))?`)

func readVectorVersion(control string) (v VectorVersion, ok bool) {
	text, err := os.ReadFile(control)
	parts := vectorPattern.FindSubmatch(text)
	if err != nil || parts == nil {
		return v, false
	}
	for i := range v {
		v[i], _ = strconv.Atoi(string(parts[i+1])) // zero where there is no patch level
	}
	return v, true
}

// choose picks the installation to run: the one that fits the newest data there is,
// or, without data, the newest that can be used. data are the major versions of the
// data, the newest first. The error says what is missing.
func choose(found []installation, data []int, home string) (installation, error) {
	for _, major := range data {
		if i := slices.IndexFunc(found, func(i installation) bool { return i.major == major }); i >= 0 {
			return found[i], found[i].usable()
		}
	}
	if len(found) == 0 {
		return installation{}, fault.New(fault.Unavailable, "Postgres is not installed (%d or newer is needed): run `make setup`, or set DATABASE_URL", OldestMajor)
	}
	if len(data) > 0 {
		return installation{}, fault.New(fault.Unavailable, "the data in %s needs Postgres %d, but the one installed is %d: %s, or set PULLQUOTE_DATA_DIR to a new folder",
			home, data[0], found[0].major, wayOut(data[0], found[0].major))
	}
	for _, i := range found {
		if i.usable() == nil {
			return i, nil
		}
	}
	return found[0], found[0].usable()
}

// wayOut is what to do where the data is of another major version than the server that is
// installed. A server reads no data of another, so the record is carried over by a backup, which
// only goes to newer ones.
func wayOut(data, installed int) string {
	if data > installed {
		return fmt.Sprintf("install Postgres %d, with its pgvector, for no older one can have this data", data)
	}
	return fmt.Sprintf("install Postgres %d again, with its pgvector, beside the other, and stay with it, or carry the record over to Postgres %d as doc/OPERATIONS.md tells under Upgrading", data, installed)
}

func (i installation) program(name string) string { return filepath.Join(i.bin, name) }

// usable says what the installation lacks, if anything.
func (i installation) usable() error {
	switch {
	case i.major < OldestMajor:
		return fault.New(fault.Unavailable, "Postgres %d in %s is too old (%d or newer is needed): run `make setup`, or set DATABASE_URL", i.major, i.bin, OldestMajor)
	case i.vector == VectorVersion{}:
		return fault.New(fault.Unavailable, "pgvector is not installed for Postgres %d in %s: run `make setup`, or set DATABASE_URL", i.major, i.bin)
	case i.vector.before(OldestVector):
		return fault.New(fault.Unavailable, "pgvector %s for Postgres %d is too old (%s or newer is needed): run `make setup`, or set DATABASE_URL", i.vector, i.major, OldestVector)
	}
	return nil
}

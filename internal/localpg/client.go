package localpg

import (
	"context"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/pullquote/pullquote/internal/fault"
)

// Client is one of Postgres's programs that talk to a server, such as pg_dump.
type Client struct {
	Path  string
	Major int // its major version
}

// FindClient finds a program of Postgres's by its name: of the major version, which is the
// server's, or else of the next newer one, since pg_dump reads no server that is newer than
// itself.
func FindClient(ctx context.Context, name string, major int) (Client, error) {
	return findClient(ctx, name, major, binaryDirs(ctx))
}

func findClient(ctx context.Context, name string, major int, dirs []string) (best Client, err error) {
	newest := 0
	for _, dir := range dirs {
		c := Client{Path: filepath.Join(dir, name)}
		output, err := exec.CommandContext(ctx, c.Path, "--version").Output()
		version := majorPattern.FindSubmatch(output)
		if err != nil || version == nil {
			continue
		}
		c.Major, _ = strconv.Atoi(string(version[1]))
		newest = max(newest, c.Major)
		if c.Major >= major && (best.Path == "" || c.Major < best.Major) {
			best = c
		}
	}
	switch {
	case ctx.Err() != nil:
		return best, ctx.Err()
	case best.Path != "":
		return best, nil
	case newest > 0:
		return best, fault.New(fault.Unavailable, "the %s that is installed here is of Postgres %d, which is too old: the server is Postgres %d; install Postgres's client programs of version %d (postgresql-client-%d)",
			name, newest, major, major, major)
	}
	return best, fault.New(fault.Unavailable, "%s is not installed here; install Postgres's client programs of version %d or newer (postgresql-client-%d)", name, major, major)
}

var majorPattern = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

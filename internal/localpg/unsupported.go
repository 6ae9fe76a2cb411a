//go:build !unix

package localpg

import (
	"context"
	"log/slog"
	"os/exec"
	"path/filepath"

	"github.com/pullquote/pullquote/internal/fault"
)

// Cluster is the private Postgres server of a data directory, which this
// system cannot have: it needs Unix's processes, locks and sockets.
type Cluster struct{}

// Open says what to do instead.
func Open(context.Context, string, *slog.Logger) (*Cluster, error) {
	return nil, fault.New(fault.Unavailable, "there is no private database on this system: set DATABASE_URL to a Postgres with pgvector")
}

// Keep has nothing to look after.
func (*Cluster) Keep(context.Context) {}

// URL is the connection string of the database.
func (*Cluster) URL() string { return "" }

// Close leaves the server.
func (*Cluster) Close() error { return nil }

// binaryDirs is the folder of the Postgres that the user's path names.
func binaryDirs(context.Context) []string {
	if path, err := exec.LookPath("pg_dump"); err == nil {
		return []string{filepath.Dir(path)}
	}
	return nil
}

// Package localpg runs a private Postgres server, so that Pullquote works without a
// database that somebody has set up.
//
// The server is the machine's own Postgres with pgvector, on data of its own in the
// data directory, reached by a Unix socket only. Several processes share it: the
// first starts it, the last stops it, and the kernel's file locks keep count, so
// that a killed process counts no more. A second storage engine for small
// installations would have been a second set of bugs.
//
// The package starts and stops the server and says where it is. It knows no table
// and sends no statement but the one that creates the database.
package localpg

import (
	"fmt"
	"slices"
)

const (
	superuser = "pullquote"
	database  = "pullquote"
)

// OldestMajor is the oldest major version of Postgres that Pullquote's SQL runs on.
const OldestMajor = 15

// LeastRoom is how much a private server needs on its disk to run at all, in bytes: the next
// segment of its log.
const LeastRoom = 16 << 20

// VectorVersion is a version of pgvector: major, minor, patch.
type VectorVersion [3]int

var (
	// OldestVector is the first pgvector with the type halfvec.
	OldestVector = VectorVersion{0, 7, 0}
	// soundVector is the first pgvector whose parallel index builds are free of a
	// memory fault (CVE-2026-3172).
	soundVector = VectorVersion{0, 8, 2}
)

func (v VectorVersion) before(w VectorVersion) bool { return slices.Compare(v[:], w[:]) < 0 }

func (v VectorVersion) String() string { return fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]) }

// IsPrivate reports whether a connection is one to a private server, by its host, user and
// database.
func IsPrivate(host, user, name string) bool {
	return len(host) > 0 && host[0] == '/' && user == superuser && name == database
}

package postgres

import (
	"fmt"
	"slices"
)

// oldestMajor is the oldest major version of Postgres that the SQL runs on.
const oldestMajor = 15

// vectorVersion is a version of pgvector: major, minor, patch.
type vectorVersion [3]int

var (
	// oldestVector is the first with the type halfvec.
	oldestVector = vectorVersion{0, 7, 0}
	// soundVector is the first whose parallel index builds are free of a memory fault.
	soundVector = vectorVersion{0, 8, 2}
)

func (v vectorVersion) before(w vectorVersion) bool { return slices.Compare(v[:], w[:]) < 0 }

func (v vectorVersion) String() string { return fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]) }

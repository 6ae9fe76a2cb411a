package localpg

import (
	"fmt"
	"slices"
)

// OldestMajor is the oldest major version of Postgres that the SQL runs on.
const OldestMajor = 15

// VectorVersion is a version of pgvector: major, minor, patch.
type VectorVersion [3]int

var (
	// OldestVector is the first with the type halfvec.
	OldestVector = VectorVersion{0, 7, 0}
	// soundVector is the first whose parallel index builds are free of a memory fault.
	soundVector = VectorVersion{0, 8, 2}
)

func (v VectorVersion) before(w VectorVersion) bool { return slices.Compare(v[:], w[:]) < 0 }

func (v VectorVersion) String() string { return fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]) }

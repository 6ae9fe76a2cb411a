//go:build unix

package localpg

import (
	"slices"
	"testing"
)

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
		{"a large one", 256 << 30, "shared_buffers=8192MB"},
	} {
		if got := sharedBuffers(test.memory); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// spareMemory is how much more a server may hold than it needed last, in bytes: about what
	// a question or a small file leaves behind, which costs less to keep than to return.
	spareMemory = 64 << 20
	// returnInterval is how often it looks: a large file is forgotten within 10 s, and a
	// collection, which takes some 50 ms of one processor, is forced no more often.
	returnInterval = 5 * time.Second
)

// returnMemory gives back to the system what large files and answers have taken, until the
// context ends. The runtime itself keeps it for minutes.
func returnMemory(ctx context.Context) {
	ticker := time.NewTicker(returnInterval)
	defer ticker.Stop()
	for needed := heldMemory(); ; {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		held := heldMemory()
		if held > needed+spareMemory {
			debug.FreeOSMemory()
			held = heldMemory()
			needed = held
		}
		needed = min(needed, held)
	}
}

// heldMemory is what the runtime has of the system's memory, in bytes.
func heldMemory() uint64 {
	read := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(read)
	return read[0].Value.Uint64() - read[1].Value.Uint64()
}

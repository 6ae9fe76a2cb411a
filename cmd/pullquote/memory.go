package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// spareMemory is how much more a busy server may hold than it needed last, in bytes: about
	// what a question or a small file leaves behind, which costs less to keep than to return.
	spareMemory = 64 << 20
	// returnInterval is how often it looks: a large file is forgotten within 10 s, and a
	// collection, which takes some 50 ms of one processor, is forced no more often.
	returnInterval = 5 * time.Second
	// quietInterval is for how long nobody has asked anything before all is given back that is
	// not needed: long enough that whoever reads one answer and asks on finds the memory there.
	quietInterval = 30 * time.Second
	// quietAllocation is what a server may take within returnInterval and be quiet, in bytes.
	// Scrapes of its metrics take .1 MB each and small questions 1 to 3 MB: they need no more than
	// is kept.
	quietAllocation = 4 << 20
)

// returnMemory gives back to the system what large files and answers have taken, and all of it
// when the server has become quiet, until the context ends. The runtime itself keeps it for
// minutes, and then a tenth of it.
func returnMemory(ctx context.Context) {
	ticker := time.NewTicker(returnInterval)
	defer ticker.Stop()
	var quiet time.Duration
	var returned bool // all, and nothing was asked since
	needed, allocated := heldMemory()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		held, total := heldMemory()
		if total-allocated < quietAllocation {
			quiet += returnInterval
		} else {
			quiet, returned = 0, false
		}
		allocated = total
		idle := quiet >= quietInterval && !returned
		if idle || held > needed+spareMemory {
			debug.FreeOSMemory()
			held, _ = heldMemory()
			needed, returned = held, idle
		}
		needed = min(needed, held)
	}
}

// heldMemory is what the runtime has of the system's memory, and what it has given to the
// program since it began, in bytes.
func heldMemory() (held, allocated uint64) {
	read := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}, {Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(read)
	return read[0].Value.Uint64() - read[1].Value.Uint64(), read[2].Value.Uint64()
}

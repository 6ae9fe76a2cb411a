package main

import (
	"context"
	"runtime"
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
	// A server that nobody has asked anything for quietInterval holds no more than quietSpare
	// beyond what it needs: long enough that whoever reads one answer and asks on finds the
	// memory there, and as much as some minutes of probes and scrapes take.
	quietInterval = 30 * time.Second
	quietSpare    = 4 << 20
	// quietAllocation is what a server may take within returnInterval and be quiet, in bytes.
	// Scrapes of its metrics take .1 MB each, and questions more than 1 MB.
	quietAllocation = 4 << 20
)

// returnMemory gives back to the system what files, answers and many questions have taken,
// until the context ends. The runtime itself keeps it for minutes, and a part of it for good.
func returnMemory(ctx context.Context) {
	ticker := time.NewTicker(returnInterval)
	defer ticker.Stop()
	var quiet time.Duration
	needed, allocated := heldMemory()
	least, returned := needed, allocated // when it was quiet last; when memory was returned last
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		held, total := heldMemory()
		quiet += returnInterval
		if total-allocated > quietAllocation {
			quiet = 0
		}
		allocated = total
		spare := uint64(spareMemory)
		if quiet >= quietInterval {
			spare = quietSpare
		}
		// What was still in use when it was returned last may not be since.
		again := held > least+spareMemory && (total-returned > quietAllocation || quiet == quietInterval)
		if held > needed+spare || again {
			runtime.GC() // what is pooled outlives one collection
			debug.FreeOSMemory()
			held, returned = heldMemory()
			needed = held
			if quiet >= quietInterval {
				least = held
			}
		}
		needed = min(needed, held)
		least = min(least, needed)
	}
}

// heldMemory is what the runtime has of the system's memory, and what it has given to the
// program since it began, in bytes.
func heldMemory() (held, allocated uint64) {
	read := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}, {Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(read)
	return read[0].Value.Uint64() - read[1].Value.Uint64(), read[2].Value.Uint64()
}

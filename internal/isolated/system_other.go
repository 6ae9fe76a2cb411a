//go:build !linux

package isolated

import (
	"os"
	"runtime/metrics"
	"time"
)

// program is the file of this process.
func program() (string, error) { return os.Executable() }

// limit bounds the memory of this process. Other kernels than Linux keep no such limit, so
// the process watches itself: it may exceed the limit by what it takes within a moment.
func limit() error {
	go func() {
		total := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
		for range time.Tick(20 * time.Millisecond) {
			metrics.Read(total)
			if total[0].Value.Uint64()-total[1].Value.Uint64() > memoryLimit {
				os.Stderr.WriteString("out of memory")
				os.Exit(2)
			}
		}
	}()
	return nil
}

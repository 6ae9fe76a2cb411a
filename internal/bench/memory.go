package bench

import (
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// peakMemory is the most that this process had resident, in bytes; zero where the
// system does not tell. Only Linux does.
func peakMemory() int64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if size, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kilobytes, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(size), "kB")), 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}

// resetPeakMemory begins anew, without what is not used any more; where it cannot,
// the peak is that of all.
func resetPeakMemory() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

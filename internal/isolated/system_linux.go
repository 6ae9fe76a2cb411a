package isolated

import (
	"os"

	"golang.org/x/sys/unix"
)

// program is the file of this process, whatever has become of its name.
func program() (string, error) { return "/proc/self/exe", nil }

// limit bounds the memory of this process. What counts is memory that can be written to: Go
// reserves far more addresses than it uses. Where the whole machine runs out of memory, this
// process goes before all others.
func limit() error {
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0) // a container may not allow it
	if !bounded {
		return nil
	}
	return unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: memoryLimit, Max: memoryLimit})
}

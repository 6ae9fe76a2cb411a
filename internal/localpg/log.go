//go:build unix

package localpg

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

var (
	seriousLine = regexp.MustCompile(`(?:FATAL|PANIC|error): +(.+)`)
	busyLine    = regexp.MustCompile(`^the database system is `) // an answer to a connection that came too early
)

// diskFull is the message of ENOSPC.
const diskFull = "No space left on device"

// reason is the first error in a program's output, or else its last line.
func reason(output []byte) string {
	for _, found := range seriousLine.FindAllSubmatch(output, -1) {
		if !busyLine.Match(found[1]) {
			return string(found[1])
		}
	}
	lines := bytes.Split(bytes.TrimSpace(output), []byte("\n"))
	return cmp.Or(string(lines[len(lines)-1]), "it gave no reason")
}

// maxLog is the size in bytes from which a log is set aside.
const maxLog = 1 << 20

// openLog opens the server's log to be appended to. A long one is set aside first.
func (c *Cluster) openLog() (*os.File, error) {
	path := c.logPath()
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		if err := os.Rename(path, path+".old"); err != nil {
			return nil, fmt.Errorf("set the log aside: %w", err)
		}
	}
	return openOwned(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND)
}

func (c *Cluster) logPath() string { return filepath.Join(c.home, "server.log") }

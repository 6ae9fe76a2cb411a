//go:build unix

package localpg

import (
	"os"
	"strings"
	"testing"
)

func TestReason(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, output, want string }{
		{"a server", "LOG:  starting\n2026-01-02 [7] FATAL:  could not map memory: Cannot allocate memory\n2026-01-02 [7] HINT:  Less.\n", "could not map memory: Cannot allocate memory"},
		{"a crash among refusals", "FATAL:  the database system is starting up\nPANIC:  no valid checkpoint\nFATAL:  the database system is starting up\n", "no valid checkpoint"},
		{"a fault and what follows from it", "FATAL:  could not extend file\nPANIC:  cannot abort transaction 1\n", "could not extend file"},
		{"initdb", "creating directory ... ok\ninitdb: error: could not write: No space left on device\ninitdb: removing contents\n", "could not write: No space left on device"},
		{"anything else", "one\nSegmentation fault\n", "Segmentation fault"},
		{"nothing", "", "it gave no reason"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := reason([]byte(test.output)); got != test.want {
				t.Errorf("reason %q, want %q", got, test.want)
			}
		})
	}
}

func TestLongLogIsSetAside(t *testing.T) {
	t.Parallel()
	c := &Cluster{home: t.TempDir()}
	write(t, c.logPath(), strings.Repeat("x", maxLog+1))
	f, err := c.openLog()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() != 0 {
		t.Errorf("the log has %d bytes, want none", info.Size())
	}
	if info, err := os.Stat(c.logPath() + ".old"); err != nil || info.Size() != maxLog+1 {
		t.Errorf("the old log: %v", err)
	}
}

// Package processtest runs a test of the test binary as a process of its own, for
// what only another process can show: that it is killed, or outlives this one.
package processtest

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Process is another process. It says "open" on its standard output once it is
// ready, and ends by itself when its standard input does.
type Process struct {
	t     testing.TB
	cmd   *exec.Cmd
	stdin io.Closer
	lines *bufio.Scanner
}

// Start runs a test, by its name, with variables ("NAME=value") that make it work,
// and returns once it is ready.
func Start(t testing.TB, test string, environment ...string) *Process {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+test+"$")
	cmd.Env = append(cmd.Environ(), "GORACE=atexit_sleep_ms=0")
	cmd.Env = append(cmd.Env, environment...)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &Process{t, cmd, stdin, bufio.NewScanner(stdout)}
	if rest := p.Read("open"); rest != "" {
		t.Fatalf("the other process said %q after open", rest)
	}
	return p
}

// Read is what follows a word on the next line that the process writes.
func (p *Process) Read(word string) string {
	p.t.Helper()
	if !p.lines.Scan() {
		p.t.Fatalf("the other process ended: %v", p.lines.Err())
	}
	rest, ok := strings.CutPrefix(p.lines.Text(), word)
	if !ok {
		p.t.Fatalf("the other process said %q, not %s", p.lines.Text(), word)
	}
	return strings.TrimSpace(rest)
}

// Kill ends the process as a crash would, and is what it said until then that was not read.
func (p *Process) Kill() (lines []string) {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	for p.lines.Scan() {
		lines = append(lines, p.lines.Text())
	}
	_ = p.cmd.Wait() // which says that it was killed
	return lines
}

// Leave has the process end, and is what it said until then.
func (p *Process) Leave() (lines []string) {
	p.t.Helper()
	_ = p.stdin.Close() // Wait says what went wrong
	for p.lines.Scan() {
		lines = append(lines, p.lines.Text())
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("the other process: %v", err)
	}
	return lines
}

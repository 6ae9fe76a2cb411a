// Pullquote answers questions about transcripts with quotations that are
// verified against the record. This command is the whole program: it reads the
// configuration, wires the packages together and serves them on the command
// line and over HTTP. Nothing else reads the environment, and nothing else wires.
package main

import (
	"cmp"
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// version is set by the linker: -X main.version=v1.2.3.
var version string

// releaseOf is the version: the linker's, or else the module's, which go install
// MODULE@VERSION and go build in a clone record in the program.
func releaseOf(linked string, info *debug.BuildInfo) string {
	if linked == "" && info != nil && info.Main.Version != "(devel)" {
		linked = info.Main.Version
	}
	return cmp.Or(linked, "unknown")
}

func buildInfo() *debug.BuildInfo {
	info, _ := debug.ReadBuildInfo()
	return info
}

func main() {
	interrupts := new(interrupts)
	ctx := interrupts.until(context.Background())
	// Without this a closed pipe (SIGPIPE) would end the program at once, before it has
	// stopped the private database. So it is an error of writing instead.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	os.Exit(run(ctx, os.Args[1:], environment{
		getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, interrupts: interrupts,
	}))
}

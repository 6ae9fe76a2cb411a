// Pullquote answers questions about transcripts with quotations that are
// verified against the record. This command is the whole program: it reads the
// configuration, wires the packages together and serves them on the command
// line and over HTTP. Nothing else reads the environment, and nothing else wires.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], environment{
		getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
	})
	stop()
	os.Exit(code)
}

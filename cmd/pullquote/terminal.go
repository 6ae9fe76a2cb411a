package main

import (
	"os"

	"golang.org/x/term"
)

// isTerminal reports whether a person is at the other end of a stream.
func isTerminal(stream any) bool {
	if r, ok := stream.(*results); ok {
		stream = r.Writer
	}
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

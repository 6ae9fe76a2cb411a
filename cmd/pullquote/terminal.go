package main

import (
	"os"
	"strconv"

	"golang.org/x/term"
)

// terminalOf is the terminal that a stream is, with a person at its other end; nil where it is none.
func terminalOf(stream any) *os.File {
	if r, ok := stream.(*results); ok {
		stream = r.Writer
	}
	if f, ok := stream.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f
	}
	return nil
}

func isTerminal(stream any) bool { return terminalOf(stream) != nil }

// defaultWidth is that of a terminal that does not tell, in columns.
const defaultWidth = 80

// width is how many columns standard output has: 0 where it is no terminal, and lines are
// as long as they are.
func (e environment) width() int {
	f := terminalOf(e.stdout)
	if f == nil {
		return 0
	}
	if columns, err := strconv.Atoi(e.getenv("COLUMNS")); err == nil && columns > 0 {
		return columns
	}
	if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
		return columns
	}
	return defaultWidth
}

// wrap breaks a text into lines of the terminal; where there is none it stays as it is.
func (e environment) wrap(text, indent string) string { return wrapped(text, e.width(), indent) }

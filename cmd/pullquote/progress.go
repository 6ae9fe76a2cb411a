package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// progress is a bar on a terminal, and nothing elsewhere.
type progress struct {
	terminal    io.Writer
	total, done int
}

func newProgress(w io.Writer, total int) *progress {
	if total < 2 || !isTerminal(w) {
		w = io.Discard
	}
	return &progress{terminal: w, total: total}
}

// show shows that the next file is being read.
func (p *progress) show(path string) {
	const width = 30
	filled := width * p.done / p.total
	p.done++
	fmt.Fprintf(p.terminal, "\r\033[K[%s%s] %d/%d %s",
		strings.Repeat("█", filled), strings.Repeat("·", width-filled), p.done, p.total, excerpt(filepath.Base(path), 40))
}

// clear makes room for other lines.
func (p *progress) clear() { fmt.Fprint(p.terminal, "\r\033[K") }

package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"
)

// progress is a bar on a terminal, and nothing elsewhere.
type progress struct {
	terminal    io.Writer
	total, done int
}

func newProgress(w io.Writer, total int) *progress {
	if f, ok := w.(*os.File); !ok || total < 2 || !term.IsTerminal(int(f.Fd())) {
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

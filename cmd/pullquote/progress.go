package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"

	"github.com/pullquote/pullquote/internal/words"
)

// progress is a bar on a terminal, and nothing elsewhere. It is safe for concurrent use.
type progress struct {
	mu          sync.Mutex
	terminal    io.Writer
	total, done int
}

func newProgress(w io.Writer, total int) *progress {
	if total < 2 || !isTerminal(w) {
		w = io.Discard
	}
	return &progress{terminal: w, total: max(1, total)}
}

// show shows that the next file is being read.
func (p *progress) show(path string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.draw(p.done, p.done+1, excerpt(words.Escaped(filepath.Base(path)), 40))
	p.done++
}

// at shows how many of a kind are done.
func (p *progress) at(done int, kind string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.draw(done, done, kind)
}

// of shows how many of a kind are done out of a new total.
func (p *progress) of(done, total int, kind string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total = max(1, total)
	p.draw(done, done, kind)
}

func (p *progress) draw(done, number int, what string) {
	const width = 30
	filled := min(width, width*done/p.total)
	fmt.Fprintf(p.terminal, "\r\033[K[%s%s] %d/%d %s",
		strings.Repeat("█", filled), strings.Repeat("·", width-filled), number, p.total, what)
}

// clear makes room for other lines.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprint(p.terminal, "\r\033[K")
}
